"""What holds for any formula: well-formed MathML Core or a MathError, the same each time, and nothing of the author raw."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_mi_ext.mathml import MathError
from tests.mathml.cases import CONVERTER, formulas, read_cases

PREFIX = "{http://www.w3.org/1998/Math/MathML}"
# MathML Core, sections 2 and 3, without what interacts: https://www.w3.org/TR/mathml-core/.
CHILDREN = {
    "math": None, "mfrac": 2, "mi": 0, "mmultiscripts": None, "mn": 0, "mo": 0, "mover": 2, "mpadded": None,
    "mphantom": None, "mprescripts": 0, "mroot": 2, "mrow": None, "mspace": 0, "msqrt": None, "msub": 2, "msubsup": 3,
    "msup": 2, "mtable": None, "mtd": None, "mtext": 0, "mtr": None, "munder": 2, "munderover": 3,
}  # fmt: skip
ATTRIBUTES = {
    "accent", "accentunder", "class", "depth", "display", "displaystyle", "form", "height", "linethickness", "lspace",
    "mathvariant", "maxsize", "minsize", "movablelimits", "rspace", "scriptlevel", "stretchy", "style", "symmetric",
    "width",
}  # fmt: skip
KNOWN = [*formulas(), *(case.latex for kind in ("display", "errors", "inline") for case in read_cases(kind))]
ARGUMENT = [
    r"\text", r"\textbf", r"\sqrt", r"\overline", r"\vec", r"\widehat", r"\boxed", r"\cancel", r"\mathbf", r"\mathop",
    r"\mathrel", r"\operatorname", r"\substack", r"\xrightarrow", r"\underbrace", r"\resid", r"\norm", r"\hat", r"\color",
]  # fmt: skip
PIECES = [
    *"abxyz019+-=<>()[]|'_^&~$#%{}*!.,:;\"\n \\é日", "\\\\", "\\\\[2pt]", r"\{", r"\}", r"\left(", r"\right)", r"\left.",
    r"\right|", r"\bigl(", r"\bigr)", r"\frac", r"\sum", r"\int", r"\lim", r"\sin", r"\mid", r"\dots", r"\not", r"\R",
    r"\limits", r"\label", r"\tag", r"\,", r"\!", r"\quad", r"\displaystyle", r"\rm", r"\nonsense", "\n\n", "\0", "&amp;",
    *(rf"\begin{{{name}}}" for name in ("align", "cases", "pmatrix", "array", "multline", "equation", "smallmatrix")),
    *(rf"\end{{{name}}}" for name in ("align", "cases", "pmatrix", "array", "multline", "equation", "smallmatrix")),
]  # fmt: skip
formula = st.recursive(
    st.sampled_from(
        [*"abxyz019+-=<>()[]|',", r"\alpha ", r"\sum ", r"\mid ", r"\dots ", r"\bigr)", r"\R ", r"\text{$x$}"]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(" ".join),
        st.builds("{}_{{{}}}^{{{}}}".format, st.sampled_from([*"xW", r"\sum", r"\bigr)", r"\max", "x'"]), inner, inner),
        st.builds(r"\frac{{{}}}{{{}}}".format, inner, inner),
        st.builds(r"\left({}\right]".format, inner),
        st.builds("{}{{{}}}".format, st.sampled_from(ARGUMENT), inner),
        st.builds(
            r"\begin{{{0}}} {1} & {2} \\ {2} \end{{{0}}}".format,
            st.sampled_from(["align", "cases", "pmatrix", "pmatrix*", "split", "eqnarray", "smallmatrix"]),
            inner,
            inner,
        ),
    ),
    max_leaves=25,
)
anything = st.one_of(st.text(), st.lists(st.sampled_from([*PIECES, *ARGUMENT]), max_size=30).map("".join), formula)


def assert_core(markup: str) -> None:
    for element in ElementTree.fromstring(markup).iter():
        tag = element.tag.removeprefix(PREFIX)
        assert tag in CHILDREN
        assert CHILDREN[tag] in {None, len(element)}
        assert set(element.attrib) <= ATTRIBUTES
        assert not (len(element) and element.text)
        assert not element.tail


def attempt(convert: Callable[[str], str], latex: str) -> str | tuple[str, int | None]:
    try:
        return convert(latex)
    except MathError as error:
        return error.message, error.position


@settings(max_examples=500, deadline=2000)
@given(latex=anything, display=st.booleans())
def test_any_text_gives_mathml_core_or_an_error_with_its_place(latex: str, display: bool):
    convert = CONVERTER.display if display else CONVERTER.inline
    outcomes = [attempt(convert, latex) for _ in range(2)]
    assert outcomes[0] == outcomes[1]
    match outcomes[0]:
        case str(markup):
            assert_core(markup)
        case message, position:
            assert message.endswith(".")
            assert position is None or 0 <= position <= len(latex)


@pytest.mark.parametrize("latex", KNOWN)
def test_known_formulas_give_mathml_core(latex: str):
    for convert in (CONVERTER.inline, CONVERTER.display):
        if isinstance(outcome := attempt(convert, latex), str):
            assert_core(outcome)


@pytest.mark.parametrize("latex", formulas())
def test_html_and_xml_read_the_same(latex: str):
    markup = CONVERTER.display(latex)
    page = html5lib.parse(f"<!doctype html><title>x</title><p>a {markup} b</p>", namespaceHTMLElements=True)
    [in_html] = page.iter(f"{PREFIX}math")
    in_xml = ElementTree.fromstring(markup)
    assert [element.tag for element in in_html.iter()] == [element.tag for element in in_xml.iter()]
    assert list(in_html.itertext()) == list(in_xml.itertext())


@given(st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="\\{}%$#&_^~"), min_size=1))
def test_the_text_of_an_author_is_escaped_and_kept(text: str):
    markup = CONVERTER.inline(rf"\texttt{{{text}}} < \textbf{{\&lt; <b>}}")
    root = ElementTree.fromstring(markup)
    assert {element.tag.removeprefix(PREFIX) for element in root.iter()} == {"math", "mtext", "mo"}
    assert markup.count("<") == markup.count(">")
    assert len("".join(root[0].itertext())) == len(text)


def test_nothing_of_a_conversion_is_kept_for_the_next():
    once = [CONVERTER.display(latex) for latex in formulas()]
    assert [CONVERTER.display(latex) for latex in reversed(formulas())] == once[::-1]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(CONVERTER.display, formulas())) == once


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_gives_the_same(seed: str):
    program = (
        "import sys; from tests.mathml.cases import CONVERTER, formulas; "
        "sys.stdout.reconfigure(encoding='utf-8'); print(*map(CONVERTER.display, formulas()), sep='\\n', end='')"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env={"PYTHONHASHSEED": seed}, encoding="utf-8"
    )
    assert run.stdout.splitlines() == [CONVERTER.display(latex) for latex in formulas()]
