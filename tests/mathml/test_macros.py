"""Macros: what a configuration may say, and what it may not."""

from __future__ import annotations

import pytest

from sphinx_mi_ext.mathml import MathConverter, MathError


def test_a_macro_may_be_named_with_its_backslash():
    assert MathConverter({r"\R": r"\mathbb{R}"}).inline(r"\R") == MathConverter().inline(r"\mathbb{R}")


def test_a_macro_may_use_another():
    macros = {"model": r"\resid{\ell}", "resid": [r"\mathbf{r}^{(#1)}", 1]}
    assert MathConverter(macros).inline(r"\model") == MathConverter().inline(r"\mathbf{r}^{(\ell)}")


def test_a_macro_hides_the_command_of_the_same_name():
    assert MathConverter({"top": "T"}).inline(r"x^\top") == MathConverter().inline("x^T")


def test_a_macro_takes_the_arguments_that_it_is_given_even_if_it_shows_none():
    assert MathConverter({"drop": ["x", 1]}).inline(r"\drop{y} z") == MathConverter().inline("x z")


def test_a_macro_is_rewritten_as_a_formula_is():
    macros = {"both": [r"\substack{#1 \\ #2}", 2], "rows": r"\begin{align} a &= b \end{align}"}
    converter = MathConverter(macros)
    assert converter.inline(r"\sum_{\both{i}{j}}") == MathConverter().inline(r"\sum_{\substack{i \\ j}}")
    assert converter.display(r"\rows") == MathConverter().display(r"\begin{aligned} a &= b \end{aligned}")


def test_a_name_does_not_swallow_the_letter_after_a_macro():
    assert MathConverter({"half": ["#1", 1]}).inline(r"\half{\alpha}b") == MathConverter().inline(r"\alpha b")


@pytest.mark.parametrize(
    ("definition", "sentence"),
    [
        ("{", r"The macro \x cannot be read. Its braces do not match."),
        ("}{", r"The macro \x cannot be read. Its braces do not match."),
        ("#1", r"The macro \x cannot be read. It has #1 but takes 0 arguments."),
        (["#2", 1], r"The macro \x cannot be read. It has #2 but takes 1 arguments."),
        (["#", 1], r"The macro \x cannot be read. It has # but takes 1 arguments."),
        (["a", 10], r"The macro \x must be a body, or a body with its number of arguments (0 to 9)."),
        (["a", "1"], r"The macro \x must be a body, or a body with its number of arguments (0 to 9)."),
        ([], r"The macro \x must be a body, or a body with its number of arguments (0 to 9)."),
        ("\\", r"The macro \x cannot be read. The backslash at the end is followed by no command."),
        ("\0", r"The macro \x cannot be read. The character U+0000 cannot stand in a formula."),
    ],
)
def test_a_macro_that_cannot_be_read(definition, sentence: str):
    with pytest.raises(MathError) as caught:
        MathConverter({"x": definition})
    assert (caught.value.message, caught.value.position) == (sentence, None)


@pytest.mark.parametrize(
    "macros",
    [{"x": r"\x"}, {"x": r"\y", "y": r"\x"}, {"x": r"\x\x"}, {"x": [r"\x{#1#1}", 1]}],
    ids=["itself", "each other", "twice", "ever more"],
)
def test_a_macro_that_never_ends(macros):
    with pytest.raises(MathError, match=r"The macro \\x expands to itself, or to too much.") as caught:
        MathConverter(macros).inline(r"1 + \x{a}")
    assert caught.value.position == 4


def test_much_text_is_not_blamed_on_macros():
    MathConverter({"x": "y"}).inline(r"\x " + "z" * 30_000)
