"""Learning paths: what is left to read for a goal, in which order, and for how long."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_mi_ext.course.graph import closure
from sphinx_mi_ext.course.model import Course
from sphinx_mi_ext.course.paths import PathError, learning_path
from tests.course.cases import course_of

# In reading order a, b, c, d, e, f; e requires f, which the reading order puts behind it.
SOURCE = """
index: {toctree: [blocks/one, blocks/two]}
blocks/one: {toctree: [topics/a, topics/b, topics/c]}
blocks/two: {toctree: [topics/d, topics/e, topics/f]}
topics/a: {words: 100}
topics/b: {words: 1400, prerequisites: [a]}
topics/c: {words: 2800, prerequisites: [a]}
topics/d: {words: 700, prerequisites: [c, b, "other:b"]}
topics/e: {words: 0, prerequisites: [f, b]}
topics/f: {words: 280, prerequisites: [c]}
"""


@pytest.fixture
def course() -> Course:
    return course_of(SOURCE)


def slugs(items) -> str:
    return "".join(getattr(item, "topic", item).slug for item in items)


@pytest.mark.parametrize(
    ("goal", "known", "steps", "left_out"),
    [
        ("a", [], "a", ""),
        ("d", [], "abcd", ""),
        ("e", [], "abcfe", ""),
        ("d", ["a"], "bcd", "a"),
        ("d", ["b"], "cd", "ab"),
        ("d", ["b", "c"], "d", "abc"),
        ("e", ["d"], "fe", "abc"),
        ("a", ["d"], "", "a"),
        ("d", ["d"], "", "abcd"),
        ("d", ["f"], "bd", "ac"),
        ("b", ["f", "b", "b"], "", "ab"),
    ],
)
def test_a_path_is_the_closure_in_order_without_what_is_known(course: Course, goal, known, steps, left_out):
    path = learning_path(course, goal, known)
    assert (slugs(path.steps), slugs(path.known), path.goal.slug) == (steps, left_out, goal)


def test_minutes_are_those_of_each_step_and_of_all(course: Course):
    path = learning_path(course, "d")
    assert [step.minutes for step in path.steps] == [1, 10, 20, 5]
    assert path.minutes == 36
    assert learning_path(replace(course, words_per_minute=280), "d").minutes == 1 + 5 + 10 + 2
    assert learning_path(course, "a", ["a"]).minutes == 0


@pytest.mark.parametrize(
    ("goal", "known", "message"),
    [
        ("superpositon", [], "'superpositon' is not a topic of this course; did you mean \"superposition\"?"),
        ("superposition", ["probin"], "'probin' is not a topic of this course; did you mean \"probing\"?"),
        ("zzz", [], "'zzz' is not a topic of this course; choose one of its slugs"),
        ("one", [], "'one' is not a topic of this course; choose one of its slugs"),
        ("later", [], "'later' is planned, but not written yet; choose another topic"),
    ],
)
def test_an_unknown_slug_is_one_sentence_with_the_nearest(goal, known, message):
    course = course_of({"topics/superposition": {}, "topics/probing": {}, "blocks/one": {}})
    with pytest.raises(PathError) as caught:
        learning_path(replace(course, planned={"later": "Later"}), goal, known)
    assert str(caught.value) == message
    assert isinstance(caught.value, ValueError)


def test_a_circle_before_the_goal_is_said_and_one_elsewhere_does_not_matter():
    course = course_of(
        {
            "topics/a": {"prerequisites": ["b"]},
            "topics/b": {"prerequisites": ["a"]},
            "topics/c": {"prerequisites": ["b"]},
            "topics/d": {"prerequisites": ["d", "nowhere"]},
        }
    )
    with pytest.raises(PathError) as caught:
        learning_path(course, "c")
    assert str(caught.value) == (
        "there is no path to 'c': the prerequisites form a circle: 'a', 'b'; remove one of its edges"
    )
    assert slugs(learning_path(course, "c", ["b"]).steps) == "c"
    assert slugs(learning_path(course, "d").steps) == "d"


NAMES = "abcdefgh"


@given(
    st.lists(st.lists(st.sampled_from(NAMES), max_size=4), min_size=8, max_size=8),
    st.permutations(NAMES),
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(NAMES), max_size=3),
)
def test_nothing_is_missing_and_nothing_comes_too_early(edges, listed, goal, known):
    before = {name: [end for end in ends if end < name] for name, ends in zip(NAMES, edges, strict=True)}
    said = {f"topics/{name}": {"prerequisites": ends} for name, ends in before.items()}
    course = course_of({"index": {"toctree": [f"topics/{name}" for name in listed]}} | said)
    path = learning_path(course, goal, known)
    steps = slugs(path.steps)
    read = set(slugs(path.known))
    assert read == {goal, *closure(before, goal)} & {name for one in known for name in (one, *closure(before, one))}
    for name in steps:
        assert set(before[name]) <= read
        read.add(name)
    assert read == {goal, *closure(before, goal)}
    assert not steps or steps[-1] == goal
