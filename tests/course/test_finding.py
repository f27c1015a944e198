"""Rules and findings: the declarations from which the guide is made; and what authors may have meant."""

from __future__ import annotations

import re

import pytest

from sphinx_mi_ext.course.finding import Finding, Rule, Severity
from sphinx_mi_ext.course.model import Location
from sphinx_mi_ext.course.nearest import did_you_mean


@pytest.mark.parametrize("rule", Rule, ids=lambda rule: rule.value)
def test_a_rule_has_a_code_a_severity_and_a_documentation_in_sentences(rule: Rule):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.value)
    assert rule.name == rule.value.upper().replace("-", "_")
    assert rule.severity in Severity
    assert re.fullmatch(r"[A-Z].+\.", rule.documentation)
    assert "  " not in rule.documentation


def test_each_rule_is_one_of_its_own():
    assert len({rule.documentation for rule in Rule}) == len(Rule) == len(Rule.__members__)
    assert Rule("math") is Rule.MATH


def test_the_same_finding_is_equal():
    finding = Finding(Rule.MATH, "no", Location("a.md", 1))
    assert (
        len({finding, Finding(Rule.MATH, "no", Location("a.md", 1)), Finding(Rule.MATH, "no", Location("a.md"))}) == 2
    )


@pytest.mark.parametrize(
    ("wrong", "known", "expected"),
    [
        ("superpositon", ["superposition", "position"], '; did you mean "superposition"?'),
        ("titel", ["title", "tile"], '; did you mean "title"?'),
        ("zzz", ["title"], ""),
        ("title", [], ""),
        ("", ["title"], ""),
        ("abc", {"abcd", "abce", "abca"}, '; did you mean "abce"?'),
    ],
)
def test_the_nearest_word_is_offered_if_one_is_near(wrong: str, known, expected: str):
    assert did_you_mean(wrong, known) == expected
    assert did_you_mean(wrong, reversed([*known])) == expected
