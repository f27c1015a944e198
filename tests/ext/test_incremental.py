"""A change rewrites the pages that show it, and no others; a removed page leaves nothing behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import CONF, block, index, small_course, topic


def stamps(book) -> dict[str, int]:
    """When each page was written."""
    return {
        str(path.relative_to(book.app.outdir)): path.stat().st_mtime_ns
        for path in Path(book.app.outdir).rglob("*.html")
    }


def rewritten(build, changes: dict[str, str | None], *, before: dict[str, str | None] | None = None) -> set[str]:
    """Build, change, build again; return the pages of documents that were written again."""
    first = build(before or small_course())
    assert first.warnings == []
    for path in first.source.rglob("*.md"):
        os.utime(path, ns=(1, 1))  # so that a file that is written again in the same instant is newer
    build()
    old = stamps(first)
    second = build(changes)
    assert second.warnings == []
    new = stamps(second)
    generated = {"genindex.html", "search.html"}
    return {name.removesuffix(".html") for name in new if new[name] != old.get(name) and name not in generated}


PARENTS = {
    **dict.fromkeys(["topics/a", "topics/b"], "blocks/one"),
    **dict.fromkeys(["topics/c", "topics/d"], "blocks/two"),
    **dict.fromkeys(["blocks/one", "blocks/two"], "index"),
}


def and_their_toctrees(*docnames: str) -> set[str]:
    """Add the pages whose toctrees list `docnames`: Sphinx writes them whenever it writes those."""
    return {*docnames, *(PARENTS[name] for name in docnames if name in PARENTS)}


def test_nothing_is_rewritten_without_a_change(build):
    assert rewritten(build, {}) == set()


def test_a_changed_text_rewrites_its_page_alone(build):
    changed = topic("Title B", "a", block="one", difficulty="foundational", body="Word.")
    assert rewritten(build, {"topics/b": changed}) == and_their_toctrees("topics/b")


def test_a_changed_title_rewrites_the_pages_that_show_it(build):
    changed = topic("New B", "a", block="one", difficulty="foundational")
    # a leads to it, c reads it first; the block lists it; a and blocks/two are its neighbours.
    pages = rewritten(build, {"topics/b": changed})
    assert pages == and_their_toctrees("topics/b", "topics/a", "topics/c", "blocks/one", "blocks/two")
    book = build()
    assert "New B" in book.page("topics/c").select_one(".mi-readfirst").get_text()
    assert "New B" in book.page("topics/a").select_one(".mi-topic-foot").get_text()


def test_a_changed_description_rewrites_what_lists_it(build):
    changed = topic("Title B", "a", block="one", difficulty="foundational", description="New.")
    assert rewritten(build, {"topics/b": changed}) == and_their_toctrees("topics/b", "topics/a")


def test_a_changed_prerequisite_rewrites_both_ends(build):
    changed = topic("Title C", "a", block="two", difficulty="intermediate")
    assert rewritten(build, {"topics/c": changed}) == and_their_toctrees("topics/c", "topics/b", "topics/a")


def test_a_changed_definition_rewrites_the_pages_that_use_the_term(build):
    before = small_course() | {
        "topics/a": topic("Title A", block="one", body=":::{definition} Thing\nOne.\n:::"),
        "topics/d": topic("Title D", "c", block="two", body="All {term}`things`."),
    }
    changed = topic("Title A", block="one", body=":::{definition} Thing\nTwo.\n:::")
    assert rewritten(build, {"topics/a": changed}, before=before) == and_their_toctrees("topics/a", "topics/d")
    assert "Two." in build().page("topics/d").select_one(".mi-card").get_text()


def test_a_list_of_topics_follows_the_course(build):
    before = small_course() | {"index": index("blocks/one", "blocks/two") + "\n```{topic-list}\n```\n"}
    changed = topic("Newer C", "b", block="two", difficulty="intermediate")
    assert "index" in rewritten(build, {"topics/c": changed}, before=before)
    assert "Newer C" in build().page("index").select_one(".mi-blocks").get_text()


def test_a_measured_value_follows_its_result_file(build):
    result = '{"results": {"speed": %s}}'
    before = small_course() | {
        "topics/a": topic("Title A", block="one", body="Speed {measured}`speed`."),
        "labs/results/a.json": result % 1.5,
    }
    assert rewritten(build, {"labs/results/a.json": result % 2.5}, before=before) == and_their_toctrees("topics/a")
    assert "2.5" in build().page("topics/a").get_text()


def test_a_removed_topic_leaves_nothing_behind(build):
    changes = {
        "topics/d": None,
        "blocks/two": block("Block Two", "c"),
    }
    pages = rewritten(build, changes)
    assert pages == and_their_toctrees("blocks/two", "topics/c")
    book = build()
    domain = book.app.env.get_domain("course")
    assert "d" not in domain.course.topics
    assert "topics/d" not in domain.pages
    assert all("topics/d" not in digests for digests in domain.data["shown"].values())
    assert not any("Title D" in book.text(f"{name}.html") for name in ("topics/a", "topics/c", "blocks/two"))


def test_a_renamed_topic_is_found_under_its_new_name(build):
    changes = {
        "topics/b": None,
        "topics/bee": topic("Title B", "a", block="one", difficulty="foundational"),
        "blocks/one": block("Block One", "a", "bee"),
        "topics/c": topic("Title C", "bee", block="two", difficulty="intermediate"),
    }
    rewritten(build, changes)
    page = build().page("topics/c")
    assert page.select_one(".mi-readfirst a")["href"] == "bee.html"


@pytest.mark.parametrize("builder", ["dirhtml", "text"])
def test_one_process_and_many_write_the_same(build, tmp_path, builder):
    """With enough pages that Sphinx really reads and writes them in parallel."""
    names = [f"t{number:02}" for number in range(12)]
    files: dict[str, str | None] = {
        "index": index("blocks/one", "glossary"),
        "glossary": "# Glossary\n\n```{course-glossary}\n```\n",
        "blocks/one": block("Block One", *names),
    }
    for number, name in enumerate(names):
        body = f":::{{definition}} Term {name}\nText $x_{{{number}}}$.[^n]\n:::\n\nA {{term}}`term t00`. {{sidenote}}`Short.`\n\n[^n]: Note."
        files[f"topics/{name}"] = topic(f"Title {name}", *names[max(0, number - 1) : number], block="one", body=body)
    written = {}
    for jobs in (1, 3):
        book = build(files, builder=builder, parallel=jobs, builddir=tmp_path / f"build-{jobs}", freshenv=True)
        assert book.warnings == []
        out = Path(book.app.outdir)
        suffixes = {".html", ".txt", ".css", ".inv", ".js"}
        written[jobs] = {
            str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.suffix in suffixes
        }
    assert written[1].keys() == written[3].keys()
    assert [name for name in written[1] if written[1][name] != written[3][name]] == []


def test_two_builders_on_one_store_each_notice_what_changed(build, tmp_path):
    build(small_course(), builder="html")
    build(builder="dirhtml")
    book = build({"topics/b": topic("New B", "a", block="one", difficulty="foundational")}, builder="dirhtml")
    assert "New B" in book.page("topics/c").select_one(".mi-readfirst").get_text()


def test_a_moved_prerequisite_is_linked_where_it_is(build):
    changes = {
        "topics/b": None,
        "topics/core/b": topic("Title B", "a", block="one", difficulty="foundational"),
        "blocks/one": block("Block One", "a", "core/b"),
    }
    rewritten(build, changes)
    assert build().page("topics/c").select_one(".mi-readfirst a")["href"] == "core/b.html"


def test_a_planned_topic_becomes_a_link_when_it_is_written(build):
    conf = CONF + 'bibtex_bibfiles = []\ncourse_planned = {"e": "Title E"}\n'
    before = small_course() | {
        "conf.py": conf,
        "topics/a": topic("Title A", block="one", body="See [e](e.md)."),
        "index": index("blocks/one", "blocks/two"),
    }
    changes = {"topics/e": topic("Title E", block="two"), "blocks/two": block("Block Two", "c", "d", "e")}
    assert "topics/a" in rewritten(build, changes, before=before)
    page = build().page("topics/a")
    assert page.select(".mi-planned") == []
    assert page.select_one('p a[href="e.html"]') is not None
