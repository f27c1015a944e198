"""Every construct, in every place, in every builder."""

from __future__ import annotations

import re

import pytest

from tests.conftest import parsed

BUILDERS = ["html", "dirhtml", "singlehtml", "epub", "latex", "text", "man"]
ONCE = [
    "firstnote paragraph one",
    "firstnote paragraph two",
    "shortnote with",
    "itemnote",
    "cellnote",
    "rolecell",
    "admonitionnote",
    "definitionnote",
    "captionnote with",
    "codenote",
    "marginword",
    "The question title",
    "The question body",
    "The answer body with",
    "Beta opens with",
    "The block introduction",
]
"""What the reader must find, and no more than once."""


def shown(builder: str, book) -> str:
    """All that a reader of the built course sees."""
    if builder in {"html", "dirhtml", "singlehtml", "epub"}:
        suffix = "xhtml" if builder == "epub" else "html"
        pages = sorted(book.app.outdir.rglob(f"*.{suffix}"))
        soups = [parsed(path.read_text(encoding="utf-8")) for path in pages]
        for soup in soups:
            for hidden in soup.select("script, style, head, [role=navigation], nav"):
                hidden.decompose()
        return "\n".join(soup.get_text() for soup in soups)
    pattern = {"latex": "*.tex", "text": "*.txt", "man": "*.7"}[builder]
    # LaTeX and man pages write letters that they escape; the phrases above need none of them but this.
    paths = sorted(book.app.outdir.rglob(pattern))
    return re.sub(r"\s+", " ", "\n".join(path.read_text(encoding="utf-8") for path in paths))


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_course_builds_without_warnings_and_shows_everything_once(build, builder):
    book = build(root="everything", builder=builder)
    assert book.warnings == []
    text = re.sub(r"\s+", " ", shown(builder, book))
    counts = {phrase: text.count(phrase) for phrase in ONCE}
    assert counts == dict.fromkeys(ONCE, 1)


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml", "epub"])
def test_no_id_stands_twice_on_a_page_and_every_local_link_leads_somewhere(build, builder):
    book = build(root="everything", builder=builder)
    suffix = "xhtml" if builder == "epub" else "html"
    for path in sorted(book.app.outdir.rglob(f"*.{suffix}")):
        soup = parsed(path.read_text(encoding="utf-8"))
        ids = [tag["id"] for tag in soup.select("[id]")]
        if builder == "singlehtml":
            # docutils numbers the nameless nodes of each page from one, and Sphinx joins the pages as they are.
            ids = [name for name in ids if not re.fullmatch(r"id\d+", name)]
        assert sorted(ids) == sorted(set(ids)), path.name
        local = {link["href"][1:] for link in soup.select('a[href^="#"]')} - {""}
        if builder == "singlehtml":
            local = {name for name in local if not name.startswith("document-")}  # in the theme's own sidebar
        assert {name for name in local if not re.fullmatch(r"id\d+", name)} <= set(ids), path.name


def test_notes_have_the_numbers_of_the_text_builder(build):
    html = build(root="everything", builder="html").page("topics/beta")
    text = build(builder="text").text("topics/beta.txt")
    on_the_page = {
        note.select_one(".mi-note-no").get_text(): note.get_text() for note in html.select(".mi-note:has(.mi-note-no)")
    }
    for number, words in on_the_page.items():
        first_word = words.removeprefix(number).split()[0].rstrip(".")
        assert re.search(rf"^\[{number}\] {re.escape(first_word)}", text, re.MULTILINE), (number, first_word)
    assert len(on_the_page) == 8
    marks = [mark.get_text() for mark in html.select("a.mi-mark-link")]
    assert marks == ["1", "2", "3", "4", "5", "6", "7", "8", "1"]
