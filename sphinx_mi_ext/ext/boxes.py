"""What boxes share: their heads in HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_mi_ext.nodes import answer_box, box_head, box_kind

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


def separator() -> nodes.inline:
    """Return what stands between the kind of a box and its name: read aloud, and not shown where type says it."""
    return nodes.inline(": ", ": ", classes=["mi-hidden"])


def visit_box_head(self: HTML5Translator, node: box_head) -> None:
    """Open the head of a box, with the id that the box is labelled by. A folded answer has a summary instead."""
    if isinstance(node.parent, answer_box):
        raise nodes.SkipNode
    self.body.append(f'<p class="mi-box-head" id="{node.parent["ids"][0]}-head">')


def depart_box_head(self: HTML5Translator, node: box_head) -> None:
    """Close the head of a box."""
    self.body.append("</p>\n")


def visit_box_kind(self: HTML5Translator, node: box_kind) -> None:
    """Open the kind of a box."""
    self.body.append('<span class="mi-kind">')


def depart_box_kind(self: HTML5Translator, node: box_kind) -> None:
    """Close the kind of a box."""
    self.body.append("</span>")


def setup_boxes(app: Sphinx) -> None:
    """Register the parts of boxes."""
    app.add_node(box_head, html=(visit_box_head, depart_box_head))
    app.add_node(box_kind, html=(visit_box_kind, depart_box_kind))
