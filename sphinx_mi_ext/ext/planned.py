"""Links to topics that are not written yet: listed once, in `course_planned`, and shown as planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_mi_ext.ext.domain import course_domain
from sphinx_mi_ext.ext.locale import _
from sphinx_mi_ext.ext.mentions import mentioned_topic
from sphinx_mi_ext.nodes import planned_reference

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class ShowPlannedTopics(SphinxPostTransform):
    """Replace links to planned topics by their text, marked as planned."""

    # Before MyST (9) and Sphinx (10) look for the targets and miss them.
    default_priority = 8

    def run(self, **kwargs: Any) -> None:
        """Look at links to documents and at `{course:topic}`."""
        course = course_domain(self.env).course
        for xref in list(self.document.findall(addnodes.pending_xref)):
            slug = mentioned_topic(xref, self.config)
            if slug in course.planned and slug not in course.topics:
                shown = xref.children[0].children if xref.get("refexplicit") else []
                title = course.planned[slug]
                shown = [child.deepcopy() for child in shown] or [nodes.Text(title)]
                xref.replace_self(planned_reference("", "", *shown, title=title, classes=["mi-planned"]))


def visit_planned_reference(self: HTML5Translator, node: planned_reference) -> None:
    """Open the mention of a planned topic, which says so when pointed at."""
    title = _("Planned topic: %s") % node["title"]
    self.body.append(self.starttag(node, "span", "", title=title))


def depart_planned_reference(self: HTML5Translator, node: planned_reference) -> None:
    """Close the mention of a planned topic."""
    self.body.append("</span>")


def setup_planned(app: Sphinx) -> None:
    """Register the transform and its node."""
    app.add_post_transform(ShowPlannedTopics)
    app.add_node(planned_reference, html=(visit_planned_reference, depart_planned_reference))
