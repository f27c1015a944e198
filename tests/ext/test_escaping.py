"""What an author writes is text wherever it lands: in pages, attributes, cards, headers, lists."""

from __future__ import annotations

import pytest

from tests.conftest import index

NASTY = """<script>alert("x")</script> & "double" 'single' {{ braces }} {% tag %} </p>"""


@pytest.mark.parametrize("builder", ["html", "singlehtml", "epub"])
def test_markup_in_metadata_stays_text(build, builder):
    quoted = NASTY.replace("'", "''")
    files = {
        "index": index("blocks/one", "bib") + "\n```{topic-list}\n```\n",
        "blocks/one": f"---\ntitle: One\ndescription: '{quoted}'\n---\n\n```{{toctree}}\n/topics/a\n/topics/b\n```\n",
        "topics/a": f"---\ntitle: A\ndescription: '{quoted}'\nblock: one\n---\n\n:::{{definition}} Thing\nText `{NASTY}`.\n:::\n",
        "topics/b": "---\ntitle: B\nblock: one\nprerequisites: [a]\n---\n\nThe {term}`thing` {cite:p}`nasty`.\n",
        "bib": "# Bibliography\n\n```{bibliography}\n```\n",
        "works.bib": '@misc{nasty, author={O\'Neil, <b>A</b>}, title={A <script>alert(1)</script> \\& "title"}, year=2000}',
    }
    conf = (
        'extensions = ["sphinx_mi_ext"]\nmyst_enable_extensions = ["colon_fence", "dollarmath"]\nsmartquotes = False\n'
        'version = "1"\ncopyright = "2026"\nbibtex_bibfiles = ["works.bib"]\n'
    )
    book = build(files, builder=builder, conf=conf)
    assert book.warnings == []
    for path in book.app.outdir.rglob("*.*html"):
        text = path.read_text(encoding="utf-8")
        assert "<script>alert" not in text, path.name
        assert "<b>A</b>" not in text, path.name
    name = {"html": "topics/a.html", "singlehtml": "index.html", "epub": "topics/a.xhtml"}[builder]
    from tests.conftest import parsed

    assert NASTY in parsed(book.text(name)).get_text()


def test_the_description_is_what_previews_show(build):
    page = build(root="everything").page("topics/beta")
    wanted = 'The beta description, with <angle> & "quotes".'
    assert page.select_one('meta[name="description"]')["content"] == wanted
    assert page.select_one('meta[property="og:description"]')["content"] == wanted
    assert page.select_one('meta[property="og:title"]')["content"] == "Beta with k and stress"


def test_a_title_with_markup_keeps_it_in_the_header(build):
    book = build(root="everything")
    page = book.page("topics/beta")
    assert page.h1.em.get_text() == "stress"
    assert page.h1.select_one("math") is not None
    assert 'with <angle> & "quotes"' in page.select_one(".mi-lede").get_text()
