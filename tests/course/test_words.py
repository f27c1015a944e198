"""Words of a source that are prose."""

from __future__ import annotations

import pytest

from sphinx_mi_ext.course.words import count_words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("One two three.", 3),
        ("# One\n\ntwo *three* **four** [five six](a.md)\nseven", 7),
        ("---\ntitle: Not read\n---\n\nOne.", 1),
        ("- one\n- two\n\n1. three\n\n> four", 4),
        ("| one | two |\n| --- | --- |\n| three | four |", 4),
        ("Inline `code` is read, and $x + y$ not.", 6),
        ("$$\na + b\n$$\n\nOne.\n\n\\begin{align}\na &= b\n\\end{align}\n", 1),
        ("It costs $1.50 and then $2.00 more.", 7),
        ("```python\nnot read\n```\n\n    not read\n\nOne.", 1),
        ("```{math}\n:label: x\na + b\n```\n\n```{code-block} python\nnot read\n```\n", 0),
        (":::{note}\n:class: wide\n\nOne two.\n:::\n", 2),
        (":::{definition} One two\n:aliases: not read\n\nThree.\n:::\n", 3),
        ("::::{pause-and-think} One?\nTwo.\n\n:::{answer}\nThree.\n:::\n::::\n", 3),
        ("```{figure} a.svg\n:alt: not read\n\nOne two.\n```\n", 2),
        ("```{table} One *two*\n\n| three |\n| --- |\n| four |\n```\n", 4),
        ("```{toctree}\n:hidden:\n\na\nb\n```\n", 0),
        ("```{note}\n---\nclass: wide\n---\nOne.\n```\n", 1),
        # What stands between two marks counts as one, be it a comma: so it does in Sphinx's tree.
        ("A {term}`weight matrix <w>`, {term}`two words`.", 7),
        ("{math}`x + y` {cite:p}`one`.", 2),
        ("One.{sidenote}`two *three* $x$ four`", 4),
        ("One.[^a]\n\n[^a]: Two three.\n", 3),
        ("Term\n: Its text.\n", 3),
        ("<div>not read</div>\n\nOne <b>two</b>.", 3),
        ("% not read\n\nOne.\n\n(target)=\n\n+++ not read\n", 1),
        (":::{note}\n\n::::{tip}\nunbalanced\n", 1),
    ],
)
def test_count_words(text: str, count: int):
    assert count_words(text) == count


def test_deep_nesting_is_counted():
    text = "word"
    for depth in range(3, 60):
        text = f"{':' * depth}{{note}}\n{text}\n{':' * depth}\n"
    assert count_words(text) == 1
