"""Rules of the graph of prerequisites."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

from sphinx_mi_ext.course.finding import Finding, Rule
from sphinx_mi_ext.course.graph import Closures, Graph, cycles, detour, reduction, without_circles
from sphinx_mi_ext.course.model import Course, Location, Prerequisite, Topic
from sphinx_mi_ext.course.nearest import did_you_mean
from sphinx_mi_ext.course.wording import one_line, same_title

_LONGEST = 6
"""A way with more topics than this is shortened in a message."""


def targets(course: Course) -> Iterator[Finding]:
    """Report prerequisites that name no topic, or the topic itself."""
    for topic in course.topics.values():
        for item in topic.prerequisites:
            if item.course:
                continue
            if item.slug == topic.slug:
                message = f"'{topic.slug}' names itself as a prerequisite; remove the entry"
                yield Finding(Rule.SELF_PREREQUISITE, message, item.location)
            elif item.slug not in course.topics and item.slug not in course.planned:
                message = f"prerequisite '{item.slug}' is not a topic of this course"
                hint = did_you_mean(item.slug, course.topics) or "; correct the slug, or write that topic"
                yield Finding(Rule.UNKNOWN_PREREQUISITE, message + hint, item.location)


def circles(course: Course) -> Iterator[Finding]:
    """Report the shortest circle of each group of topics that require one another."""
    for circle in cycles(course.graph):
        edges = [(slug, circle[(index + 1) % len(circle)]) for index, slug in enumerate(circle)]
        places = [
            f"'{slug}' requires '{before}' ({item.location})"
            for slug, before in edges
            for item in course.topics[slug].prerequisites
            if item.slug == before and not item.course
        ]
        message = f"prerequisites form a circle: {', '.join(places)}; remove one of them"
        first = next(
            item for item in course.topics[circle[0]].prerequisites if item.slug == edges[0][1] and not item.course
        )
        yield Finding(Rule.PREREQUISITE_CYCLE, message, first.location)


def edges(course: Course) -> Iterator[Finding]:
    """Report prerequisites that are superfluous, and of the others those that come too late or are too hard.

    Edges of a circle are left out: one of them has to go, and nobody knows which.
    """
    graph = without_circles(course.graph)
    closures = Closures(graph)
    needed = reduction(graph, closures)
    number_of = {slug: number for number, slug in enumerate(course.topics, start=1)}
    for slug, topic in course.topics.items():
        first: dict[str, Location] = {}
        outside, kept = set(graph[slug]), set(needed[slug])
        for item in _own(topic, course):
            if item.slug in first:
                message = f"prerequisite '{item.slug}' is named twice, also at {first[item.slug]}; remove one of them"
                yield Finding(Rule.REDUNDANT, message, item.location)
                continue
            first[item.slug] = item.location
            if item.slug not in outside:
                continue
            if item.slug not in kept:
                message = f"prerequisite '{item.slug}' is implied: {_way(graph, closures, slug, item.slug)}; remove it"
                yield Finding(Rule.REDUNDANT, message, item.location)
                continue
            before = course.topics[item.slug]
            placed = _has_its_place(topic, course) and _has_its_place(before, course)
            if placed and number_of[item.slug] > number_of[slug]:
                message = (
                    f"prerequisite '{item.slug}' is topic {number_of[item.slug]} in the reading order, and "
                    f"'{slug}', which requires it, is topic {number_of[slug]}; move one of them, or remove the entry"
                )
                yield Finding(Rule.ORDER, message, item.location)
            if topic.difficulty and before.difficulty and before.difficulty.level > topic.difficulty.level:
                message = (
                    f"prerequisite '{item.slug}' is {before.difficulty}, and '{slug}', which requires it, is only "
                    f"{topic.difficulty}; correct one of them, or remove the entry"
                )
                yield Finding(Rule.DIFFICULTY_FALLS, message, item.location)


def titles(course: Course) -> Iterator[Finding]:
    """Report prerequisites whose title is not that of the topic they name."""
    for topic in course.topics.values():
        for item in _own(topic, course):
            title = course.topics[item.slug].title
            if item.title.strip() and title.strip() and not same_title(item.title, title):
                message = (
                    f"prerequisite '{item.slug}' is given as \"{one_line(item.title)}\", but its title is "
                    f'"{one_line(title)}"; correct it, or write just the slug'
                )
                yield Finding(Rule.PREREQUISITE_TITLE, message, item.location)


def _own(topic: Topic, course: Course) -> Iterator[Prerequisite]:
    """Yield the prerequisites of a topic that name another topic of this course."""
    for item in topic.prerequisites:
        if not item.course and item.slug in course.topics and item.slug != topic.slug:
            yield item


def _has_its_place(topic: Topic, course: Course) -> bool:
    """Return whether one toctree lists the topic; else its place in the reading order says nothing."""
    return len(course.places[topic.slug]) == 1


def _way(graph: Graph, closures: Closures, slug: str, before: str) -> str:
    """Describe how `slug` requires `before` through other topics."""
    way = list(islice(detour(graph, closures, slug, before), _LONGEST + 1))
    steps = [f"'{one}' requires '{other}'" for one, other in pairwise(way[:_LONGEST])]
    return ", ".join(steps if len(way) <= _LONGEST else [*steps, f"and so on to '{before}'"])
