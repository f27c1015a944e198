"""Rules of the graph of prerequisites."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_mi_ext.course.finding import Finding, Rule
from sphinx_mi_ext.course.graph import cycles
from sphinx_mi_ext.course.model import Course
from sphinx_mi_ext.course.nearest import did_you_mean


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
    graph = {
        slug: [item.slug for item in topic.prerequisites if not item.course] for slug, topic in course.topics.items()
    }
    for circle in cycles(graph):
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
