"""Immutable records of a course.

A `Page` is what one source file says; a `Course` is what all pages say together. Pages are what
is stored and merged; the course is computed from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a source file: its path below the source folder, and a line counted from one."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


class Difficulty(StrEnum):
    """How much a topic asks of its reader."""

    FOUNDATIONAL = "foundational"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"

    @property
    def level(self) -> int:
        """One, two or three."""
        return list(Difficulty).index(self) + 1


class Category(StrEnum):
    """What kind of knowledge a topic teaches."""

    CORE_CONCEPTS = "core-concepts"
    TECHNIQUES = "techniques"
    FINDINGS = "findings"
    TOOLS = "tools"
    SAFETY = "safety"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prerequisite:
    """A topic to be read before, as the front matter names it.

    `course` is the key of another course, or empty. `title` is what the author believes the
    title to be, where one was given.
    """

    slug: str
    title: str = ""
    course: str = ""
    location: Location


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a definition's text: `kind` is text, emphasis, strong, code or math (LaTeX)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term at its definition: its name, its other names, and the text that defines it."""

    name: str
    aliases: tuple[str, ...] = ()
    docname: str
    anchor: str
    body: tuple[Run, ...] = ()
    location: Location

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic: what its front matter declares, and how long it takes to read."""

    slug: str
    docname: str
    title: str
    description: str = ""
    block: str = ""
    difficulty: Difficulty | None = None
    category: Category | None = None
    prerequisites: tuple[Prerequisite, ...] = ()
    words: int = 0
    orphan: bool = False
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A group of topics. `topics` are slugs in reading order, filled in when the course is assembled."""

    slug: str
    docname: str
    title: str
    description: str = ""
    topics: tuple[str, ...] = ()
    location: Location


@dataclass(frozen=True, slots=True)
class PathRequest:
    """A learning path that a page shows: the slug of its goal, and those that the reader knows."""

    goal: str
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one source file says of the course."""

    docname: str
    topic: Topic | None = None
    block: Block | None = None
    terms: tuple[Term, ...] = ()
    used_terms: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    shows: frozenset[str] = field(default_factory=frozenset)
    paths: tuple[PathRequest, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Course:
    """The whole course.

    `topics` and `blocks` are in reading order and keyed by slug; where two pages claim one slug,
    the first keeps it and `duplicates` lists the others. `places` names, for each topic, the
    documents whose toctree lists it.
    """

    topics: Mapping[str, Topic] = field(default_factory=dict)
    blocks: Mapping[str, Block] = field(default_factory=dict)
    duplicates: tuple[Topic | Block, ...] = ()
    terms: tuple[Term, ...] = ()
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    planned: Mapping[str, str] = field(default_factory=dict)
    words_per_minute: int = 140

    def minutes(self, topic: Topic) -> int:
        """Return the reading time of `topic` in minutes, at least one."""
        return max(1, round(topic.words / self.words_per_minute))

    def prerequisites(self, topic: Topic) -> tuple[Topic, ...]:
        """Return the topics of this course that `topic` names as prerequisites, in its order and each once."""
        own = dict.fromkeys(item.slug for item in topic.prerequisites if not item.course)
        return tuple(self.topics[slug] for slug in own if slug in self.topics and slug != topic.slug)

    def leads_to(self, topic: Topic) -> tuple[Topic, ...]:
        """Return the topics that name `topic` as a prerequisite, in reading order."""
        return tuple(self.topics[slug] for slug in self._dependents.get(topic.slug, ()))

    def block_of(self, topic: Topic) -> Block | None:
        """Return the block that lists `topic` in its toctree, else the one that its front matter names."""
        return self._block_of.get(topic.slug) or self.blocks.get(topic.block)

    def block_number(self, block: Block) -> int:
        """Return the position of `block` in the reading order, counted from one."""
        return list(self.blocks).index(block.slug) + 1

    def topics_of(self, block: Block) -> tuple[Topic, ...]:
        """Return the topics of `block` in reading order."""
        return tuple(self.topics[slug] for slug in block.topics)

    @cached_property
    def graph(self) -> Mapping[str, tuple[str, ...]]:
        """Each topic's slug with those of its prerequisites, in reading order."""
        return {slug: tuple(before.slug for before in self.prerequisites(topic)) for slug, topic in self.topics.items()}

    @cached_property
    def term_index(self) -> Mapping[str, Term]:
        """Each name and alias in lower case, with the first term that has it."""
        index: dict[str, Term] = {}
        for term in self.terms:
            for name in term.names:
                index.setdefault(name.casefold(), term)
        return index

    @cached_property
    def _dependents(self) -> Mapping[str, tuple[str, ...]]:
        dependents: dict[str, list[str]] = {}
        for topic in self.topics.values():
            for before in self.prerequisites(topic):
                dependents.setdefault(before.slug, []).append(topic.slug)
        return {slug: tuple(after) for slug, after in dependents.items()}

    @cached_property
    def _block_of(self) -> Mapping[str, Block]:
        return {slug: block for block in reversed(list(self.blocks.values())) for slug in block.topics}


def assemble(
    pages: Mapping[str, Page],
    toctrees: Mapping[str, Sequence[str]],
    root: str,
    *,
    planned: Mapping[str, str] | None = None,
    words_per_minute: int = 140,
) -> Course:
    """Make a course of its pages.

    `toctrees` maps a document to the documents that its toctrees list; the reading order is their
    depth-first order from `root`. Pages that no toctree reaches come last, by name.
    """
    order = list(dict.fromkeys([*_depth_first(toctrees, root), *sorted(pages)]))
    topics: dict[str, Topic] = {}
    blocks: dict[str, Block] = {}
    duplicates: list[Topic | Block] = []
    terms: list[Term] = []
    for docname in order:
        page = pages.get(docname)
        if page is None:
            continue
        terms.extend(page.terms)
        if page.topic is not None and topics.setdefault(page.topic.slug, page.topic) is not page.topic:
            duplicates.append(page.topic)
        if page.block is not None and blocks.setdefault(page.block.slug, page.block) is not page.block:
            duplicates.append(page.block)
    slug_of = {topic.docname: slug for slug, topic in topics.items()}
    for slug, block in blocks.items():
        listed = tuple(dict.fromkeys(slug_of[name] for name in toctrees.get(block.docname, ()) if name in slug_of))
        blocks[slug] = replace(block, topics=listed)
    places: dict[str, tuple[str, ...]] = dict.fromkeys(topics, ())
    for parent in sorted(toctrees):
        for name in dict.fromkeys(toctrees[parent]):
            if name in slug_of:
                places[slug_of[name]] += (parent,)
    return Course(
        topics=topics,
        blocks=blocks,
        duplicates=tuple(duplicates),
        terms=tuple(terms),
        places=places,
        planned=dict(planned or {}),
        words_per_minute=words_per_minute,
    )


def _depth_first(toctrees: Mapping[str, Sequence[str]], root: str) -> Iterator[str]:
    seen: set[str] = set()
    stack = [root]
    while stack:
        docname = stack.pop()
        if docname in seen:
            continue
        seen.add(docname)
        yield docname
        stack.extend(reversed(toctrees.get(docname, ())))
