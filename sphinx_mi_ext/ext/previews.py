"""What search engines and link previews show of a topic or block: its title and its description."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from sphinx.util.nodes import clean_astext

from sphinx_mi_ext.ext.builders import is_web
from sphinx_mi_ext.ext.domain import course_domain

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


def add_preview(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the description of a page to its head; what its author wrote there by hand comes first."""
    page = course_domain(app.env).pages.get(pagename)
    record = page and (page.topic or page.block)
    metatags = context.get("metatags", "")
    if not record or not record.description or not is_web(app.builder) or 'name="description"' in metatags:
        return
    values = {
        'name="description"': record.description,
        'property="og:title"': clean_astext(app.env.titles[pagename]),
        'property="og:description"': record.description,
        'property="og:type"': "article",
    }
    lines = (f'<meta {name} content="{escape(value, quote=True)}">' for name, value in values.items())
    context["metatags"] = "\n".join([metatags, *lines])


def setup_previews(app: Sphinx) -> None:
    """Register the handler."""
    app.connect("html-page-context", add_preview)
