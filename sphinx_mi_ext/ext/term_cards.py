"""Cards on links to definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_mi_ext.ext.builders import builder_of, is_web
from sphinx_mi_ext.ext.config import options
from sphinx_mi_ext.ext.domain import course_domain
from sphinx_mi_ext.ext.hover import hover_on
from sphinx_mi_ext.ext.records import run_nodes
from sphinx_mi_ext.ext.tree import pages_of

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx

    from sphinx_mi_ext.course.model import Term


class AddTermCards(SphinxPostTransform):
    """Let each link of a `{term}` show the definition."""

    # After references are resolved (10).
    default_priority = 340
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Find the links by their targets: the anchors of definitions."""
        if not is_web(builder_of(self.env)) or not options(self.config).cards:
            return
        terms = course_domain(self.env).course.terms
        for page in pages_of(self.document, self.env):
            builder = builder_of(self.env)
            targets = {}
            for term in terms:
                uri = builder.get_relative_uri(page.docname, term.docname) if term.docname != page.docname else ""
                targets[f"{uri}#{term.anchor}"] = term
            count = 0
            for link in page.findall(nodes.reference):
                if not any("std-term" in inner["classes"] for inner in link.findall(nodes.inline)):
                    continue
                found = targets.get(link.get("refuri") or "#" + link.get("refid", ""))
                if found is not None:
                    count += 1
                    link["classes"].append("mi-term")
                    hover_on(link, mark_id=f"{page.prefix}term-use--{count}", card=_card(found))


def _card(term: Term) -> list[nodes.Node]:
    head = nodes.strong(term.name, term.name)
    return [nodes.inline("", "", head, nodes.Text(": "), *run_nodes(term.body), classes=["mi-card-def"])]


def setup_term_cards(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(AddTermCards)
