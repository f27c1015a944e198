"""Front matter: from text to a record, or to findings that each carry their own YAML line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from reprlib import Repr
from typing import Annotated, Any, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from sphinx_mi_ext.course import yaml_tree
from sphinx_mi_ext.course.finding import Finding, Rule
from sphinx_mi_ext.course.model import Block, Category, Difficulty, Location, Prerequisite, Topic
from sphinx_mi_ext.course.nearest import did_you_mean

FENCE = "---"
FIRST_LINE = 2
"""The line of the file that is YAML's line zero, below the opening fence."""

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
        "sd_hide_title",
        "substitutions",
        "tocdepth",
    ]
)
"""Keys that Sphinx, MyST, sphinx-design and notebooks read themselves, in any page."""
THEME_KEYS = "html_theme."
"""What keys begin with that pydata-sphinx-theme and its like read."""


def _slug_of_url(url: str) -> str:
    """Return the slug of `/topics/<slug>/`, with or without a fragment."""
    return url.split("#", maxsplit=1)[0].rstrip("/").rpartition("/")[2]


Text = Annotated[str, Field(strict=True)]


class PrerequisiteEntry(BaseModel):
    """A prerequisite: a slug, `{title, url}` of older courses, or `{course, topic}` of another course."""

    model_config = ConfigDict(extra="forbid")

    topic: Text = ""
    title: Text = ""
    url: Text = ""
    course: Text = ""

    @property
    def slug(self) -> str:
        """The slug, from whichever form was given."""
        return self.topic.strip() or _slug_of_url(self.url).strip()

    @model_validator(mode="after")
    def _names_a_topic(self) -> Self:
        if not self.slug:
            raise ValueError("give a slug, {title, url}, or {course, topic}")
        return self


def _entry_from_slug(value: Any) -> Any:
    return {"topic": value} if isinstance(value, str) else value


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
    prerequisites: Annotated[
        list[Annotated[PrerequisiteEntry, BeforeValidator(_entry_from_slug)]], Field(strict=True)
    ] = []


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
        tree = yaml_tree.load(source)
    except (yaml.YAMLError, RecursionError) as error:
        problem, line = yaml_tree.problem_of(error, source)
        message = f"the front matter is not valid YAML: {problem}; put values that contain ': ' or '#' in quotes"
        finding = Finding(Rule.FRONT_MATTER, message, Location(path, line + FIRST_LINE))
        return FrontMatter(_salvage(source), {}, body_line, broken=True), (finding,)
    if tree is None:
        return FrontMatter({}, {}, body_line), ()
    if not isinstance(tree.data, dict):
        message = "the front matter is not a mapping; write one 'key: value' a line"
        finding = Finding(Rule.FRONT_MATTER, message, Location(path, FIRST_LINE))
        return FrontMatter({}, {}, body_line, broken=True), (finding,)
    repeated = tuple(
        Finding(
            Rule.FRONT_MATTER,
            f"the key '{key}' stands twice, first on line {first + FIRST_LINE}; remove one of them",
            Location(path, line + FIRST_LINE),
        )
        for key, first, line in tree.repeated
    )
    lines = {place: line + FIRST_LINE for place, line in tree.lines.items()}
    return FrontMatter(tree.data, lines, body_line), repeated


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
        orphan=bool(matter.data.get("orphan")),
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
    if record.title.strip() or matter.broken or not isinstance(declared, str | None):
        return ()  # there is one, or a finding says already what is wrong with it
    what = "title is empty" if "title" in matter.data else "title is missing"
    return (Finding(Rule.TITLE, f"{what}; give 'title: ...' in the front matter", record.location),)


def _validated(schema: type[BlockMatter], matter: FrontMatter, path: str) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """Return the fields of `matter` that fit `schema`, and a finding for each that does not."""
    data = {
        key: value
        for key, value in matter.data.items()
        if key not in SPHINX_KEYS and not key.startswith(THEME_KEYS) and value is not None
    }
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
    blank = {key for key, value in data.items() if isinstance(value, str) and not value.strip()}
    kept = {key: value for key, value in data.items() if (key,) not in wrong and key not in blank}
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
        hint = did_you_mean(problem["input"], options) if isinstance(problem["input"], str) else ""
        return f"{name} is {_shown(problem['input'])}; it must be one of {offered}{hint}"
    if problem["type"] == "value_error":
        return f"{name}: {problem['ctx']['error']}"
    wanted = {
        "string_type": "text (put it in quotes)",
        "list_type": "a list, such as [a-slug, another-slug]",
        "model_type": "a slug, {title, url}, or {course, topic}",
    }
    return f"{name} is {_shown(problem['input'])}; it must be {wanted.get(problem['type'], problem['msg'])}"


def _shown(value: Any) -> str:
    """Return a value as a message shows it: dates as they were typed, and not more than a line of anything."""
    brief = Repr()
    brief.maxstring = brief.maxother = 60
    brief.maxlevel = 2
    return value.isoformat() if isinstance(value, date) else brief.repr(value)


def _front_matter_lines(text: str) -> list[str] | None:
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or lines[0].rstrip() != FENCE:
        return None
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() in {FENCE, "..."}:
            return lines[1:number]
    return None


def _salvage(source: str) -> dict[str, Any]:
    """Return the top level title of YAML that does not parse: as YAML where its own line is, else as plain text."""
    for line in source.splitlines():
        if line.startswith("title:"):
            try:
                node = yaml.compose(line, Loader=yaml.SafeLoader)
            except (yaml.YAMLError, RecursionError):
                node = None
            value = node.value[0][1] if isinstance(node, yaml.MappingNode) else None
            if isinstance(value, yaml.ScalarNode):
                title = str(value.value)
            else:
                title = line.removeprefix("title:").strip().strip("\"'")
            if title:
                return {"title": title}
    return {}


def _line(matter: FrontMatter, where: tuple[str | int, ...]) -> int:
    """Return the line of the deepest part of `where` that stands in the source, else the first line."""
    for length in range(len(where), 0, -1):
        if where[:length] in matter.lines:
            return matter.lines[where[:length]]
    return 1
