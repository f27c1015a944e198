"""Front matter: from text to a record, or to findings that each carry their own YAML line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from sphinx_mi_ext.course.finding import Finding, Rule
from sphinx_mi_ext.course.model import Block, Category, Difficulty, Location, Prerequisite, Topic
from sphinx_mi_ext.course.nearest import did_you_mean

FENCE = "---"

SPHINX_KEYS = frozenset(
    [
        "author",
        "authors",
        "date",
        "html_meta",
        "jupytext",
        "kernelspec",
        "keywords",
        "myst",
        "mystnb",
        "no-search",
        "nocomments",
        "orphan",
        "substitutions",
        "tocdepth",
    ]
)
"""Keys that Sphinx, MyST and notebooks read themselves, in any page."""


def _slug_of_url(url: str) -> str:
    """Return the slug of `/topics/<slug>/`, with or without a fragment."""
    return url.split("#", maxsplit=1)[0].rstrip("/").rpartition("/")[2]


class PrerequisiteEntry(BaseModel):
    """A prerequisite: a slug, `{title, url}` of older courses, or `{course, topic}` of another course."""

    model_config = ConfigDict(extra="forbid")

    topic: str = ""
    title: str = ""
    url: str = ""
    course: str = ""

    @property
    def slug(self) -> str:
        """The slug, from whichever form was given."""
        return self.topic or _slug_of_url(self.url)


def _entry_from_slug(value: Any) -> Any:
    if isinstance(value, str):
        return {"topic": value}
    if isinstance(value, dict) and not (value.get("topic") or value.get("url")):
        raise ValueError("give a slug, {title, url}, or {course, topic}")
    return value


Text = Annotated[str, Field(strict=True)]


class BlockMatter(BaseModel):
    """The front matter of a block's page."""

    model_config = ConfigDict(extra="forbid")

    title: Text = ""
    description: Text = ""


