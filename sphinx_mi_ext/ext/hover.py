"""Links that show a card when a reader points at them: what hovers, not what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_mi_ext.nodes import hover, hover_card, hover_link

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


def hover_on(link: nodes.reference, *, mark_id: str, card: list[nodes.Node], href: str = "") -> hover:
    """Replace `link` by itself with a card, and return the pair.

    `mark_id` becomes the id of the link. `href` leads it elsewhere than it led.
    """
    new = hover_link("", "", *link.children, ids=[mark_id], classes=link["classes"], internal=True)
    new["refuri"] = href or link.get("refuri") or "#" + link["refid"]
    new["card"] = f"{mark_id}-card"
    shown = hover_card("", "", *card, ids=[new["card"]], classes=["mi-card", "no-search"])
    pair = hover("", "", new, shown, mark_id=mark_id)
    link.replace_self(pair)
    return pair


def visit_hover(self: HTML5Translator, node: hover) -> None:
    """Open a link with its card."""
    self.body.append('<span class="mi-hover">')


def depart_hover(self: HTML5Translator, node: hover) -> None:
    """Close a link with its card."""
    self.body.append("</span>")


def visit_hover_link(self: HTML5Translator, node: hover_link) -> None:
    """Open the link, described by its card."""
    attributes = {"href": node["refuri"], "aria-describedby": node["card"]}
    self.body.append(self.starttag(node, "a", "", CLASS="reference internal", **attributes))


def depart_hover_link(self: HTML5Translator, node: hover_link) -> None:
    """Close the link."""
    self.body.append("</a>")


def visit_hover_card(self: HTML5Translator, node: hover_card) -> None:
    """Open the card."""
    self.body.append(self.starttag(node, "span", "", ROLE="note"))


def depart_hover_card(self: HTML5Translator, node: hover_card) -> None:
    """Close the card."""
    self.body.append("</span>")


def setup_hover(app: Sphinx) -> None:
    """Register the parts of a hovering link."""
    app.add_node(hover, html=(visit_hover, depart_hover))
    app.add_node(hover_link, html=(visit_hover_link, depart_hover_link))
    app.add_node(hover_card, html=(visit_hover_card, depart_hover_card))
