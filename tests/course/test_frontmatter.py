"""Front matter: good files with golden results, bad files with their findings, and properties."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from sphinx_mi_ext.course.finding import Finding, Rule
from sphinx_mi_ext.course.frontmatter import SPHINX_KEYS, FrontMatter, read_block, read_front_matter, read_topic
from sphinx_mi_ext.course.model import Block, Category, Difficulty, Location, Prerequisite, Topic
from tests.course.cases import Case, assert_findings, case_files, name_of, read_case

GOOD = case_files("frontmatter/good", ".md")
BAD = case_files("frontmatter/bad", ".md")
WRITTEN: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "with CRLF": lambda text: text.replace("\n", "\r\n"),
    "with a byte order mark": lambda text: f"\ufeff{text}",
    "without a last line end": lambda text: text.removesuffix("\n"),
}


def read(text: str, *, kind: str = "topic", heading: str = "") -> tuple[FrontMatter, Topic | Block, list[Finding]]:
    matter, findings = read_front_matter(text, "topics/a.md")
    reader = read_topic if kind == "topic" else read_block
    record, more = reader(matter, docname="topics/a", slug="a", path="topics/a.md", heading=heading)
    return matter, record, [*findings, *more]


def golden(matter: FrontMatter, record: Topic | Block, text: str) -> dict[str, Any]:
    """What was read, in a form that a file can show."""
    result: dict[str, Any] = {
        "title": record.title,
        "line": record.location.line,
        "description": record.description,
        "body": "".join(text.splitlines(keepends=True)[matter.body_line :])[:40],
        "broken": matter.broken,
    }
    if isinstance(record, Topic):
        result |= {
            "block": record.block,
            "difficulty": record.difficulty and record.difficulty.value,
            "category": record.category and record.category.value,
            "prerequisites": [
                {"slug": item.slug, "title": item.title, "course": item.course, "line": item.location.line}
                for item in record.prerequisites
            ],
        }
    return result


def read_written(case: Case, written: str) -> tuple[FrontMatter, Topic | Block, list[Finding]]:
    return read(WRITTEN[written](case.text), **case.options)


@pytest.mark.parametrize("path", GOOD, ids=name_of)
def test_a_good_file_is_read_without_findings(path: Path, data_regression):
    case = read_case(path)
    matter, record, findings = read(case.text, **case.options)
    assert findings == []
    assert case.expected == ()
    data_regression.check(golden(matter, record, case.text), fullpath=path.with_suffix(".yml"))


@pytest.mark.parametrize("path", BAD, ids=name_of)
def test_a_bad_file_has_its_findings_and_keeps_what_is_right(path: Path, data_regression):
    case = read_case(path)
    assert case.expected
    matter, record, findings = read(case.text, **case.options)
    assert_findings(findings, case, place_of=lambda location: str(location.line))
    assert {item.location.path for item in findings} == {"topics/a.md"}
    data_regression.check(golden(matter, record, case.text), fullpath=path.with_suffix(".yml"))


@pytest.mark.parametrize("written", list(WRITTEN)[1:])
@pytest.mark.parametrize("path", [*GOOD, *BAD], ids=name_of)
def test_line_ends_and_byte_order_marks_change_nothing(path: Path, written: str):
    case = read_case(path)
    # By their text, since a list that contains itself cannot be compared.
    assert repr(read_written(case, written)) == repr(read_written(case, "as it is"))


def test_all_keys_of_sphinx_are_tried():
    case = read_case(GOOD[0].with_stem("keys-of-sphinx-and-notebooks"))
    matter, _, _ = read(case.text)
    assert matter.data.keys() - {"title"} == SPHINX_KEYS


def test_long_values_are_kept_but_not_repeated_in_messages():
    long = "long " * 20_000
    _, record, findings = read(f"---\ntitle: {long}\ndescription: '{long}'\n---\n")
    assert (record.title, record.description, findings) == (long.strip(), long, [])
    values = f"difficulty: {long}\nblock: [{long}]\ncategory: {{a: {long}}}\nprerequisites: '{long}'"
    _, _, findings = read(f"---\ntitle: A\n{values}\n---\n")
    assert len(findings) == 4
    assert max(len(item.message) for item in findings) < 200


def test_aliases_that_multiply_are_read_in_no_time():
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12))
    _, record, findings = read(f"---\nl0: &l0 [lol]\n{levels}title: Kept\nblock: *l11\n---\n")
    assert record.title == "Kept"
    (about_block,) = [item for item in findings if "unknown key" not in item.message]
    assert about_block.location.line == 15
    assert len(about_block.message) < 400


@pytest.mark.parametrize("source", ["[" * 5000, "[a: " * 2000, "{" * 5000])
def test_yaml_that_is_nested_too_deeply_is_one_finding(source: str):
    matter, record, findings = read(f"---\ntitle: Kept\nx: {source}\n---\n")
    assert (record.title, matter.broken) == ("Kept", True)
    (finding,) = findings
    assert finding.rule is Rule.FRONT_MATTER
    assert "nested too deeply" in finding.message


@pytest.mark.parametrize("character", ["\0", "\b", "\x7f", "\ufffe"])
def test_a_character_that_yaml_forbids_is_named_with_its_line(character: str):
    _, record, (finding,) = read(f"---\ntitle: Kept\nblock: a{character}b\n---\n")
    assert record.title == "Kept"
    assert finding.location == Location("topics/a.md", 3)
    assert f"it contains the character {character!r}" in finding.message
    assert "\n" not in finding.message


def test_findings_of_both_steps_name_the_file_that_was_given():
    matter, first = read_front_matter("---\na: 1\na: 2\n---\n", "one/a.md")
    _, second = read_block(matter, docname="one/a", slug="a", path="one/a.md")
    assert {item.location.path for item in (*first, *second)} == {"one/a.md"}
    assert len(second) == 2


PIECES = st.sampled_from(
    [
        *[
            "title",
            "block",
            "prerequisites",
            "date",
            "a",
            "1",
            "-",
            ":",
            "[",
            "]",
            "{",
            "}",
            ",",
            "'",
            '"',
            "#",
            "|",
            ">",
            "*a",
            "<<",
            "?",
            "%",
            "---",
            "...",
            "~",
            "null",
            "0o7",
            "1:30",
            "2024-02-30",
        ],
        *["é", "🐍", "=", "\\", "\x00", "\ufeff"],
        *[
            "- ",
            ": ",
            "&a ",
            "!!int ",
            "!!set ",
            "!!float ",
            "!!bool ",
            "!!timestamp ",
            "\t",
            "\n",
            "\n  ",
            "\n- ",
            "\u2028",
        ],
    ]
)


@given(
    st.one_of(
        st.text(),
        st.text().map(lambda text: f"---\n{text}\n---\n"),
        st.lists(PIECES, max_size=14).map(lambda pieces: f"---\n{''.join(pieces)}\n---\n"),
    )
)
@example("---\nprerequisites: [!!timestamp x]\n---\n")
@example("---\na: !!int ''\n---\n")
@example("---\na: !!bool x\n---\n")
@example("---\na: &a\n  <<: *a\n---\n")
@example("---\n? &a [*a]\n: 1\n---\n")
@example("---\ntitle: [[[\n---")
def test_any_text_is_read_and_every_finding_stands_in_it(text: str):
    for kind in ("topic", "block"):
        matter, record, findings = read(text, kind=kind)
        count = len(text.splitlines())
        assert 0 <= matter.body_line <= count
        assert isinstance(record.title, str)
        for item in findings:
            assert 1 <= (item.location.line or 0) <= max(count, 1)
            assert "Input should" not in item.message  # a sentence of ours, not of a library
            assert "object at 0x" not in item.message
        if isinstance(record, Topic):
            assert all(item.slug for item in record.prerequisites)


WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
SLUGS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)


@given(
    title=WORDS,
    description=st.one_of(st.just(""), WORDS, st.text(st.characters(codec="utf-8", exclude_categories=["C"]))),
    difficulty=st.sampled_from([None, *Difficulty]),
    category=st.sampled_from([None, *Category]),
    slugs=st.lists(SLUGS, max_size=5),
    style=st.sampled_from([True, False, None]),
)
def test_what_yaml_writes_is_read_back(title, description, difficulty, category, slugs, style):
    fields = {"title": title, "description": description, "prerequisites": slugs}
    fields |= {"difficulty": difficulty and str(difficulty), "category": category and str(category)}
    source = yaml.safe_dump(fields, default_flow_style=style, allow_unicode=True)
    _, topic, findings = read(f"---\n{source}---\n")
    assert findings == []
    assert isinstance(topic, Topic)
    assert (topic.title, topic.description) == (title, description)
    assert (topic.difficulty, topic.category) == (difficulty, category)
    assert [item.slug for item in topic.prerequisites] == slugs
    lines = f"---\n{source}---\n".split("\n")
    for item in topic.prerequisites:
        assert isinstance(item, Prerequisite)
        assert item.slug in lines[(item.location.line or 0) - 1]
