"""What a course map shows: the topics in reading order under their blocks, and the edges that matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sphinx_mi_ext.course.graph import Closures, closure, reduction, without_circles
from sphinx_mi_ext.course.model import Block, Course, Topic


@dataclass(frozen=True, slots=True)
class Spot:
    """A topic on the map.

    `number` counts through the whole book, from one. `needs` are the numbers of the prerequisites
    that no other prerequisite implies; `before` is the size of the closure.
    """

    topic: Topic
    number: int
    minutes: int
    needs: tuple[int, ...]
    before: int


@dataclass(frozen=True, slots=True)
class Section:
    """A block with those of its topics that the map shows. Topics in no block have a section without one."""

    block: Block | None
    number: int
    spots: tuple[Spot, ...]

    @property
    def minutes(self) -> int:
        """The reading time of what is shown."""
        return sum(spot.minutes for spot in self.spots)


@dataclass(frozen=True, slots=True)
class Chart:
    """All sections with topics to show, and every topic of the book by its number."""

    sections: tuple[Section, ...]
    topics: Mapping[int, Topic]

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The topics in reading order."""
        return tuple(spot for section in self.sections for spot in section.spots)


def chart(course: Course, goals: Iterable[str] = (), blocks: Iterable[str] = ()) -> Chart:
    """Return the map of `course`, or of the closures of `goals` and of `blocks` alone.

    Slugs that the course does not have select nothing. Edges between topics that require one
    another are left out: the course has a finding for them.
    """
    goals, blocks = tuple(goals), frozenset(blocks)
    graph = without_circles(course.graph)
    closures = Closures(graph)
    reduced = reduction(graph, closures)
    placed = list(_placed(course))
    number_of = {topic.slug: number for number, topic in enumerate((t for *_, ts in placed for t in ts), start=1)}
    wanted = {slug for goal in goals if goal in course.topics for slug in (goal, *closure(course.graph, goal))}
    sections = []
    for block, number, topics in placed:
        if blocks and (block is None or block.slug not in blocks):
            continue
        spots = tuple(
            Spot(
                topic=topic,
                number=number_of[topic.slug],
                minutes=course.minutes(topic),
                needs=tuple(sorted(number_of[slug] for slug in reduced[topic.slug])),
                before=closures.size(topic.slug),
            )
            for topic in topics
            if not goals or topic.slug in wanted
        )
        if spots:
            sections.append(Section(block, number, spots))
    return Chart(tuple(sections), {number: course.topics[slug] for slug, number in number_of.items()})


def _placed(course: Course) -> Iterator[tuple[Block | None, int, list[Topic]]]:
    """Yield each block with its number and topics, then the topics of no block; each topic once."""
    left = dict(course.topics)
    for number, block in enumerate(course.blocks.values(), start=1):
        yield block, number, [topic for slug in block.topics if (topic := left.pop(slug, None)) is not None]
    yield None, 0, list(left.values())
