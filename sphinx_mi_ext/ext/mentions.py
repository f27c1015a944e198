"""Which topic a link names, whether or not its page is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import docname_join

from sphinx_mi_ext.ext.frontmatter import kind_of, slug_of

if TYPE_CHECKING:
    from sphinx.addnodes import pending_xref
    from sphinx.config import Config


def mentioned_topic(xref: pending_xref, config: Config) -> str:
    """Return the slug that a link to the file of a topic, or `{course:topic}`, names; else an empty string."""
    target = xref["reftarget"].split("#")[0].removesuffix(".md")
    if xref.get("refdomain") == "course" and xref["reftype"] == "topic":
        return str(target)
    if xref["reftype"] != "myst" or xref.get("refdomain") == "doc":
        return ""
    docname = docname_join(xref["refdoc"], target)
    return slug_of(docname) if kind_of(config, docname) == "topic" else ""
