"""From a document that was read to the record of what it says of the course."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import clean_astext, get_node_line
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from sphinx_mi_ext.course.frontmatter import read_block, read_topic
from sphinx_mi_ext.course.model import Location, Page, PathRequest, Run, Term
from sphinx_mi_ext.ext.frontmatter import front_matter_of, kind_of, slug_of, source_path
from sphinx_mi_ext.ext.mentions import mentioned_topic
from sphinx_mi_ext.nodes import box_head, course_map, definition_box, margin_note, path_list, term_list, topic_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

    from sphinx_mi_ext.course.finding import Finding

_NOT_READ = (nodes.literal_block, nodes.math, nodes.math_block, nodes.comment, nodes.raw, addnodes.index)
_STAYS = (nodes.footnote_reference, nodes.footnote, margin_note)
_RUN_KINDS: dict[type[nodes.Element], str] = {
    nodes.emphasis: "emphasis",
    nodes.strong: "strong",
    nodes.literal: "code",
    nodes.math: "math",
    nodes.math_block: "math",
}


def page_of(env: BuildEnvironment, docname: str, document: nodes.document) -> tuple[Page | None, tuple[Finding, ...]]:
    """Return the record of a document, or None where it says nothing of the course, and its findings."""
    page = Page(
        docname=docname,
        terms=tuple(_terms(env, docname, document)),
        used_terms=tuple(
            dict.fromkeys(
                xref["reftarget"] for xref in document.findall(addnodes.pending_xref) if xref["reftype"] == "term"
            )
        ),
        cited=tuple(dict.fromkeys(_cited(document))),
        mentioned=tuple(
            dict.fromkeys(
                slug for xref in document.findall(addnodes.pending_xref) if (slug := mentioned_topic(xref, env.config))
            )
        ),
        shows=frozenset(
            name
            for name, kind in (
                ("topics", topic_list),
                ("topics", course_map),
                ("graph", course_map),
                ("terms", term_list),
            )
            if next(iter(document.findall(kind)), None) is not None
        ),
        paths=tuple(
            dict.fromkeys(PathRequest(place["goal"], tuple(place["known"])) for place in document.findall(path_list))
        ),
    )
    findings: tuple[Finding, ...] = ()
    kind = kind_of(env.config, docname)
    if kind is not None:
        matter = front_matter_of(env)
        heading = next((clean_astext(title) for title in document.findall(nodes.title) if _is_page_title(title)), "")
        path, slug = source_path(env, docname), slug_of(docname)
        if kind == "topic":
            topic, findings = read_topic(matter, docname=docname, slug=slug, path=path, heading=heading)
            page = replace(page, topic=replace(topic, words=_words(document)))
        else:
            block, findings = read_block(matter, docname=docname, slug=slug, path=path, heading=heading)
            page = replace(page, block=block)
    empty = page == Page(docname=docname)
    return (None if empty else page), findings


def _is_page_title(title: nodes.title) -> bool:
    section = title.parent
    own = isinstance(section, nodes.section) and isinstance(section.parent, nodes.document)
    return own and not title.get("generated")


def _terms(env: BuildEnvironment, docname: str, document: nodes.document) -> Iterator[Term]:
    path = source_path(env, docname)
    for box in document.findall(definition_box):
        body = [child for child in box.children if not isinstance(child, box_head | addnodes.index)]
        yield Term(
            name=box["term_name"],
            aliases=tuple(box["aliases"]),
            docname=docname,
            anchor=box["ids"][0],
            body=tuple(_runs(body)),
            location=Location(path, get_node_line(box)),
        )


def _runs(body: list[nodes.Node]) -> Iterator[Run]:
    """Yield the text of a definition in pieces that can be stored and shown elsewhere.

    Notes, citations and numbers of figures and equations stay at the definition: they lead nowhere else.
    """
    above: nodes.Element | None = None
    for top in body:
        for node in top.findall(nodes.Text):
            parents = list(_parents(node, top))
            if any(isinstance(parent, _STAYS) or _is_number(parent) for parent in parents):
                continue
            block = next((parent for parent in parents if not isinstance(parent, nodes.Inline)), None)
            if above is not None and block is not above:
                yield Run("text", " ")
            above = block
            kinds = [_RUN_KINDS[type(parent)] for parent in parents if type(parent) in _RUN_KINDS]
            yield Run(kinds[0] if kinds else "text", node.astext())


def _is_number(node: nodes.Element) -> bool:
    """Say whether a reference shows what is not known before the book is numbered."""
    if not isinstance(node, addnodes.pending_xref) or node.get("refexplicit"):
        return False
    return node.get("refdomain") == "cite" or node["reftype"] in {"eq", "numref", "ref", "topic", "block"}


def _parents(node: nodes.Node, top: nodes.Node) -> Iterator[nodes.Element]:
    while node is not top and node.parent is not None:
        node = node.parent
        yield node  # `top` itself comes last


def _cited(document: nodes.document) -> Iterator[str]:
    for xref in document.findall(addnodes.pending_xref):
        if xref.get("refdomain") == "cite":
            yield from (target.key for target in parse_citation_targets(xref["reftarget"]))


def _words(document: nodes.document) -> int:
    """Count the words that a reader reads: not code, not formulas."""
    return sum(
        len(text.astext().split())
        for text in document.findall(nodes.Text)
        if not any(isinstance(parent, _NOT_READ) for parent in (text.parent, text.parent.parent))
    )
