"""The course map, laid out: nothing lies on anything else."""

from __future__ import annotations

import string
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_mi_ext.course.chart import chart
from sphinx_mi_ext.course.layout import Shelf, Sizes, shelf, small_text
from sphinx_mi_ext.course.model import Block, Course, Location, Page, Prerequisite, Topic, assemble
from sphinx_mi_ext.course.text_width import text_width, wrapped

TITLES = st.text(string.ascii_letters + "  -éW—漢", max_size=60)


@st.composite
def inputs(draw: st.DrawFn) -> tuple[list[list[str]], list[list[int]]]:
    """Lanes with titles and prerequisites without circles, some of which come later in the book."""
    lanes = draw(st.lists(st.lists(TITLES, min_size=1, max_size=9), max_size=5))
    count = sum(map(len, lanes))
    order = draw(st.permutations(range(count)))
    needs: list[list[int]] = [[] for _ in range(count)]
    for place, topic in enumerate(order):
        needs[topic] = sorted(draw(st.sets(st.sampled_from(order[:place]), max_size=4))) if place else []
    return lanes, needs


def check(laid: Shelf) -> None:
    for one, other in combinations(laid.cards, 2):
        assert (
            one.x + one.width <= other.x
            or other.x + other.width <= one.x
            or one.y + one.height <= other.y
            or other.y + other.height <= one.y
        )
    for card in laid.cards:
        lane = laid.lanes[card.lane]
        assert lane.x <= card.x
        assert card.x + card.width <= lane.x + lane.width <= laid.width + 0.01
        assert lane.y <= card.y
        assert card.y + card.height <= lane.y + lane.height <= laid.height + 0.01
    for edge in laid.edges:
        for (x, y), (to_x, to_y) in pairwise(edge.points):
            assert abs(x - to_x) < 0.11 or abs(y - to_y) < 0.11
            assert 0 <= x <= laid.width
            assert 0 <= y <= laid.height
            left, right, top, bottom = min(x, to_x), max(x, to_x), min(y, to_y), max(y, to_y)
            for card in laid.cards:
                beside = right <= card.x + 0.11 or left >= card.x + card.width - 0.11
                assert beside or bottom <= card.y or top >= card.y + card.height
        if edge.inside:
            lane = laid.lanes[laid.cards[edge.source].lane]
            assert all(lane.y <= y <= lane.y + lane.height for _, y in edge.points)


@settings(deadline=None, max_examples=150)
@given(inputs(), st.integers(1, 6))
def test_nothing_lies_on_anything_else(given_: tuple[list[list[str]], list[list[int]]], columns: int) -> None:
    lanes, needs = given_
    sizes = Sizes(columns=columns)
    laid = shelf(lanes, needs, sizes)
    check(laid)
    assert len(laid.edges) == sum(map(len, needs))
    assert laid == shelf(lanes, needs, sizes)


@settings(deadline=None)
@given(st.text(max_size=80), st.floats(40, 300))
def test_lines_fit_the_room(text: str, room: float) -> None:
    lines = wrapped(text, 14, room)
    assert 1 <= len(lines) <= 4
    assert all(text_width(line, 14) <= room + 0.01 for line in lines)


def test_lines_break_behind_hyphens_and_are_even() -> None:
    assert wrapped("The Indirect Object Identification Circuit", 13, 180) == (
        "The Indirect Object",
        "Identification Circuit",
    )
    assert wrapped("Cross-Entropy", 13, 60) == ("Cross-", "Entropy")


def test_numbers_that_do_not_fit_are_cut() -> None:
    assert small_text(["1", "2"], 12, 200) == "1 · 2"
    assert small_text([str(number) for number in range(10, 30)], 12, 60).endswith(" · …")


def course(blocks: dict[str, list[str]], needs: dict[str, list[str]], loose: tuple[str, ...] = ()) -> Course:
    pages: dict[str, Page] = {}
    where = Location("x.md", 1)
    for slug in blocks:
        pages[f"blocks/{slug}"] = Page(
            docname=f"blocks/{slug}", block=Block(slug=slug, docname=f"blocks/{slug}", title=slug, location=where)
        )
    for slug in [*(slug for topics in blocks.values() for slug in topics), *loose]:
        before = tuple(Prerequisite(slug=other, location=where) for other in needs.get(slug, ()))
        topic = Topic(slug=slug, docname=slug, title=slug, prerequisites=before, location=where)
        pages[slug] = Page(docname=slug, topic=topic)
    trees = {"index": [f"blocks/{slug}" for slug in blocks]} | {f"blocks/{slug}": ts for slug, ts in blocks.items()}
    return assemble(pages, trees, "index")


def test_a_chart_numbers_topics_through_the_book_and_drops_what_is_implied() -> None:
    made = chart(course({"one": ["a", "b"], "two": ["c"]}, {"b": ["a"], "c": ["a", "b"], "z": ["b"]}, ("z",)))
    assert [(spot.number, spot.topic.slug, spot.needs, spot.before) for spot in made.spots] == [
        (1, "a", (), 0),
        (2, "b", (1,), 1),
        (3, "c", (2,), 2),
        (4, "z", (2,), 2),
    ]
    assert [section.block and section.block.slug for section in made.sections] == ["one", "two", None]


def test_a_chart_of_a_goal_or_a_block_keeps_the_numbers_of_the_book() -> None:
    whole = course({"one": ["a", "b"], "two": ["c", "d"]}, {"c": ["a"], "d": ["b"]})
    assert [spot.number for spot in chart(whole, goals=["d"]).spots] == [2, 4]
    assert [(spot.number, spot.needs) for spot in chart(whole, blocks=["two"]).spots] == [(3, (1,)), (4, (2,))]
    assert chart(whole, goals=["nowhere"]).spots == ()


def test_topics_that_require_one_another_are_shown_without_these_edges() -> None:
    made = chart(course({"one": ["a", "b", "c"]}, {"a": ["b"], "b": ["a"], "c": ["b"]}))
    assert [spot.needs for spot in made.spots] == [(), (), (2,)]
