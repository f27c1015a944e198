"""Case files: what is expected stands on the first lines, the input below.

`% rule @ place: fragment` expects a finding, `% name: value` sets an option; in YAML the mark is
`#`. The input is what follows, so its lines are counted from one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sphinx_mi_ext.course.finding import Finding, Rule
from sphinx_mi_ext.course.model import Block, Course, Difficulty, Location, Page, Prerequisite, Term, Topic, assemble

FOLDER = Path(__file__).parent.parent / "cases" / "course"
_EXPECTED = re.compile(r"(?P<rule>[a-z-]+) @ (?P<place>[\w/.-]+(?::\d+)?): (?P<fragment>.+)")
_OPTION = re.compile(r"(?P<name>\w+): (?P<value>.+)")

RULES = frozenset(
    {
        Rule.UNKNOWN_PREREQUISITE,
        Rule.SELF_PREREQUISITE,
        Rule.PREREQUISITE_CYCLE,
        Rule.ORDER,
        Rule.REDUNDANT,
        Rule.DIFFICULTY_FALLS,
        Rule.PREREQUISITE_TITLE,
        Rule.DUPLICATE_TITLE,
        Rule.BLOCK_WITHOUT_TOPICS,
        Rule.DUPLICATE_SLUG,
        Rule.DUPLICATE_DEFINITION,
        Rule.TOPIC_WITHOUT_BLOCK,
        Rule.TOPIC_IN_TWO_BLOCKS,
        Rule.BLOCK_MISMATCH,
    }
)
"""The rules of a whole course; the others are found in one page."""


@dataclass(frozen=True)
class Case:
    """One case file."""

    expected: tuple[tuple[str, str, str], ...]
    options: Mapping[str, str]
    text: str


def case_files(folder: str, suffix: str) -> list[Path]:
    """The cases of a folder; there must be some, or nothing would be tested."""
    found = sorted((FOLDER / folder).glob(f"*{suffix}"))
    assert found, folder
    return found


def name_of(path: Path) -> str:
    return path.stem


def read_case(path: Path) -> Case:
    mark = "# " if path.suffix == ".yml" else "% "
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    expected = []
    options = {}
    while lines and lines[0].startswith(mark):
        line = lines.pop(0).removeprefix(mark).strip()
        if match := _EXPECTED.fullmatch(line):
            expected.append((Rule(match["rule"]).value, match["place"], match["fragment"]))
        elif match := _OPTION.fullmatch(line):
            options[match["name"]] = match["value"]
        else:
            raise ValueError(f"{path}: neither an expected finding nor an option: {line}")
    return Case(tuple(expected), options, "".join(lines))


def assert_findings(findings: Iterable[Finding], case: Case, place_of: Any = str) -> None:
    """Compare rule and place of each finding, in any order, and look for the fragment in its message."""
    found = sorted((item.rule.value, place_of(item.location), item.message) for item in findings)
    expected = sorted(case.expected)
    places = [(rule, place) for rule, place, _ in found]
    assert places == [(rule, place) for rule, place, _ in expected], found
    for (_, _, message), (_, _, fragment) in zip(
        sorted(found, key=lambda item: item[:2]), sorted(expected, key=lambda item: item[:2]), strict=True
    ):
        assert fragment in message


def course_of(source: str | Mapping[str, Any]) -> Course:
    """A course from YAML: a document's name to its `toctree`, `prerequisites`, `terms` and fields.

    `topics/**` are topics and `blocks/**` are blocks. A prerequisite is `slug`, `slug@line` or
    `course:slug`, or a pair of that and a title; a term is its name, or a list of the name and its
    aliases.
    """
    data: Mapping[str, Any] = yaml.safe_load(source) if isinstance(source, str) else source
    pages = {docname: _page(docname, said or {}) for docname, said in data.items()}
    toctrees = {docname: said["toctree"] for docname, said in data.items() if said and "toctree" in said}
    return assemble(pages, toctrees, "index")


def _page(docname: str, said: Mapping[str, Any]) -> Page:
    path = f"{docname}.md"
    slug = docname.rpartition("/")[2]
    common = {"slug": slug, "docname": docname, "title": said.get("title", slug), "location": Location(path, 2)}
    fields = {key: value for key, value in said.items() if key not in {"toctree", "prerequisites", "terms", "title"}}
    if "difficulty" in fields:
        fields["difficulty"] = Difficulty(fields["difficulty"])
    return Page(
        docname=docname,
        topic=Topic(
            **common,
            **fields,
            prerequisites=tuple(_prerequisite(text, path) for text in said.get("prerequisites", ())),
        )
        if docname.startswith("topics/")
        else None,
        block=Block(**common, **fields) if docname.startswith("blocks/") else None,
        terms=tuple(_term(names, docname, 10 + number) for number, names in enumerate(said.get("terms", ()))),
    )


def _prerequisite(said: str | list[str], path: str) -> Prerequisite:
    text, title = (said, "") if isinstance(said, str) else said
    name, _, line = text.partition("@")
    course, _, slug = name.rpartition(":")
    return Prerequisite(slug=slug, title=title, course=course, location=Location(path, int(line or 5)))


def _term(names: str | list[str], docname: str, line: int) -> Term:
    name, *aliases = [names] if isinstance(names, str) else names
    return Term(
        name=name,
        aliases=tuple(aliases),
        docname=docname,
        anchor=f"term-{name}",
        location=Location(f"{docname}.md", line),
    )
