"""Formulas with the MathML or the error that they must give, and the formulas of the course."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from sphinx_mi_ext.mathml import MathConverter, MathError, polish
from tests.mathml.cases import CONVERTER, NAMESPACE, Case, formulas, outcome, read_cases, title_of

CASES = {kind: read_cases(kind) for kind in ("display", "errors", "inline")}
# The formulas of the course that cannot be converted, each with its error.
REFUSED: dict[str, str] = {}


@pytest.mark.parametrize("case", CASES["inline"], ids=title_of)
def test_a_formula_in_a_line(case: Case):
    assert outcome("inline", case.latex) == case.expected


@pytest.mark.parametrize("case", CASES["display"], ids=title_of)
def test_a_formula_of_its_own(case: Case):
    assert outcome("display", case.latex) == case.expected


@pytest.mark.parametrize("case", CASES["errors"], ids=title_of)
def test_a_fault_is_named_with_its_place(case: Case):
    assert outcome("errors", case.latex) == case.expected


def test_a_line_break_needs_a_displayed_formula():
    with pytest.raises(MathError, match="needs a displayed formula") as caught:
        CONVERTER.inline(r"a \\ b")
    assert caught.value.position == 2


@pytest.mark.parametrize("latex", formulas())
def test_the_formulas_of_the_course(latex: str):
    expected = REFUSED.get(latex)
    for convert in (CONVERTER.inline, CONVERTER.display):
        if expected:
            with pytest.raises(MathError) as caught:
                convert(latex)
            assert str(caught.value) == expected
        else:
            ElementTree.fromstring(convert(latex))


def test_display_is_marked_and_inline_is_not():
    assert CONVERTER.display("x") == f'<math display="block"{NAMESPACE}><mi>x</mi></math>'
    assert CONVERTER.inline("x") == f"<math{NAMESPACE}><mi>x</mi></math>"


def test_macros_are_optional():
    assert MathConverter().inline("x") == CONVERTER.inline("x")


@pytest.mark.parametrize(
    ("tag", "repair"),
    [(tag, repair) for tag, repairs in polish._REPAIRS.items() for repair in repairs],
    ids=lambda part: getattr(part, "__name__", part),
)
def test_each_repair_is_pinned_by_a_case(tag: str, repair: polish.Repair, monkeypatch: pytest.MonkeyPatch):
    kept = tuple(other for other in polish._REPAIRS[tag] if other is not repair)
    monkeypatch.setitem(polish._REPAIRS, tag, kept)
    changed = [
        case.title
        for kind in ("inline", "display")
        for case in CASES[kind]
        if outcome(kind, case.latex) != case.expected
    ]
    assert changed