class TopicMatter(BlockMatter):
    """The front matter of a topic's page."""

    block: Text = ""
    difficulty: Difficulty | None = None
    category: Category | None = None
    prerequisites: list[Annotated[PrerequisiteEntry, BeforeValidator(_entry_from_slug)]] = []


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a page: its mapping, the lines of its keys, and where the body starts.

    `lines` maps a path such as `("prerequisites", 1)` to a line counted from one. `body_line` is the
    number of lines up to and including the closing fence, zero where there is no front matter.
    `broken` says that it could not be read as YAML.
    """

    data: dict[str, Any]
    lines: dict[tuple[str | int, ...], int]
    body_line: int = 0
    broken: bool = False


def read_front_matter(text: str, path: str) -> tuple[FrontMatter, tuple[Finding, ...]]:
    """Split the front matter off `text` and read it.

    Returns the front matter and what is wrong with its YAML. Of YAML that cannot be read, top
    level `title:` lines are kept, so that the page can still be shown under its name.
    """
    inner = _front_matter_lines(text)
    if inner is None:
        return FrontMatter({}, {}), ()
    source = "\n".join(inner)
    body_line = len(inner) + 2
    try:
        node = yaml.compose(source, Loader=yaml.SafeLoader)
        data = yaml.safe_load(source)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = (mark.line if mark is not None else 0) + 2
        problem = getattr(error, "problem", None) or str(error)
        message = f"the front matter is not valid YAML: {problem}; put values that contain ': ' or '#' in quotes"
        finding = Finding(Rule.FRONT_MATTER, message, Location(path, line))
        return FrontMatter(_salvage(source), {}, body_line, broken=True), (finding,)
    if node is None:
        return FrontMatter({}, {}, body_line), ()
    if not isinstance(data, dict):
        message = "the front matter is not a mapping; write one 'key: value' a line"
        return FrontMatter({}, {}, body_line, broken=True), (Finding(Rule.FRONT_MATTER, message, Location(path, 2)),)
    return FrontMatter({str(key): value for key, value in data.items()}, _lines(node), body_line), ()


def read_topic(
    matter: FrontMatter, *, docname: str, slug: str, path: str, heading: str = ""
) -> tuple[Topic, tuple[Finding, ...]]:
    """Return the topic that `matter` declares; fields that are wrong are left out and reported.

    `heading` is the text of the page's heading of level one, which serves where `title` is missing.
    """
    fields, findings = _validated(TopicMatter, matter, path)
    entries: Sequence[tuple[int, PrerequisiteEntry]] = fields.pop("prerequisites", ())
    topic = Topic(
        slug=slug,
        docname=docname,
        prerequisites=tuple(
            Prerequisite(
                slug=entry.slug,
                title=entry.title,
                course=entry.course,
                location=Location(path, _line(matter, ("prerequisites", index))),
            )
            for index, entry in entries
        ),
        location=Location(path, _line(matter, ("title",))),
        **{"title": heading} | fields,
    )
    return topic, (*findings, *_title_findings(topic, matter))


def read_block(
    matter: FrontMatter, *, docname: str, slug: str, path: str, heading: str = ""
) -> tuple[Block, tuple[Finding, ...]]:
    """Return the block that `matter` declares, like `read_topic`."""
    fields, findings = _validated(BlockMatter, matter, path)
    block = Block(
        slug=slug, docname=docname, location=Location(path, _line(matter, ("title",))), **{"title": heading} | fields
    )
    return block, (*findings, *_title_findings(block, matter))


def _title_findings(record: Topic | Block, matter: FrontMatter) -> tuple[Finding, ...]:
    declared = matter.data.get("title")
    if record.title.strip() or matter.broken or (declared and not isinstance(declared, str)):
        return ()  # there is one, or a finding says already what is wrong with it
    what = "title is empty" if "title" in matter.data else "title is missing"
    return (Finding(Rule.TITLE, f"{what}; give 'title: ...' in the front matter", record.location),)


def _validated(schema: type[BlockMatter], matter: FrontMatter, path: str) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """Return the fields of `matter` that fit `schema`, and a finding for each that does not."""
    data = {key: value for key, value in matter.data.items() if key not in SPHINX_KEYS and value is not None}
    findings: list[Finding] = []
    wrong: set[tuple[str | int, ...]] = set()
    try:
        schema.model_validate(data)
    except ValidationError as error:
        for problem in error.errors():
            where = tuple(problem["loc"])
            wrong.add(where[:2] if where[0] == "prerequisites" and len(where) > 1 else where[:1])
            message = _message(where, dict(problem), schema)
            findings.append(Finding(Rule.FRONT_MATTER, message, Location(path, _line(matter, where))))
    kept = {key: value for key, value in data.items() if (key,) not in wrong and value != ""}
    if "prerequisites" in kept:
        numbered = [(i, v) for i, v in enumerate(kept["prerequisites"]) if ("prerequisites", i) not in wrong]
        kept["prerequisites"] = [value for _, value in numbered]
    fields = {key: value for key, value in schema.model_validate(kept) if key in kept}
    if "prerequisites" in kept:
        fields["prerequisites"] = tuple(zip((i for i, _ in numbered), fields["prerequisites"], strict=True))
    return fields, tuple(findings)


def _message(where: tuple[str | int, ...], problem: dict[str, Any], schema: type[BaseModel]) -> str:
    name = ".".join(str(part) for part in where)
    if problem["type"] == "extra_forbidden":
        known = schema.model_fields if len(where) == 1 else PrerequisiteEntry.model_fields
        return f"unknown key '{name}'{did_you_mean(str(where[-1]), known)}"
    if problem["type"] == "enum":
        options = {"difficulty": Difficulty, "category": Category}[str(where[0])]
        offered = ", ".join(options)
        return (
            f"{name} is {problem['input']!r}; it must be one of {offered}{did_you_mean(str(problem['input']), options)}"
        )
    if problem["type"] == "value_error":
        return f"{name}: {problem['ctx']['error']}"
    wanted = {
        "string_type": "text (put it in quotes)",
        "list_type": "a list, such as [a-slug, another-slug]",
        "model_type": "a slug, {title, url}, or {course, topic}",
    }
    return f"{name} is {problem['input']!r}; it must be {wanted.get(problem['type'], problem['msg'])}"


def _front_matter_lines(text: str) -> list[str] | None:
    lines = text.splitlines()
    if not lines or lines[0].rstrip() != FENCE:
        return None
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() in {FENCE, "..."}:
            return lines[1:number]
    return None


def _salvage(source: str) -> dict[str, Any]:
    """Return the top level title of YAML that does not parse, as plain text."""
    for line in source.splitlines():
        key, colon, value = line.partition(":")
        if colon and key == "title" and value.strip():
            return {"title": value.strip().strip("\"'")}
    return {}


def _lines(node: yaml.Node, path: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], int]:
    """Return the line of each key and list item. YAML counts from zero, below the opening fence."""
    lines: dict[tuple[str | int, ...], int] = {}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, str(key.value))
            lines[here] = key.start_mark.line + 2
            lines.update(_lines(value, here))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            lines[(*path, index)] = value.start_mark.line + 2
            lines.update(_lines(value, (*path, index)))
    return lines


def _line(matter: FrontMatter, where: tuple[str | int, ...]) -> int:
    """Return the line of the deepest part of `where` that stands in the source, else the first line."""
    for length in range(len(where), 0, -1):
        if where[:length] in matter.lines:
            return matter.lines[where[:length]]
    return 1
