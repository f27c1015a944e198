"""Formulas in pages: MathML, numbers, references, macros."""

from __future__ import annotations

import re

from tests.conftest import CONF, small_course, topic

BODY = """Inline $\\R^d$ and ($x$), $n$-dimensional.

$$
a = b
$$ (eq-first)

```{math}
:label: eq-second
\\begin{align}
c &= d \\\\
e &= f
\\end{align}
```

See {eq}`eq-first` and {eq}`eq-second`.
"""
MACROS = 'course_math_macros = {"R": r"\\mathbb{R}"}\n'


def test_numbers_of_equations_equal_those_of_references(build):
    for numfig in ("False", "True"):
        conf = f"{CONF}{MACROS}numfig = {numfig}\nbibtex_bibfiles = []\n"
        book = build(
            small_course() | {"topics/a": topic("Title A", block="one", body=BODY), "conf.py": conf}, freshenv=True
        )
        assert book.warnings == []
        page = book.page("topics/a")
        shown = {box["id"]: box.select_one(".mi-eq-no").get_text() for box in page.select(".mi-eq")}
        links = [
            (link["href"][1:], link.get_text())
            for link in page.select('article a[href^="#equation"], .body a[href^="#equation"]')
        ]
        assert len(shown) == 2
        assert {text for name, text in links} == set(shown.values())
        assert all(shown[name] == text for name, text in links)


def test_no_page_loads_a_script_for_math(build):
    conf = CONF + MACROS + "bibtex_bibfiles = []\n"
    book = build(small_course() | {"topics/a": topic("Title A", block="one", body=BODY)}, conf=conf)
    assert "mathjax" not in book.text("topics/a.html").lower().replace("mathjax_ignore", "").replace("tex2jax", "")
    assert len(book.page("topics/a").select("math")) >= 5


def test_a_formula_stays_with_the_punctuation_that_touches_it(build):
    conf = CONF + MACROS + "bibtex_bibfiles = []\n"
    book = build(small_course() | {"topics/a": topic("Title A", block="one", body=BODY)}, conf=conf)
    glued = [span.get_text() for span in book.page("topics/a").select("p > span.mi-nobr")]
    assert glued == ["(x),", "n-dimensional."]


def test_no_punctuation_between_formulas_is_lost_or_doubled(build):
    body = "Let $a$, $b$, $c$; ($d$), ($e$). So $f$, $g$, $h$, and $i$."
    book = build(small_course() | {"topics/a": topic("Title A", block="one", body=body)})
    paragraph = next(p for p in book.page("topics/a").select("p") if p.get_text().startswith("Let"))
    assert paragraph.get_text() == body.replace("$", "")


def test_a_formula_that_cannot_be_read_shows_its_source(build):
    body = "Inline $\\frobnicate{<b>}$.\n\n$$\n\\frobnicate & <i>\n$$\n"
    book = build(small_course() | {"topics/a": topic("Title A", block="one", body=body)})
    assert len(book.warnings) == 2
    assert all("[course.math]" in warning for warning in book.warnings)
    sources = [source.get_text().strip() for source in book.page("topics/a").select(".mi-math-source")]
    assert sources == ["\\frobnicate{<b>}", "\\frobnicate & <i>"]


def test_a_macro_that_cannot_be_read_is_named(build):
    conf = CONF + 'bibtex_bibfiles = []\ncourse_math_macros = {"good": "x", "bad": ["x", "many"]}\n'
    book = build(small_course() | {"topics/a": topic("Title A", block="one", body="$\\good$")}, conf=conf)
    assert len(book.warnings) == 1
    assert re.search(r"course_math_macros: bad is .*\[course\.option\]", book.warnings[0])


def test_mathjax_stays_possible(build):
    conf = CONF + "bibtex_bibfiles = []\ncourse_math_renderer = False\n"
    book = build(small_course() | {"topics/a": topic("Title A", block="one", body="$x$")}, conf=conf)
    assert "mathjax" in book.text("topics/a.html").lower()
