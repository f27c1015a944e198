"""A learning path on a page: what to read for a goal, in order, with times."""

from __future__ import annotations

import re

import pytest

from tests.conftest import block, index, small_course, topic
from tests.ext.test_incremental import and_their_toctrees, rewritten


def with_path(text: str = "```{learning-path} c\n```", **changes):
    return small_course(**changes) | {"index": index("blocks/one", "blocks/two") + f"\n{text}\n"}


def test_the_page_lists_the_closure_in_order_with_times(build):
    book = build(with_path(topics__b=topic("Title *B*", "a", block="one", body="word " * 700)))
    assert book.warnings == []
    page = book.page("index")
    assert page.select_one(".mi-path-total").get_text() == "3 topics, 7 min"
    items = page.select("ol.mi-path > li")
    assert [item.get_text() for item in items] == ["Title A 1 min", "Title B 5 min", "Title C 1 min"]
    assert [item.a["href"] for item in items] == ["topics/a.html", "topics/b.html", "topics/c.html"]
    assert items[1].em is not None


@pytest.mark.parametrize(
    ("know", "total", "titles"),
    [
        ("a", "2 topics, 2 min, 1 known", ["Title B", "Title C"]),
        ("d", "Nothing is left to read.", []),
        ("b", "1 topic, 1 min, 2 known", ["Title C"]),
        ("", "3 topics, 3 min", ["Title A", "Title B", "Title C"]),
    ],
)
def test_what_the_reader_knows_is_left_out(build, know, total, titles):
    book = build(with_path(f"```{{learning-path}} c\n:know: {know}\n```"))
    assert book.warnings == []
    page = book.page("index")
    assert page.select_one(".mi-path-total").get_text() == total
    assert [link.get_text() for link in page.select(".mi-path a")] == titles


def test_long_times_are_given_in_hours(build):
    book = build(with_path(topics__b=topic("Title B", "a", block="one", body="word " * 140 * 63)))
    assert book.page("index").select_one(".mi-path-total").get_text() == "3 topics, 1 h 05 min"


def test_text_has_the_list(build):
    book = build(with_path(), builder="text")
    assert book.warnings == []
    found = re.search(
        r"3 topics, 3 min\n\n1\. Title A 1 min\n\n2\. Title B 1 min\n\n3\. Title C 1 min\n", book.text("index.txt")
    )
    assert found, book.text("index.txt")


def test_latex_has_the_list_with_links(build):
    book = build(with_path(), builder="latex")
    assert book.warnings == []
    (path,) = book.app.outdir.glob("*.tex")
    tex = path.read_text(encoding="utf-8")
    listed = tex.partition("3 topics, 3 min")[2].partition(r"\end{enumerate}")[0]
    assert re.findall(r"\\hyperref\[\\detokenize\{([^}]*)\}\]", listed) == [
        "topics/a::doc",
        "topics/b::doc",
        "topics/c::doc",
    ]
    assert [title in listed for title in ("Title A", "Title B", "Title C")] == [True] * 3


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "man", "xml"])
def test_other_builders_write_it(build, builder):
    book = build(with_path(), builder=builder, confoverrides={"version": "1", "copyright": "2026"})
    assert book.warnings == []
    written = "".join(
        path.read_text("utf-8")
        for path in book.app.outdir.rglob("*.*")
        if path.suffix in {".html", ".xhtml", ".7", ".1", ".xml"}
    )
    assert "3 topics, 3 min" in written


@pytest.mark.parametrize(
    "changes",
    [
        {"topics/b": topic("New B", "a", block="one", difficulty="foundational")},
        {"topics/a": topic("Title A", block="one", difficulty="foundational", body="word " * 500)},
        {"topics/c": topic("Title C", "a", block="two", difficulty="intermediate")},
    ],
    ids=["title", "time", "prerequisite"],
)
def test_a_change_on_the_path_rewrites_its_page(build, changes):
    # Sphinx writes the front page with the blocks that its toctree lists, so the path stands elsewhere.
    before = small_course(topics__a=topic("Title A", block="one", difficulty="foundational"))
    before["index"] = index("blocks/one", "blocks/two", "way", "end")
    before["way"] = "# Way\n\n```{learning-path} c\n```\n"
    before["end"] = "# End\n"
    assert "way" in rewritten(build, changes, before=before)


def test_a_change_beside_the_path_does_not(build):
    before = small_course()
    before["index"] = index("blocks/one", "blocks/two", "end", "way")
    before["way"] = "# Way\n\n```{learning-path} b\n```\n"
    before["end"] = "# End\n"
    changed = topic("Title C", "b", block="two", difficulty="intermediate", description="New.", body="word " * 500)
    assert "way" not in rewritten(build, {"topics/c": changed}, before=before) & and_their_toctrees("way")


def test_a_goal_that_goes_is_a_warning(build):
    build(with_path("```{learning-path} d\n```"))
    book = build({"topics/d": None, "blocks/two": block("Block Two", "c")})
    assert [line for line in book.warnings if "index.md:8: WARNING: 'd' is not a topic" in line] == book.warnings
    assert book.page("index").select(".mi-path") == []
