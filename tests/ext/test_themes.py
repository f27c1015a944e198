"""The components work on any theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOTS

THEMES = ["sphinx_book_theme", "furo", "alabaster"]


def conf(theme: str) -> str:
    source = (ROOTS / "everything" / "conf.py").read_text(encoding="utf-8")
    return source.replace('html_theme = "alabaster"', f'html_theme = "{theme}"')


@pytest.mark.parametrize("theme", THEMES)
def test_a_course_builds_on(build, theme):
    book = build({"conf.py": conf(theme)}, root="everything", builder="dirhtml")
    assert book.warnings == []
    page = book.page("topics/beta")
    assert len([h1 for h1 in page.select("h1") if not h1.find_parent(class_="onlyprint")]) == 1
    assert len(page.select(".mi-note")) == 9
    sheet = next(link["href"] for link in page.select("link[rel=stylesheet]") if "mi-course.css" in link["href"])
    assert "?v=" in sheet  # a checksum, so that browsers notice a new one


@pytest.mark.parametrize("theme", THEMES)
def test_no_page_asks_another_host_for_anything(build, theme):
    book = build({"conf.py": conf(theme)}, root="everything", builder="dirhtml")
    out = Path(book.app.outdir)
    for path in out.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        loaded = re.findall(r'<(?:script|img|iframe|link|source|audio|video)\b[^>]*?(?:src|href)="([^"]+)"', html)
        assert [url for url in loaded if re.match(r"(https?:)?//", url)] == [], path.name
    for path in out.rglob("*.css"):
        css = path.read_text(encoding="utf-8")
        assert re.findall(r"(?:url\(|@import\s)[\"']?(?:https?:)?//[^)]*", css) == [], path.name


def test_the_sidebar_of_the_book_shows_the_course(build):
    source = conf("sphinx_book_theme") + '\nhtml_sidebars = {"**": ["mi-brand.html", "mi-nav.html"]}\n'
    book = build({"conf.py": source}, root="everything", builder="dirhtml")
    nav = book.page("topics/beta").select_one("nav.mi-nav")
    assert [a.get_text(" ", strip=True) for a in nav.select("a[aria-current=page]")] == [
        "Beta with k and stress (read)"
    ]
    assert nav.select_one("details[open] .mi-nav-title").get_text() == "Second Block"
    assert [a["href"] for a in nav.select(".mi-onpage a")] == ["#a-section"]
