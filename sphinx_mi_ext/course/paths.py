"""The learning path of a goal: what to read before it, in which order, and how long it takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sphinx_mi_ext.course.graph import CircleError, closure, order
from sphinx_mi_ext.course.model import Course, Topic
from sphinx_mi_ext.course.nearest import did_you_mean


class PathError(ValueError):
    """There is no such path. The message is one sentence for the reader who asked for it."""


class CircularPathError(PathError):
    """Prerequisites on the path require one another."""


@dataclass(frozen=True, slots=True)
class Step:
    """A topic of a path, and its reading time in minutes."""

    topic: Topic
    minutes: int


@dataclass(frozen=True, slots=True)
class LearningPath:
    """What is left to read for a goal, which comes last. `known` are the topics that were left out."""

    goal: Topic
    steps: tuple[Step, ...]
    known: tuple[Topic, ...] = ()

    @property
    def minutes(self) -> int:
        """The reading time of all steps."""
        return sum(step.minutes for step in self.steps)


def learning_path(course: Course, goal: str, known: Iterable[str] = ()) -> LearningPath:
    """Return the closure of `goal` and the goal itself, so that each topic stands behind its prerequisites.

    Otherwise topics are in reading order. Topics that are `known` are left out, and so is whatever
    they require. Raises PathError for a slug that is no topic, and CircularPathError for prerequisites that
    form a circle.
    """
    target = _topic(course, goal)
    closed = {target.slug, *closure(course.graph, target.slug)}
    learnt: set[str] = set()
    for topic in [_topic(course, slug) for slug in known]:
        learnt |= {topic.slug, *closure(course.graph, topic.slug)}
    left = closed - learnt
    try:
        ordered = order({slug: before for slug, before in course.graph.items() if slug in left})
    except CircleError as error:
        raise CircularPathError(f"there is no path to '{goal}': {error}; remove one of its edges") from error
    return LearningPath(
        goal=target,
        steps=tuple(Step(course.topics[slug], course.minutes(course.topics[slug])) for slug in ordered),
        known=tuple(topic for slug, topic in course.topics.items() if slug in closed & learnt),
    )


def _topic(course: Course, slug: str) -> Topic:
    if slug in course.topics:
        return course.topics[slug]
    if slug in course.planned:
        raise PathError(f"'{slug}' is planned, but not written yet; choose another topic")
    hint = did_you_mean(slug, course.topics) or "; choose one of its slugs"
    raise PathError(f"'{slug}' is not a topic of this course{hint}")
