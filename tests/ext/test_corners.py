"""Constructs in places that are easily forgotten."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import CONF, block, index, small_course, topic

NO_BIB = CONF + "bibtex_bibfiles = []\n"


def with_body(body: str, **more: str | None) -> dict[str, str | None]:
    return small_course(**more) | {"topics/c": topic("Title C", "b", block="two", body=body)}


@pytest.mark.parametrize(
    "builder", ["html", "text", "latex", "xml", "pseudoxml", "texinfo", "gettext", "json", "pickle", "dummy"]
)
def test_every_builder_takes_every_construct(build, builder):
    conf = (Path(__file__).parents[1] / "roots" / "everything" / "conf.py").read_text(encoding="utf-8")
    book = build({"conf.py": conf + '\nhtml_sidebars = {"**": ["mi-nav.html"]}\n'}, root="everything", builder=builder)
    assert book.warnings == []


def test_a_margin_note_in_a_heading_stands_below_it_and_in_no_contents(build):
    book = build(with_body("## Head {marginnote}`aside`\n\nText. {sidenote}`Numbered.`"), conf=NO_BIB)
    assert book.warnings == []
    page = book.page("topics/c")
    assert "aside" not in page.h2.get_text()
    assert page.get_text().count("aside") == 1


def test_notes_count_in_the_order_of_their_marks(build):
    body = "A.[^a] B. {sidenote}`b` C.[^c]\n\n:::{definition} Term {sidenote}`d`\nText.[^e]\n:::\n\n[^e]: e\n\n[^c]: c\n\n[^a]: a"
    page = build(with_body(body), conf=NO_BIB).page("topics/c")
    notes = [note.get_text().replace("↩", "").split() for note in page.select(".mi-note")]
    assert notes == [["1", "a"], ["2", "b"], ["3", "c"], ["4", "d"], ["5", "e"]]


def test_sidenotes_within_restructuredtext_are_notes_too(build):
    body = "Text. {sidenote}`one`\n\n```{eval-rst}\nMore. :sidenote:`two` :sidenote:`three`\n```"
    book = build(with_body(body), conf=NO_BIB)
    assert book.warnings == []
    page = book.page("topics/c")
    assert [note.get_text().replace("↩", "").split() for note in page.select(".mi-note")] == [
        ["1", "one"],
        ["2", "two"],
        ["3", "three"],
    ]
    assert len({note["id"] for note in page.select(".mi-note")}) == 3


def test_a_translated_book_keeps_its_sidenotes(build, tmp_path):
    files = with_body("Text with {sidenote}`a note` here.")
    catalog = tmp_path / "source" / "locale" / "de" / "LC_MESSAGES"
    catalog.mkdir(parents=True)
    (catalog / "topics.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Text with {sidenote}`a note` here."\nmsgstr "Text mit {sidenote}`einer Notiz` hier."\n',
        encoding="utf-8",
    )
    (catalog / "sphinx_mi_ext.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Read first"\nmsgstr "Zuerst lesen"\n',
        encoding="utf-8",
    )
    conf = NO_BIB + 'language = "de"\nlocale_dirs = ["locale"]\n'
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    source = catalog / "sphinx_mi_ext.po"
    with source.open("rb") as text, source.with_suffix(".mo").open("wb") as binary:
        write_mo(binary, read_po(text))
    book = build(files, conf=conf)
    assert book.warnings == []
    page = book.page("topics/c")
    assert "einer Notiz" in page.select_one(".mi-note").get_text()
    assert page.select_one(".mi-readfirst p").get_text() == "Zuerst lesen"


def test_a_page_that_is_no_topic_may_have_a_title_and_a_heading(build):
    files = small_course() | {
        "index": index("blocks/one", "blocks/two", "about"),
        "about": "---\ntitle: About\n---\n\n# About us\n\nText.\n",
    }
    book = build(files, conf=NO_BIB)
    assert book.warnings == []
    assert [h1.get_text().rstrip("¶") for h1 in book.page("about").select("h1:not(.logo)")] == ["About us"]


def test_a_topic_may_repeat_its_title_as_a_heading(build):
    source = "---\ntitle: Title C\nblock: two\nprerequisites: [b]\n---\n\n# Title C\n\nText.\n\n## Section\n"
    book = build(small_course() | {"topics/c": source}, conf=NO_BIB)
    assert book.warnings == []
    assert [h1.get_text().rstrip("¶") for h1 in book.page("topics/c").select("h1:not(.logo)")] == ["Title C"]


def test_a_course_without_blocks_is_shown(build):
    files = {
        "index": index("topics/a", "topics/b") + "\n```{topic-list}\n```\n",
        "topics/a": topic("Title A"),
        "topics/b": topic("Title B", "a"),
    }
    conf = NO_BIB + 'html_sidebars = {"**": ["mi-nav.html"]}\n'
    book = build(files, conf=conf)
    assert book.warnings == []
    page = book.page("index")
    assert [a.get_text() for a in page.select(".mi-topics a")] == ["Title A", "Title B"]
    assert [a.get_text() for a in page.select(".mi-nav-others a")] == ["Title A", "Title B"]


def test_a_planned_prerequisite_is_named_and_is_no_error(build):
    conf = NO_BIB + 'course_planned = {"later": "The Later Topic"}\n'
    book = build(small_course() | {"topics/c": topic("Title C", "later", block="two")}, conf=conf)
    assert book.warnings == []
    assert "The Later Topic" in book.page("topics/c").select_one(".mi-readfirst").get_text()


def test_keys_of_other_extensions_are_known(build):
    source = (
        "---\ntitle: T\norphan: true\nsd_hide_title: false\nhtml_theme.sidebar_secondary.remove: true\n---\n\nText.\n"
    )
    assert build(small_course() | {"topics/extra": source}, conf=NO_BIB).warnings == []


def test_a_definition_is_readable_where_it_is_repeated(build):
    body = ":::{definition} Thing\n- first item\n- second item\n\nSee {cite:p}`adams2001` and {eq}`eq-x`.[^n]\n:::\n\n$$\nx\n$$ (eq-x)\n\n[^n]: Note."
    files = with_body(body) | {
        "works.bib": "@misc{adams2001, author={Adams, A}, title={T}, year=2001}",
        "bib": "# Bib\n\n```{bibliography}\n```\n",
        "index": index("blocks/one", "blocks/two", "bib"),
    }
    book = build(files, conf=CONF + 'bibtex_bibfiles = ["works.bib"]\n')
    assert book.warnings == []
    text = re.sub(r"\s+", " ", book.page("topics/c").select_one(".mi-terms dd").get_text())
    assert text.startswith("first item second item See and")
    assert "adams2001" not in text
    assert "eq-x" not in text


def test_text_without_spaces_wraps_beside_a_note(build):
    sentence = "注意" * 40
    page = build(with_body(f"{sentence}[^n]\n\n[^n]: Note."), conf=NO_BIB).page("topics/c")
    assert len(page.select_one(".mi-nobr").get_text()) <= 4


def test_an_inlined_figure_keeps_its_anchor_and_size(build):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    body = "(plot)=\n```{image} ../figures/plot.svg\n:width: 50%\n:align: center\n:alt: A plot\n```\n\nSee [the plot](#plot)."
    book = build(with_body(body) | {"figures/plot.svg": svg}, conf=NO_BIB)
    assert book.warnings == []
    page = book.page("topics/c")
    assert page.select_one("#plot") is not None
    frame = page.select_one(".align-center")
    assert frame["style"] == "width:50%;"
    assert frame.select_one(".mi-panels") is not None


def test_titles_of_topics_are_found_by_search(build):
    search = build(small_course(), conf=NO_BIB).text("searchindex.js")
    titles = json.loads(re.search(r'"alltitles":(\{.*?\})', search)[1])
    assert {"Title A", "Title B", "Title C", "Title D"} <= set(titles)


def test_no_heading_can_take_the_id_of_a_note(build):
    page = build(with_body("## Note 1\n\nText. {sidenote}`a`\n\n## MI note 1\n"), conf=NO_BIB).page("topics/c")
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_a_note_with_a_list_on_the_name_of_an_item_stands_beside_the_list(build):
    page = build(with_body("Term[^n]\n: Meaning.\n\n[^n]: Note:\n\n    - item"), conf=NO_BIB).page("topics/c")
    assert all(child.name in {"dt", "dd"} for child in page.select_one("dl.simple, dl.myst").find_all(recursive=False))
    assert page.select_one(".mi-noted > aside.mi-note") is not None


def test_a_question_within_a_question_keeps_both_answers(build):
    body = (
        "::::::{pause-and-think} Outer\nQuestion.\n\n::::{pause-and-think} Inner\nQuestion.\n\n:::{answer}\nInner answer.\n:::\n::::\n\n"
        ":::{answer}\nOuter answer.\n:::\n::::::"
    )
    book = build(with_body(body), conf=NO_BIB)
    assert book.warnings == []
    assert len(book.page("topics/c").select("details.mi-answer")) == 2


def test_a_definition_takes_a_name_and_a_class(build):
    body = ":::{definition} Thing\n:name: my-thing\n:class: special\n\nText.\n:::\n\n[there](#my-thing)"
    book = build(with_body(body), conf=NO_BIB)
    assert book.warnings == []
    page = book.page("topics/c")
    assert "special" in page.select_one(".mi-definition")["class"]
    assert page.select_one('p a[href="#term-Thing"]').get_text() == "there"


def test_the_first_definition_in_reading_order_wins_however_pages_are_read(build, tmp_path):
    files: dict[str, str | None] = {
        "index": index("blocks/one"),
        "blocks/one": block("Block One", *[f"t{number}" for number in range(9, -1, -1)]),
    }
    for number in range(10):
        text = f":::{{definition}} Thing\nText {number}.\n:::\n\n{{term}}`thing` {{term}}`Thing`"
        files[f"topics/t{number}"] = topic(f"Title {number}", block="one", body=text)
    for jobs in (1, 3):
        book = build(files, conf=NO_BIB, parallel=jobs, builddir=tmp_path / str(jobs), freshenv=True)
        assert len(book.warnings) == 9
        links = {a["href"] for a in book.page("topics/t0").select("article a.mi-term, .body a.mi-term")}
        assert links == {"t9.html#term-Thing"}


def test_the_example_of_the_readme_builds(build):
    """The configuration and the topic as they stand there, with the pages that the text around them names."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    conf = re.search(r"```python\n(.*?)```", readme, re.DOTALL)[1]
    source = re.search(r"```markdown\n(---.*?)\n```\n", readme, re.DOTALL)[1]
    files = {
        "conf.py": conf,
        "index": index("blocks/representations", "bibliography"),
        "bibliography": re.search(r"`bibliography.md`.*?~~~markdown\n(.*?)~~~", readme, re.DOTALL)[1],
        "blocks/representations": block("Representations", "linear-representations", "superposition"),
        "topics/linear-representations": topic("Linear Representations", block="representations"),
        "topics/superposition": source,
        "references.bib": (Path(__file__).parents[2] / "references.bib").read_text(encoding="utf-8"),
    }
    assert build(files).warnings == []
