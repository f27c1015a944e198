"""The manifest: a course as one JSON document, for other courses and other programs.

The models below are the format. Their JSON Schema is shipped beside this file; write it again with
`python -m sphinx_mi_ext.course.manifest` when they change.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sphinx_mi_ext.course.model import Block, Category, Course, Difficulty, Location, Prerequisite, Run, Term, Topic
from sphinx_mi_ext.course.nearest import did_you_mean

NAME = "course.json"
SCHEMA = Path(__file__).with_name("manifest.schema.json")


class ManifestError(ValueError):
    """A manifest that cannot be read. The message is one sentence that starts with the path in the data."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TermEntry(_Part):
    """A definition: where it stands on its page, and its text."""

    name: str = Field(min_length=1)
    aliases: list[str] = []
    anchor: str = ""
    text: str = ""


class _PageEntry(_Part):
    slug: str = Field(min_length=1)
    title: str
    docname: str
    address: str = Field(description="Address relative to that of the manifest.")
    description: str = ""
    terms: list[TermEntry] = []


class BlockEntry(_PageEntry):
    """A block, with the slugs of its topics in reading order."""

    topics: list[str]


class ElsewhereEntry(_Part):
    """A prerequisite in another course, by the key under which this one knows it."""

    course: str = Field(min_length=1)
    topic: str = Field(min_length=1)


class TopicEntry(_PageEntry):
    """A topic, with the slugs of its prerequisites and the keys of the works that it cites."""

    block: str = Field("", description="Slug of its block, or empty.")
    difficulty: Difficulty | None = None
    category: Category | None = None
    prerequisites: list[str] = []
    elsewhere: list[ElsewhereEntry] = []
    minutes: int = Field(ge=1, strict=True)
    citations: list[str] = []


class Manifest(_Part):
    """A course: its blocks and topics, each in reading order."""

    version: Literal[1]
    title: str
    blocks: list[BlockEntry]
    topics: list[TopicEntry]


def manifest_of(
    course: Course,
    *,
    title: str,
    address: Callable[[str], str],
    cited: Mapping[str, Sequence[str]] | None = None,
    title_of: Callable[[Topic | Block], str] = lambda record: record.title,
) -> Manifest:
    """Return the manifest of `course`.

    `address` maps a document to its address, `cited` to the keys of the works that it cites;
    `title_of` returns titles as plain text.
    """
    terms: dict[str, list[TermEntry]] = {}
    for term in course.terms:
        text = "".join(run.text for run in term.body)
        entry = TermEntry(name=term.name, aliases=list(term.aliases), anchor=term.anchor, text=text)
        terms.setdefault(term.docname, []).append(entry)

    def page(record: Topic | Block) -> dict[str, Any]:
        return {
            "slug": record.slug,
            "title": title_of(record),
            "docname": record.docname,
            "address": address(record.docname),
            "description": record.description,
            "terms": terms.get(record.docname, []),
        }

    def topic(record: Topic) -> TopicEntry:
        block = course.block_of(record)
        return TopicEntry(
            **page(record),
            block=block.slug if block else "",
            difficulty=record.difficulty,
            category=record.category,
            prerequisites=list(course.graph[record.slug]),
            elsewhere=[
                ElsewhereEntry(course=item.course, topic=item.slug) for item in record.prerequisites if item.course
            ],
            minutes=course.minutes(record),
            citations=list((cited or {}).get(record.docname, ())),
        )

    return Manifest(
        version=1,
        title=title,
        blocks=[BlockEntry(**page(block), topics=list(block.topics)) for block in course.blocks.values()],
        topics=[topic(record) for record in course.topics.values()],
    )


def dump(manifest: Manifest) -> str:
    """Return the JSON of a manifest; the same manifest gives the same bytes."""
    return json.dumps(manifest.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n"


def load(text: str) -> Manifest:
    """Return the manifest that `text` holds. Raises ManifestError for anything else."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ManifestError(f"the manifest is not valid JSON: {error}") from error
    try:
        manifest = Manifest.model_validate(data)
    except ValidationError as error:
        problem = error.errors()[0]
        path = "/".join(str(part) for part in problem["loc"]) or "the document"
        said = problem["msg"][:1].lower() + problem["msg"][1:]
        raise ManifestError(f"{path}: {said}") from error
    for path, message in _dangling(manifest):
        raise ManifestError(f"{path}: {message}")
    return manifest


def _dangling(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Yield slugs that stand twice, and those that name nothing."""
    topics = {topic.slug for topic in manifest.topics}
    blocks = {block.slug for block in manifest.blocks}
    for kind, entries in (("topics", manifest.topics), ("blocks", manifest.blocks)):
        seen: set[str] = set()
        for number, entry in enumerate(entries):
            if entry.slug in seen:
                yield f"{kind}/{number}/slug", f"the slug '{entry.slug}' stands twice"
            seen.add(entry.slug)
            name = "prerequisites" if isinstance(entry, TopicEntry) else "topics"
            for position, slug in enumerate(getattr(entry, name)):
                if slug not in topics:
                    hint = did_you_mean(slug, topics)
                    yield f"{kind}/{number}/{name}/{position}", f"'{slug}' is not a topic of the manifest{hint}"
    for number, topic in enumerate(manifest.topics):
        if topic.block and topic.block not in blocks:
            hint = did_you_mean(topic.block, blocks)
            yield f"topics/{number}/block", f"'{topic.block}' is not a block of the manifest{hint}"


def course_of(manifest: Manifest) -> Course:
    """Return the course of a manifest: the same graph, order, times and definitions (as plain text)."""
    location = Location(NAME)
    pages: list[BlockEntry | TopicEntry] = [*manifest.topics, *manifest.blocks]
    return Course(
        topics={
            entry.slug: Topic(
                **_page(entry),
                block=entry.block,
                difficulty=entry.difficulty,
                category=entry.category,
                prerequisites=(
                    *(Prerequisite(slug=slug, location=location) for slug in entry.prerequisites),
                    *(Prerequisite(slug=it.topic, course=it.course, location=location) for it in entry.elsewhere),
                ),
                words=entry.minutes * Course.words_per_minute,
            )
            for entry in manifest.topics
        },
        blocks={entry.slug: Block(**_page(entry), topics=tuple(entry.topics)) for entry in manifest.blocks},
        terms=tuple(
            Term(
                name=term.name,
                aliases=tuple(term.aliases),
                docname=entry.docname,
                anchor=term.anchor,
                body=(Run("text", term.text),),
                location=location,
            )
            for entry in pages
            for term in entry.terms
        ),
    )


def _page(entry: BlockEntry | TopicEntry) -> dict[str, Any]:
    fields = ("slug", "title", "docname", "description")
    return {name: getattr(entry, name) for name in fields} | {"location": Location(NAME)}


def schema() -> str:
    """Return the JSON Schema of the format."""
    described = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Manifest.model_json_schema()}
    return json.dumps(described, indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema(), encoding="utf-8")
