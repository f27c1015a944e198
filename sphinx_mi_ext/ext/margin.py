"""Sidenotes in HTML: each footnote moves to its mark, once.

A note whose content may stand in a paragraph (paragraphs and formulas) follows its mark there. A
note with a list, a table, code or the like, and a note whose mark stands in a table or in a card,
where nothing can be moved out to the margin, goes beside the outermost block that holds the mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_mi_ext.ext.builders import builder_of, is_web
from sphinx_mi_ext.ext.locale import _
from sphinx_mi_ext.ext.tree import PageTree, pages_of
from sphinx_mi_ext.nodes import (
    margin_note,
    note_aside,
    note_body,
    note_mark,
    note_paragraph,
    noted_block,
)

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


_NAMES = (nodes.term, nodes.classifier, nodes.field_name, nodes.definition_list_item, nodes.field)
_LONGEST = 24
"""A word longer than this, such as an address or a sentence without spaces, is not kept whole with a mark."""


class MoveSidenotes(SphinxPostTransform):
    """Move the footnotes of a page to their marks, and margin notes to the margin."""

    # After references are resolved (10), so that what moves is final; before images are collected
    # and languages highlighted, which look at the tree as a whole and do not care where notes are.
    default_priority = 300
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Work page by page: the tree of a single-page book holds many, with the same ids in each."""
        if not is_web(builder_of(self.env)):
            return  # reading systems show footnotes themselves
        for page in pages_of(self.document, self.env):
            self._move(page)

    def _move(self, page: PageTree) -> None:
        footnotes = {name: note for note in page.findall(nodes.footnote) for name in note["ids"]}
        moved: set[str] = set()
        for mark in page.findall(nodes.footnote_reference):
            footnote = footnotes.get(mark.get("refid", ""))
            number = mark.astext()
            if footnote is None or not number:
                continue
            note_id = f"{page.prefix}note--{number}"
            first = note_id not in moved
            moved.add(note_id)
            new = note_mark("", number=number, note_id=note_id, first=first)
            if first:
                content = [child for child in footnote.children if not isinstance(child, nodes.label)]
                _place(new, mark, content, label=_("Note %s") % number)
                footnote.parent.remove(footnote)
            else:
                mark.parent.replace(mark, new)
        for count, note in enumerate(page.findall(margin_note), start=1):
            note_id = f"{page.prefix}margin-note--{count}"
            new = note_mark("", number="", note_id=note_id, first=True)
            _place(new, note, [nodes.paragraph("", "", *note.children)], label=_("Margin note"))


def _place(new: note_mark, mark: nodes.Element, content: list[nodes.Node], *, label: str) -> None:
    """Put the note that `new` marks beside `mark`, which `new` replaces."""
    attributes = {"note_id": new["note_id"], "number": new["number"], "label": label}
    block = next((above for above in reversed(list(_ancestors(mark))) if _keeps_floats(above)), None)
    if block is None and not _fits_paragraph(content):
        block = next((above for above in _ancestors(mark) if not isinstance(above, nodes.Inline)), None)
        if isinstance(block, nodes.caption | nodes.title) and not isinstance(block.parent, nodes.section):
            block = block.parent
        # The name of an item may stand in its list alone.
        while isinstance(block, _NAMES):
            block = block.parent
    if block is None:
        body = note_body("", "", *_as_inline(content), classes=["mi-note"], **attributes)
        _replace_with_word(mark, new, body)
        return
    _replace_with_word(mark, new)
    aside = note_aside("", *content, classes=["mi-note"], **attributes)
    if isinstance(block, nodes.title):
        block.parent.insert(block.parent.index(block) + 1, aside)
        return
    if not isinstance(block.parent, noted_block):
        frame = noted_block("")
        block.parent.replace(block, frame)
        frame += block
    # Before the block, so that the note starts at its top; several notes keep the order of their marks.
    block.parent.insert(block.parent.index(block), aside)


def _ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    above = node.parent
    while above is not None and not isinstance(above, nodes.document):
        yield above
        above = above.parent


def _keeps_floats(node: nodes.Element) -> bool:
    """Say whether what floats in `node` cannot leave it: a table, or a box of sphinx-design."""
    return isinstance(node, nodes.table) or "design_component" in node


def _fits_paragraph(content: list[nodes.Node]) -> bool:
    return all(
        isinstance(node, nodes.paragraph | nodes.comment)
        or (isinstance(node, nodes.math_block) and not node.get("number"))
        for node in content
    )


def _as_inline(content: list[nodes.Node]) -> Iterator[nodes.Node]:
    for node in content:
        if isinstance(node, nodes.math_block):
            yield note_paragraph("", "", nodes.math(node.astext(), node.astext(), display=True))
        elif isinstance(node, nodes.paragraph):
            yield note_paragraph("", "", *node.children)


