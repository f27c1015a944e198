"""Case files in the form of markdown-it's fixtures: a title, an input and what is expected of it, each ended by a dot.

`python -m tests.mathml.cases` writes what is expected anew; look at every line of the difference before you keep it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from markdown_it.utils import read_fixture_file

from sphinx_mi_ext.mathml import MathConverter, MathError

FOLDER = Path(__file__).parent.parent / "cases" / "mathml"
MACROS = {
    "R": r"\mathbb{R}",
    "argmax": r"\operatorname*{arg\,max}",
    "given": [r"p(#1 \mid #2)", 2],
    "norm": [r"\lVert #2 \rVert_{#1}", 2, "2"],
    "resid": [r"\mathbf{r}^{(#1)}", 1],
    "wrong": r"x + \nonsense",
}
CONVERTER = MathConverter(MACROS)
NAMESPACE = ' xmlns="http://www.w3.org/1998/Math/MathML"'


@dataclass(frozen=True)
class Case:
    """A formula, and the MathML or the error that it must give."""

    title: str
    latex: str
    expected: str


def read_cases(name: str) -> list[Case]:
    return [
        Case(title, latex.removesuffix("\n"), expected.removesuffix("\n"))
        for _, title, latex, expected in read_fixture_file(FOLDER / f"{name}.txt")
    ]


def title_of(case: Case) -> str:
    return case.title


def formulas() -> list[str]:
    return (FOLDER / "formulas.txt").read_text(encoding="utf-8").splitlines()


def indented(markup: str) -> str:
    root = ElementTree.fromstring(markup.replace(NAMESPACE, "", 1))
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, encoding="unicode")


def outcome(kind: str, latex: str) -> str:
    """What a case file expects: `display` and `inline` markup, or for `errors` the place and the sentence."""
    if kind != "errors":
        return indented(getattr(CONVERTER, kind)(latex))
    try:
        CONVERTER.display(latex)
    except MathError as error:
        return f"{error.position}: {error.message}"
    return "no error"


def _write_anew(kind: str) -> None:
    cases = (f"{case.title}\n.\n{case.latex}\n.\n{outcome(kind, case.latex)}\n.\n" for case in read_cases(kind))
    (FOLDER / f"{kind}.txt").write_text("\n".join(cases), encoding="utf-8")


if __name__ == "__main__":
    for each in ("display", "errors", "inline"):
        _write_anew(each)
