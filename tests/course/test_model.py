"""The records of a course, and how they are put together."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_mi_ext.course.model import Category, Course, Difficulty, Location, Page, Term, Topic, assemble
from tests.course.cases import course_of

COURSE = """
index: {toctree: [blocks/two, appendix/glossary, blocks/one]}
blocks/one: {title: One, toctree: [topics/b, topics/a]}
blocks/two: {title: Two, toctree: [topics/d, topics/c, notes/extra]}
notes/extra: {toctree: [topics/e]}
appendix/glossary: {terms: [Last, [Feature, Trait]]}
topics/a: {block: two, prerequisites: [d, nowhere, b, a, d, "other:c"], words: 139}
topics/b: {prerequisites: [c], terms: [[Trait, property], FEATURE]}
topics/c: {prerequisites: [d]}
topics/d: {}
topics/e: {block: one, prerequisites: [d]}
topics/unlisted: {prerequisites: [a]}
blocks/also-unlisted: {toctree: [topics/two-levels-down]}
topics/two-levels-down: {}
"""


@pytest.fixture(scope="module")
def course() -> Course:
    return course_of(COURSE)


def slugs(topics) -> list[str]:
    return [topic.slug for topic in topics]


def test_topics_and_blocks_stand_in_the_order_of_the_toctrees_and_those_in_none_come_last(course: Course):
    assert list(course.topics) == ["d", "c", "e", "b", "a", "two-levels-down", "unlisted"]
    assert list(course.blocks) == ["two", "one", "also-unlisted"]


def test_a_block_lists_its_own_topics_and_has_a_number(course: Course):
    assert {slug: block.topics for slug, block in course.blocks.items()} == {
        "two": ("d", "c"),
        "one": ("b", "a"),
        "also-unlisted": ("two-levels-down",),
    }
    assert slugs(course.topics_of(course.blocks["two"])) == ["d", "c"]
    assert [course.block_number(block) for block in course.blocks.values()] == [1, 2, 3]


def test_the_block_of_a_topic_is_the_one_that_lists_it_else_the_one_it_names(course: Course):
    found = {slug: course.block_of(topic) for slug, topic in course.topics.items()}
    assert {slug: block and block.slug for slug, block in found.items()} == {
        "d": "two",
        "c": "two",
        "e": "one",
        "b": "one",
        "a": "one",
        "two-levels-down": "also-unlisted",
        "unlisted": None,
    }


def test_the_first_block_that_lists_a_topic_has_it():
    course = course_of(
        """
        index: {toctree: [blocks/two, blocks/one]}
        blocks/one: {toctree: [topics/a]}
        blocks/two: {toctree: [topics/a]}
        topics/a: {}
        """
    )
    block = course.block_of(course.topics["a"])
    assert block is course.blocks["two"]


def test_prerequisites_are_the_topics_of_this_course_each_once_in_the_order_of_the_page(course: Course):
    assert slugs(course.prerequisites(course.topics["a"])) == ["d", "b"]
    assert slugs(course.prerequisites(course.topics["d"])) == []


def test_topics_lead_to_those_that_require_them_in_reading_order(course: Course):
    assert {slug: slugs(course.leads_to(topic)) for slug, topic in course.topics.items()} == {
        "d": ["c", "e", "a"],
        "c": ["b"],
        "e": [],
        "b": ["a"],
        "a": ["unlisted"],
        "two-levels-down": [],
        "unlisted": [],
    }


def test_places_name_every_toctree_that_lists_a_topic():
    course = course_of(
        """
        index: {toctree: [topics/a, blocks/one, topics/a]}
        blocks/one: {toctree: [topics/a, topics/b]}
        topics/a: {}
        topics/b: {}
        topics/c: {}
        """
    )
    assert course.places == {"a": ("blocks/one", "index"), "b": ("blocks/one",), "c": ()}


def test_the_first_page_with_a_slug_keeps_it_and_the_others_are_listed():
    course = course_of(
        """
        index: {toctree: [topics/new/a, blocks/b/one, topics/old/a, blocks/one]}
        blocks/one: {toctree: [topics/new/a]}
        blocks/b/one: {toctree: [topics/old/a, topics/other/a]}
        topics/new/a: {}
        topics/old/a: {}
        topics/other/a: {}
        """
    )
    assert course.topics["a"].docname == "topics/new/a"
    assert course.blocks["one"].docname == "blocks/b/one"
    assert course.blocks["one"].topics == ()
    docnames = [record.docname for record in course.duplicates]
    assert docnames == ["topics/old/a", "topics/other/a", "blocks/one"]
    assert list(course.places) == ["a"]


def test_toctrees_in_a_circle_or_to_nowhere_are_walked_once():
    course = course_of(
        """
        index: {toctree: [topics/a, nowhere, index]}
        topics/a: {toctree: [topics/b, index]}
        topics/b: {toctree: [topics/a]}
        """
    )
    assert list(course.topics) == ["a", "b"]
    assert course.places == {"a": ("index", "topics/b"), "b": ("topics/a",)}


def test_terms_stand_in_reading_order_and_the_first_of_a_name_has_it(course: Course):
    assert [term.name for term in course.terms] == ["Last", "Feature", "Trait", "FEATURE"]
    found = {name: (term.name, term.docname) for name, term in course.term_index.items()}
    assert found == {
        "last": ("Last", "appendix/glossary"),
        "feature": ("Feature", "appendix/glossary"),
        "trait": ("Feature", "appendix/glossary"),
        "property": ("Trait", "topics/b"),
    }


def test_names_are_compared_without_case_in_any_script():
    term = Term(name="Straße", aliases=("ΣΊΣΥΦΟΣ",), docname="a", anchor="a", location=Location("a.md", 1))
    course = assemble({"a": Page(docname="a", terms=(term,))}, {}, "index")
    assert course.term_index.keys() == {"STRASSE".casefold(), "σίσυφος".casefold()}
    assert term.names == ("Straße", "ΣΊΣΥΦΟΣ")


@pytest.mark.parametrize(
    ("words", "speed", "minutes"),
    [(0, 140, 1), (1, 140, 1), (209, 140, 1), (211, 140, 2), (1400, 140, 10), (1400, 200, 7), (1470, 140, 10)],
)
def test_minutes(words: int, speed: int, minutes: int):
    topic = Topic(slug="a", docname="a", title="A", words=words, location=Location("a.md"))
    course = assemble({"a": Page(docname="a", topic=topic)}, {}, "index", words_per_minute=speed)
    assert course.minutes(topic) == minutes


def test_planned_topics_are_kept_apart_from_topics():
    planned = {"later": "Later"}
    course = assemble({}, {}, "index", planned=planned)
    planned["more"] = "More"
    assert (course.planned, course.topics, assemble({}, {}, "index").planned) == ({"later": "Later"}, {}, {})


def test_a_course_is_what_its_pages_say_in_whatever_order_they_were_read():
    pages = {page.docname: page for page in (Page(docname=name) for name in ("b", "a", "index"))}
    topic = Topic(slug="a", docname="a", title="A", location=Location("a.md"))
    pages["a"] = replace(pages["a"], topic=topic)
    pages["b"] = replace(pages["b"], topic=replace(topic, docname="b"))
    toctrees = {"index": ["b"]}
    assert assemble(pages, toctrees, "index") == assemble(dict(reversed(pages.items())), toctrees, "index")


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefg"), max_size=4)),
    st.sets(st.sampled_from("abcdef")),
)
def test_every_topic_is_in_the_course_once_whatever_the_toctrees_say(toctrees, topics):
    pages = {
        name: Page(docname=name, topic=Topic(slug=name, docname=name, title=name, location=Location(name)))
        for name in topics
    }
    course = assemble(pages, toctrees, "a")
    assert sorted(course.topics) == sorted(topics)
    assert course.places.keys() == topics
    for slug, parents in course.places.items():
        assert set(parents) == {parent for parent, listed in toctrees.items() if slug in listed}
    assert "a" not in topics or next(iter(course.topics)) == "a"


def test_difficulties_have_levels_and_categories_their_words():
    assert [(item.value, item.level) for item in Difficulty] == [
        ("foundational", 1),
        ("intermediate", 2),
        ("advanced", 3),
    ]
    assert [*Category] == ["core-concepts", "techniques", "findings", "tools", "safety"]


def test_locations_are_written_as_editors_read_them_and_sort_by_line():
    assert (str(Location("a.md", 3)), str(Location("a.md"))) == ("a.md:3", "a.md")
    assert Location("a.md", 9) < Location("a.md", 10) < Location("b.md", 1)


def test_pages_survive_a_pickle_and_cannot_be_changed(course: Course):
    topic = course.topics["a"]
    page = Page(docname="topics/a", topic=topic, terms=course.terms, shows=frozenset({"topics"}))
    assert pickle.loads(pickle.dumps(page)) == page
    with pytest.raises(FrozenInstanceError):
        topic.title = "Another"  # type: ignore[misc]
