"""The rules: one small course for each fault, which gives one finding, and courses without a fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_mi_ext.course import checks
from sphinx_mi_ext.course.finding import Rule
from tests.course.cases import RULES, assert_findings, case_files, course_of, name_of, read_case

GOOD = case_files("checks/good", ".yml")
BAD = case_files("checks/bad", ".yml")


@pytest.mark.parametrize("path", GOOD, ids=name_of)
def test_a_good_course_has_no_findings(path: Path):
    case = read_case(path)
    assert case.expected == ()
    assert checks.run(course_of(case.text)) == ()


@pytest.mark.parametrize("path", BAD, ids=name_of)
def test_a_fault_gives_its_finding_and_no_other(path: Path):
    case = read_case(path)
    assert case.expected
    assert_findings(checks.run(course_of(case.text)), case)


def test_each_rule_of_a_course_has_a_case():
    found = {finding.rule for path in BAD for finding in checks.run(course_of(read_case(path).text))}
    assert found == RULES


def test_each_check_finds_something_in_some_case():
    courses = [course_of(read_case(path).text) for path in BAD]
    assert [check.__name__ for check in checks.CHECKS if not any([*check(course)] for course in courses)] == []


def test_findings_are_sorted_by_file_line_and_rule():
    course = course_of(
        """
        index: {toctree: [topics/c, topics/b]}
        topics/b: {prerequisites: [x@12, y@3], block: one}
        topics/c: {prerequisites: [z]}
        topics/a: {block: one}
        """
    )
    assert [(str(item.location), item.rule.value) for item in checks.run(course)] == [
        ("topics/a.md:2", "block-mismatch"),
        ("topics/a.md:2", "topic-without-block"),
        ("topics/b.md:2", "block-mismatch"),
        ("topics/b.md:3", "unknown-prerequisite"),
        ("topics/b.md:12", "unknown-prerequisite"),
        ("topics/c.md:5", "unknown-prerequisite"),
    ]


NAMES = st.sampled_from("abcdef")


@given(
    st.dictionaries(NAMES, st.lists(NAMES, max_size=4), max_size=6),
    st.lists(st.tuples(st.sampled_from(["index", "blocks/one", "blocks/two"]), NAMES), max_size=8),
)
def test_any_course_can_be_checked_and_every_message_says_what_to_do(graph, listed):
    said = {name: {"toctree": []} for name in ("index", "blocks/one", "blocks/two")}
    said["index"]["toctree"] = ["blocks/one", "blocks/two"]
    for parent, name in listed:
        said[parent]["toctree"].append(f"topics/{name}")
    said |= {f"topics/{name}": {"prerequisites": before, "block": "one"} for name, before in graph.items()}
    course = course_of(said)
    findings = checks.run(course)
    assert findings == checks.run(course)
    assert len(set(findings)) >= len({(item.rule, item.location) for item in findings})
    for item in findings:
        assert item.location.line
        assert item.message == item.message.strip() != ""
    unknown = [(name, slug) for name, before in graph.items() for slug in before if slug not in graph]
    assert len([item for item in findings if item.rule is Rule.UNKNOWN_PREREQUISITE]) == len(unknown)
    unlisted = graph.keys() - {name for _, name in listed}
    assert len([item for item in findings if item.rule is Rule.TOPIC_WITHOUT_BLOCK]) == len(unlisted)
