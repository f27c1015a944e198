"""Faults of every kind, put into a good course at random places: each is found, and nothing else is."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

import pytest

from sphinx_mi_ext.course import checks
from sphinx_mi_ext.course.graph import Closures, closure, reduction
from tests.course.cases import RULES, course_of

Said = dict[str, dict[str, Any]]
Expected = tuple[str, str]
LEVELS = ("foundational", "intermediate", "advanced")
BLOCKS = 4
TOPICS = 24


def good_course(rng: random.Random) -> Said:
    """Blocks of topics that get harder, each with a few prerequisites before it and none too many."""
    slugs = [f"topic-{number:02}" for number in rng.sample(range(100), TOPICS)]
    graph = {slug: rng.sample(slugs[:at], min(at, rng.randint(1, 4))) for at, slug in enumerate(slugs)}
    graph = {slug: list(before) for slug, before in reduction(graph, Closures(graph)).items()}
    said: Said = {"index": {"toctree": [f"blocks/b{number}" for number in range(BLOCKS)]}}
    for number in range(BLOCKS):
        said[f"blocks/b{number}"] = {"toctree": []}
    for at, slug in enumerate(slugs):
        number = at * BLOCKS // TOPICS
        said[f"blocks/b{number}"]["toctree"].append(f"topics/{slug}")
        said[f"topics/{slug}"] = {
            "title": f"The Title of {slug}",
            "block": f"b{number}",
            "difficulty": LEVELS[at * 3 // TOPICS],
            "prerequisites": [f"{before}@{line}" for line, before in enumerate(graph[slug], start=6)],
            "terms": [f"term of {slug}"],
        }
    return said


def slugs_of(said: Said) -> list[str]:
    return [name.removeprefix("topics/") for number in range(BLOCKS) for name in said[f"blocks/b{number}"]["toctree"]]


def graph_of(said: Said) -> dict[str, list[str]]:
    return {
        slug: [item.partition("@")[0] for item in said[f"topics/{slug}"]["prerequisites"]] for slug in slugs_of(said)
    }


def add(said: Said, slug: str, entry: Any) -> None:
    said[f"topics/{slug}"]["prerequisites"].append(entry)


def unknown(said: Said, rng: random.Random) -> Expected:
    slug = rng.choice(slugs_of(said))
    add(said, slug, "topik-000@40")
    return "unknown-prerequisite", f"topics/{slug}.md:40"


def itself(said: Said, rng: random.Random) -> Expected:
    slug = rng.choice(slugs_of(said))
    add(said, slug, f"{slug}@40")
    return "self-prerequisite", f"topics/{slug}.md:40"


def circle(said: Said, rng: random.Random) -> Expected:
    """Let a topic require one that requires it directly; the circle is reported at its smaller slug."""
    graph = graph_of(said)
    slug, before = rng.choice([(slug, before) for slug in graph for before in graph[slug]])
    add(said, before, f"{slug}@40")
    line = 6 + graph[slug].index(before)
    return "prerequisite-cycle", f"topics/{before}.md:40" if before < slug else f"topics/{slug}.md:{line}"


def order(said: Said, rng: random.Random) -> Expected:
    """Swap a topic with its prerequisite where they stand next to each other in a toctree."""
    graph = graph_of(said)
    listed = [said[f"blocks/b{number}"]["toctree"] for number in range(BLOCKS)]
    pairs = [
        (toctree, at)
        for toctree in listed
        for at in range(1, len(toctree))
        if toctree[at - 1].removeprefix("topics/") in graph[toctree[at].removeprefix("topics/")]
    ]
    toctree, at = rng.choice(pairs)
    toctree[at - 1], toctree[at] = toctree[at], toctree[at - 1]
    slug, before = (toctree[place].removeprefix("topics/") for place in (at - 1, at))
    return "order", f"topics/{slug}.md:{6 + graph[slug].index(before)}"


def implied(said: Said, rng: random.Random) -> Expected:
    graph = graph_of(said)
    far = [(slug, sorted(closure(graph, slug) - {*graph[slug]})) for slug in graph]
    slug, before = rng.choice([(slug, rng.choice(others)) for slug, others in far if others])
    add(said, slug, f"{before}@40")
    return "redundant", f"topics/{slug}.md:40"


def twice(said: Said, rng: random.Random) -> Expected:
    graph = graph_of(said)
    slug = rng.choice([slug for slug in graph if graph[slug]])
    add(said, slug, f"{rng.choice(graph[slug])}@40")
    return "redundant", f"topics/{slug}.md:40"


def harder(said: Said, rng: random.Random) -> Expected:
    """Lower a topic that has just one prerequisite above the lowest level."""
    graph = graph_of(said)
    level = {slug: said[f"topics/{slug}"]["difficulty"] for slug in graph}
    fitting = [
        (slug, before)
        for slug in graph
        for before in graph[slug]
        if level[before] != LEVELS[0] and all(level[other] == LEVELS[0] for other in graph[slug] if other != before)
    ]
    slug, before = rng.choice(fitting)
    said[f"topics/{slug}"]["difficulty"] = LEVELS[0]
    return "difficulty-falls", f"topics/{slug}.md:{6 + graph[slug].index(before)}"


def other_title(said: Said, rng: random.Random) -> Expected:
    graph = graph_of(said)
    slug = rng.choice([slug for slug in graph if graph[slug]])
    at = rng.randrange(len(graph[slug]))
    entries = said[f"topics/{slug}"]["prerequisites"]
    entries[at] = [entries[at], "A Title of Old"]
    return "prerequisite-title", f"topics/{slug}.md:{6 + at}"


def same_title(said: Said, rng: random.Random) -> Expected:
    slugs = slugs_of(said)
    one, other = sorted(rng.sample(range(TOPICS), 2))
    said[f"topics/{slugs[other]}"]["title"] = said[f"topics/{slugs[one]}"]["title"].upper()
    return "duplicate-title", f"topics/{slugs[other]}.md:2"


def empty_block(said: Said, rng: random.Random) -> Expected:
    said["blocks/empty"] = {}
    said["index"]["toctree"].insert(rng.randrange(BLOCKS), "blocks/empty")
    return "block-without-topics", "blocks/empty.md:2"


def unlisted(said: Said, rng: random.Random) -> Expected:
    toctree = said[f"blocks/b{rng.randrange(BLOCKS)}"]["toctree"]
    name = toctree.pop(rng.randrange(len(toctree)))
    return "topic-without-block", f"{name}.md:2"


def in_two(said: Said, rng: random.Random) -> Expected:
    one, other = rng.sample(range(BLOCKS), 2)
    name = rng.choice(said[f"blocks/b{one}"]["toctree"])
    said[f"blocks/b{other}"]["toctree"].append(name)
    return "topic-in-two-blocks", f"{name}.md:2"


def other_block(said: Said, rng: random.Random) -> Expected:
    slug = rng.choice(slugs_of(said))
    said[f"topics/{slug}"]["block"] = "b9"
    return "block-mismatch", f"topics/{slug}.md:2"


def other_slug(said: Said, rng: random.Random) -> Expected:
    slug = rng.choice(slugs_of(said))
    name = f"topics/more/{slug}"
    said[name] = {"title": "Another"}
    said[f"blocks/b{BLOCKS - 1}"]["toctree"].append(name)
    return "duplicate-slug", f"{name}.md:2"


def defined_twice(said: Said, rng: random.Random) -> Expected:
    one, other = sorted(rng.sample(range(TOPICS), 2))
    slugs = slugs_of(said)
    said[f"topics/{slugs[other]}"]["terms"].append(f"Term of {slugs[one]}")
    return "duplicate-definition", f"topics/{slugs[other]}.md:11"


FAULTS: tuple[Callable[[Said, random.Random], Expected], ...] = (
    *(unknown, itself, circle, order, implied, twice, harder, other_title, same_title, empty_block),
    *(unlisted, in_two, other_block, other_slug, defined_twice),
)


@pytest.mark.parametrize("seed", range(3 * len(FAULTS)))
def test_a_fault_is_found_where_it_is_and_alone(seed: int):
    rng = random.Random(seed)
    said = good_course(rng)
    assert checks.run(course_of(copy.deepcopy(said))) == ()
    expected = FAULTS[seed % len(FAULTS)](said, rng)
    assert [(item.rule.value, str(item.location)) for item in checks.run(course_of(said))] == [expected]


def test_every_rule_that_a_course_can_break_is_among_the_faults():
    rng = random.Random(0)
    assert {fault(good_course(rng), rng)[0] for fault in FAULTS} == {rule.value for rule in RULES}
