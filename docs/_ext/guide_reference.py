"""Directives of the guide that list options and warnings from where they are declared."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_mi_ext.course.finding import Rule
from sphinx_mi_ext.ext.config import PREFIX, Options
from sphinx_mi_ext.ext.log import TYPE

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class _Listing(SphinxDirective):
    def items(self) -> list[tuple[str, str, str]]:
        """Return name, note and documentation of each item."""
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        """Return a definition list: the name as code, then the documentation as Markdown."""
        made = []
        for name, note, documentation in self.items():
            term = nodes.term("", "", nodes.literal(name, name), nodes.Text(f" {note}"))
            body = self.parse_text_to_nodes(documentation)
            made.append(nodes.definition_list_item("", term, nodes.definition("", *body)))
        return [nodes.definition_list("", *made)]


class OptionsDirective(_Listing):
    """List the options of the extension."""

    def items(self) -> list[tuple[str, str, str]]:
        """Return the fields of the dataclass that declares them."""
        defaults = Options()
        return [
            (
                PREFIX + item.name,
                f"({type(getattr(defaults, item.name)).__name__})",
                f"{item.metadata['documentation']} Default: `{getattr(defaults, item.name)!r}`.",
            )
            for item in fields(Options)
        ]


class RulesDirective(_Listing):
    """List the warnings of the extension."""

    def items(self) -> list[tuple[str, str, str]]:
        """Return the members of the enum that declares them."""
        return [(f"{TYPE}.{rule.value}", f"({rule.severity})", rule.documentation) for rule in Rule]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    app.add_directive("guide-options", OptionsDirective)
    app.add_directive("guide-rules", RulesDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