def _replace_with_word(mark: nodes.Element, *new: nodes.Node) -> None:
    """Replace `mark`, keeping it on one line with the word before it.

    A button is a box of its own, which a line may be broken before; no character prevents it.
    """
    parent, at = mark.parent, mark.parent.index(mark)
    before = parent[at - 1] if at else None
    word: list[nodes.Node] = []
    if isinstance(before, nodes.Text) and before.strip():
        text = before.rstrip()  # a role stands behind a space, its mark does not
        last = text.split()[-1]
        if len(last) > _LONGEST:
            last = last[-1]
        parent[at - 1] = nodes.Text(text.removesuffix(last))
        word = [nodes.Text(last)]
    parent.replace(mark, [nodes.inline("", "", *word, new[0], classes=["mi-nobr"]), *new[1:]])


def visit_note_mark(self: HTML5Translator, node: note_mark) -> None:
    """Write the mark: a link for the margin, and a button that opens the note in place."""
    escape = self.attval
    note_id, number = escape(node["note_id"]), escape(node["number"])
    label = escape(_("Note %s") % node["number"] if node["number"] else _("Margin note"))
    shown = f"<sup>{number}</sup>" if number else '<span aria-hidden="true">⊕</span>'
    own_id = f' id="{note_id}-ref"' if node["first"] else ""
    if number:
        self.body.append(
            f'<a class="mi-mark mi-mark-link"{own_id} href="#{note_id}" role="doc-noteref"'
            f' aria-label="{label}">{shown}</a>'
        )
    plus = "" if number else " mi-mark-plus"
    self.body.append(
        f'<button type="button" class="mi-mark mi-mark-button{plus}" popovertarget="{note_id}-open"'
        f' aria-label="{label}">{shown}</button>'
    )
    raise nodes.SkipNode


def _open_note(self: HTML5Translator, node: nodes.Element, tag: str) -> None:
    # The popover is empty: it only holds whether the note is open, which the style sheet reads.
    self.body.append(f'<span class="mi-note-state" id="{self.attval(node["note_id"])}-open" popover="manual"></span>')
    classes = "" if node["number"] else "mi-marginnote"
    role = "doc-footnote" if node["number"] else "note"
    attributes = {"ids": [node["note_id"]], "role": role, "aria-label": node["label"]}
    self.body.append(self.starttag(node, tag, "", CLASS=classes, **attributes))
    if node["number"]:
        self.body.append(f'<span class="mi-note-no" aria-hidden="true">{self.attval(node["number"])}</span> ')


def _close_note(self: HTML5Translator, node: nodes.Element, tag: str) -> None:
    if node["number"]:
        label = self.attval(_("Back to the mark of note %s") % node["number"])
        target = self.attval(node["note_id"])
        self.body.append(f' <a class="mi-note-back" href="#{target}-ref" aria-label="{label}">↩</a>')
    self.body.append(f"</{tag}>")


def visit_note_body(self: HTML5Translator, node: note_body) -> None:
    """Open a note within a paragraph."""
    _open_note(self, node, "span")


def depart_note_body(self: HTML5Translator, node: note_body) -> None:
    """Close a note within a paragraph."""
    _close_note(self, node, "span")


def visit_note_aside(self: HTML5Translator, node: note_aside) -> None:
    """Open a note beside a block."""
    _open_note(self, node, "aside")


def depart_note_aside(self: HTML5Translator, node: note_aside) -> None:
    """Close a note beside a block."""
    _close_note(self, node, "aside")


def visit_note_paragraph(self: HTML5Translator, node: note_paragraph) -> None:
    """Open a paragraph of a note."""
    self.body.append('<span class="mi-note-p">')


def depart_note_paragraph(self: HTML5Translator, node: note_paragraph) -> None:
    """Close a paragraph of a note."""
    self.body.append("</span>")


def visit_noted_block(self: HTML5Translator, node: noted_block) -> None:
    """Open a block with its notes."""
    self.body.append('<div class="mi-noted">\n')


def depart_noted_block(self: HTML5Translator, node: noted_block) -> None:
    """Close a block with its notes."""
    self.body.append("</div>\n")


def setup_margin(app: Sphinx) -> None:
    """Register the transform and the parts of notes."""
    app.add_post_transform(MoveSidenotes)
    app.add_node(note_mark, html=(visit_note_mark, None))
    app.add_node(note_body, html=(visit_note_body, depart_note_body))
    app.add_node(note_aside, html=(visit_note_aside, depart_note_aside))
    app.add_node(note_paragraph, html=(visit_note_paragraph, depart_note_paragraph))
    app.add_node(noted_block, html=(visit_noted_block, depart_noted_block))
