"""The course map: a drawing and a list of one graph."""

from __future__ import annotations

import pytest

from tests.conftest import index, small_course, topic

NASTY = '<b>A</b> & "double" {{ 1 }} </title><script>alert(1)</script>'


def with_map(options: str = "", **changes: str | None) -> dict[str, str | None]:
    front = index("blocks/one", "blocks/two") + "\n```{course-map}\n" + options + "\n```\n"
    return small_course(**changes) | {"index": front}


def cards(page) -> list[tuple[str, str, str]]:
    return [(a["data-n"], a["href"], a["data-pre"]) for a in page.select(".mi-map-card")]


def test_the_drawing_and_the_list_have_the_topics_in_reading_order(build):
    book = build(with_map())
    assert book.warnings == []
    page = book.page("index")
    wanted = [("1", "a", ""), ("2", "b", "1"), ("3", "c", "2"), ("4", "d", "3")]
    assert cards(page) == [(number, f"topics/{slug}.html", pre) for number, slug, pre in wanted]
    listed = page.select(".mi-map-list > ol > li > ol > li > p")
    assert [item.get_text(" ", strip=True) for item in listed] == [
        "1 Title A Foundational, 1 min",
        "2 Title B Foundational, 1 min, after 1",
        "3 Title C Intermediate, 1 min, after 2",
        "4 Title D Advanced, 1 min, after 3",
    ]
    names = [title.get_text() for title in page.select(".mi-map-card > title")]
    assert names[3] == "4. Title D. Advanced, 1 min. Needs 3 Title C."
    assert [(path["data-u"], path["data-v"]) for path in page.select(".mi-map-edges path:not(.mi-x)")] == [
        ("1", "2"),
        ("3", "4"),
    ]
    assert [(path["data-u"], path["data-v"]) for path in page.select(".mi-map-edges path.mi-x")] == [("2", "3")]


def test_two_maps_share_no_id(build):
    files = with_map()
    page = build(files | {"index": f"{files['index']}\n```{{course-map}}\n:block: two\n```\n"}).page("index")
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert len(page.select(".mi-course-map")) == 2


@pytest.mark.parametrize(("options", "numbers"), [(":goal: b", ["1", "2"]), (":block: two", ["3", "4"])])
def test_a_map_of_a_goal_or_a_block(build, options, numbers):
    book = build(with_map(options))
    assert book.warnings == []
    assert [number for number, *_ in cards(book.page("index"))] == numbers


def test_an_unknown_goal_is_a_warning_and_no_map(build):
    book = build(with_map(":goal: aa"))
    assert len(book.warnings) == 1
    assert "the goal 'aa' does not exist" in book.warnings[0]
    assert not book.page("index").select(".mi-course-map")


@pytest.mark.parametrize("builder", ["html", "singlehtml", "epub"])
def test_a_title_is_text(build, builder):
    quoted = NASTY.replace("'", "''")
    nasty = f"---\ntitle: '{quoted}'\nblock: one\n---\n\n# `{NASTY}`\n\nText.\n"
    book = build(with_map(topics__a=nasty), builder=builder)
    html = book.text("index.xhtml" if builder == "epub" else "index.html")
    assert "<script>alert" not in html
    assert "<b>A</b>" not in html


@pytest.mark.parametrize("builder", ["text", "latex", "man", "xml", "epub"])
def test_other_builders_write_a_list(build, builder):
    book = build(with_map(), builder=builder, freshenv=True)
    if builder == "text":
        assert "* 4 Title D Advanced, 1 min, after 3" in book.text("index.txt")
    assert not [line for line in book.warnings if "course_map" in line]


def test_a_new_edge_writes_the_map_again(build):
    first = build(with_map())
    before = first.text("index.html")
    second = build({"topics/d": topic("Title D", "a", block="two", difficulty="advanced")})
    assert cards(second.page("index"))[3][2] == "1"
    assert second.text("index.html") != before


def test_only_a_page_with_a_map_loads_its_script(build):
    book = build(with_map())
    assert "mi-map.js" in book.text("index.html")
    assert "mi-map.js" not in book.text("topics/a.html")
