"""Golden trees: what the directives and roles make, and what each kind of builder is given."""

from __future__ import annotations

import re

import pytest

SNIPPETS = {
    "definition": ":::{definition} Inner *product*\n:aliases: scalar product\n\nA **sum** of $x_i y_i$.\n:::",
    "pause": "::::{pause-and-think} Why?\nThe question.\n\n:::{answer}\nBecause.\n:::\n::::",
    "sidenote": "Text.[^a] More {sidenote}`role with *stress*`, {marginnote}`margin`.\n\n[^a]: Note.\n\n    Two.",
    "note-with-list": "Text.[^a]\n\n[^a]: Note:\n\n    - item",
    "note-in-table": "| a |\n| --- |\n| cell[^a] |\n\n[^a]: Note.",
    "measured": "{measured}`value .1f`",
    "planned": "[the *later*](later.md) and {course:topic}`later`.",
    "topic-list": "```{topic-list}\n```",
    "learning-path": "```{learning-path} page\n```",
    "glossary": ":::{definition} Thing\nText.\n:::\n\n```{course-glossary}\n```",
}
CONF = """
extensions = ["sphinx_mi_ext"]
myst_enable_extensions = ["colon_fence", "dollarmath"]
myst_footnote_transition = False
course_planned = {"later": "The Later Topic"}
bibtex_bibfiles = []
"""
RESULT = '{"results": {"value": 2.25}}'


def tree(node) -> str:
    """A tree as text, without the paths of this machine."""
    return re.sub(r' source="[^"]*"| translation_progress="[^"]*"', "", node.pformat())


@pytest.mark.parametrize("name", SNIPPETS)
def test_trees(build, file_regression, name):
    """The tree that is stored, then what the web and a text builder get of it."""
    source = f"---\ntitle: Page\nblock: one\n---\n\n{SNIPPETS[name]}\n"
    files = {
        "index": "# Home\n\n```{toctree}\nblocks/one\n```\n",
        "blocks/one": "---\ntitle: One\n---\n\n```{toctree}\n/topics/page\n```\n",
        "topics/page": source,
        "labs/results/page.json": RESULT,
    }
    shown = []
    for builder in ("html", "text"):
        book = build(files, builder=builder, conf=CONF, freshenv=True)
        assert book.warnings == []
        env = book.app.env
        if builder == "html":
            shown += ["## read", tree(env.get_doctree("topics/page"))]
        resolved = env.get_and_resolve_doctree("topics/page", book.app.builder, tags=book.app.tags)
        shown += [f"## for {builder}", tree(resolved)]
    file_regression.check("\n".join(shown), basename=name, extension=".txt")
