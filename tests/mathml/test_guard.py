"""Formulas that would make math-core run out of stack or of time: each ends at once, in markup or in an error."""

from __future__ import annotations

import pytest

from sphinx_mi_ext.mathml import MathError
from tests.mathml.cases import CONVERTER

DEEP = "The formula is nested too deeply."
LONG = "The formula is too long to be laid out; break it up."
OPEN = "Too many brackets are opened here and never closed."


@pytest.mark.parametrize(
    ("latex", "sentence", "position"),
    [
        ("{" * 10_000 + "x" + "}" * 10_000, DEEP, 60),
        (r"\begin{matrix}" * 100 + "x" + r"\end{matrix}" * 100, DEEP, 840),
        ("x^{" * 10_000, DEEP, 182),
        (r"\sqrt " * 10_000 + "x", LONG, 6_000),
        (r"\sqrt " * 900 + "x", DEEP, None),
        (r"\left(" * 10_000, LONG, 6_000),
        (r"\left(" * 300 + r"\right)" * 300, DEEP, None),
        ("[" * 100, OPEN, 12),
        (r"\lim\bigl(" * 100, OPEN, 129),
        (r"\{[(" * 30, OPEN, 16),
        (r"\begin{matrix}" + "[[ & " * 30, OPEN, None),
        (r"\\[" * 5_000, OPEN, 38),
    ],
)
def test_what_math_core_must_not_read(latex: str, sentence: str, position: int | None):
    with pytest.raises(MathError) as caught:
        CONVERTER.display(latex)
    if position is not None or sentence == DEEP:
        assert (caught.value.message, caught.value.position) == (sentence, position)


@pytest.mark.parametrize(
    "latex",
    [
        "[" * 12,
        "[0, 1) " * 100,
        "]0, 1[ " * 100,
        r"\left[ \left( x \right) \right[ " * 40,
        r"\lbrace x \rbrace \langle y \rangle \lVert z \rVert " * 40,
        r"\begin{matrix}" + r"( & [ \\" * 6 + r"\end{matrix}",
        "{" * 59 + "x" + "}" * 59,
        r"\sqrt " * 100 + "x",
        r"\alpha + " * 900,
        r"\mathbf{x} & " * 2_000,
        "x" * 50_000,
        " " * 50_000,
        r"\\ " * 2_000,
    ],
)
def test_what_is_only_long(latex: str):
    CONVERTER.display(latex)
