"""Topics, blocks and definitions are found: in the inventory, by roles, by `{any}`, by search."""

from __future__ import annotations

import re

from sphinx.util.inventory import InventoryFile

from tests.conftest import block, index, small_course, topic


def inventory(book) -> dict[str, dict[str, str]]:
    """Names by type, with the address of each."""
    with (book.app.outdir / "objects.inv").open("rb") as file:
        loaded = InventoryFile.load(file, "", lambda base, uri: uri)
    return {kind: {name: item.uri for name, item in items.items()} for kind, items in loaded.items()}


def test_the_inventory_lists_topics_blocks_and_definitions(build):
    found = inventory(build(root="everything", builder="dirhtml"))
    assert found["course:topic"] == {"alpha": "topics/alpha/", "beta": "topics/beta/"}
    assert found["course:block"] == {"first": "blocks/first/", "second": "blocks/second/"}
    assert found["course:definition"]["Vector space"] == "topics/alpha/#term-Vector-space"
    # What other projects' intersphinx looks for.
    assert found["std:term"]["Vector space"] == found["std:term"]["linear space"] == "topics/alpha/#term-Vector-space"


def test_roles_lead_to_pages_under_their_titles(build):
    body = (
        "{course:topic}`a` {course:topic}`own words <a>` {course:block}`one` {any}`b` {any}`two` "
        "{course:definition}`thing` {term}`THINGS` {any}`thing`\n\n:::{definition} Thing\nText.\n:::"
    )
    book = build(small_course() | {"topics/d": topic("Title D", "c", block="two", body=body)})
    assert book.warnings == []
    links = {link.get_text(): link["href"] for link in book.page("topics/d").select("p > a.reference, p .mi-hover > a")}
    assert links["Title A"] == links["own words"] == "a.html"
    assert links["Block One"] == "../blocks/one.html"
    assert links["Title B"] == "b.html"
    assert links["Block Two"] == "../blocks/two.html"
    assert links["THINGS"] == "#term-Thing"


def test_a_role_without_a_target_says_what_to_do(build):
    book = build(small_course() | {"topics/d": topic("Title D", "c", block="two", body="{course:topic}`nowhere`")})
    assert len(book.warnings) == 1
    assert "topics/d.md:7: WARNING: no topic of this course has the slug 'nowhere'" in book.warnings[0]


def test_search_finds_titles_and_not_what_cards_repeat(build):
    body = "Uses {term}`thing`."
    files = small_course() | {
        "topics/a": topic("Title A", block="one", body=":::{definition} Thing\nxylophone\n:::"),
        "topics/d": topic("Title D", "c", block="two", body=body),
    }
    index_js = build(files).text("searchindex.js")
    docnames = index_js.partition('"docnames":')[2].partition("]")[0].strip("[").replace('"', "").split(",")
    where = re.search(r'"xylophon":\[?(\d+)', index_js)
    assert docnames[int(where[1])] == "topics/a"
    assert '"topic"' in index_js


def test_blocks_and_reading_order_come_from_the_toctrees(build):
    files = small_course() | {"index": index("blocks/two", "blocks/one"), "blocks/one": block("Block One", "b", "a")}
    course = build(files).app.env.get_domain("course").course
    assert list(course.topics) == ["c", "d", "b", "a"]
    assert list(course.blocks) == ["two", "one"]


def test_another_language_of_markup_can_use_the_directives(build):
    """Topics are Markdown; other pages may be reStructuredText."""
    rst = """
Other
=====

.. definition:: Rst thing
   :aliases: rst object

   A text. :sidenote:`an *inline* note` [#n]_ :marginnote:`margin`

.. pause-and-think:: Title

   Question.

   .. answer::

      Answer.

See :term:`rst things` and :course:topic:`a`.

.. [#n] A footnote.
"""
    book = build(small_course() | {"index": index("blocks/one", "blocks/two", "other"), "other.rst": rst})
    assert book.warnings == []
    page = book.page("other")
    assert [note.get_text(" ", strip=True).split()[0] for note in page.select(".mi-note")] == ["1", "2", "margin"]
    assert page.select_one("details.mi-answer").get_text(strip=True).endswith("Answer.")
