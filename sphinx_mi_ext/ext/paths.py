"""`{learning-path}`: what to read for a goal, in which order, and how long it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from sphinx_mi_ext.course.finding import Rule
from sphinx_mi_ext.course.model import PathRequest
from sphinx_mi_ext.course.paths import CircularPathError, LearningPath, PathError, learning_path
from sphinx_mi_ext.ext.definitions import comma_separated
from sphinx_mi_ext.ext.domain import course_domain
from sphinx_mi_ext.ext.locale import _
from sphinx_mi_ext.ext.log import warn
from sphinx_mi_ext.ext.records import link_nodes, title_nodes
from sphinx_mi_ext.nodes import path_list

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec


class LearningPathDirective(SphinxDirective):
    """Show what to read for the topic with the slug that is given, without what the reader knows (`:know:`).

    Makes a place that is filled in when the page is written: the path depends on other pages.
    """

    required_arguments = 1
    option_spec: ClassVar[OptionSpec] = {"know": comma_separated}

    def run(self) -> list[nodes.Node]:
        """Return the place."""
        request = PathRequest(self.arguments[0].strip(), tuple(self.options.get("know", ())))
        place = path_list("", goal=request.goal, known=list(request.known), docname=self.env.docname)
        self.set_source_info(place)
        return [place]


class FillPaths(SphinxPostTransform):
    """Fill in the learning paths.

    Every builder gets, and of a path that does not exist nothing:

    .. code-block:: text

        paragraph: number of topics and total time
        enumerated_list: the title of a topic as a link, its time
    """

    # After references are resolved (10), with the other lists: the links made here are final.
    default_priority = 420

    def run(self, **kwargs: Any) -> None:
        """Replace the places by the paths."""
        course = course_domain(self.env).course
        for place in list(self.document.findall(path_list)):
            made: list[nodes.Node] = [nodes.comment()]
            try:
                made = self._path(learning_path(course, place["goal"], place["known"]), place["docname"])
            except CircularPathError:
                pass  # a finding of the course tells of the circle
            except PathError as error:
                warn(Rule.UNKNOWN_SELECTION, str(error), location=place)
            place.replace_self(made)

    def _path(self, path: LearningPath, docname: str) -> list[nodes.Node]:
        total = _total(path)
        head = nodes.paragraph(total, total, classes=["mi-path-total"])
        items = []
        for step in path.steps:
            minutes = time_label(step.minutes)
            here = step.topic.docname == docname
            title = title_nodes(self.env, step.topic) if here else link_nodes(self.env, step.topic, docname)
            line = nodes.paragraph("", "", *title, nodes.Text(" "))
            line += nodes.inline(minutes, minutes, classes=["mi-meta"])
            items.append(nodes.list_item("", line))
        if not items:
            return [head]
        return [head, nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".", classes=["mi-path"])]


def time_label(minutes: int) -> str:
    """Return a time as a reader sees it."""
    if minutes < 60:
        return _("%d min") % minutes
    return _("%(hours)d h %(minutes)02d min") % dict(zip(("hours", "minutes"), divmod(minutes, 60), strict=True))


def _total(path: LearningPath) -> str:
    count = len(path.steps)
    if not count:
        return _("Nothing is left to read.")
    topics = _("1 topic") if count == 1 else _("%d topics") % count
    known = _("%d known") % len(path.known) if path.known else ""
    return ", ".join(filter(None, (topics, time_label(path.minutes), known)))


def setup_paths(app: Sphinx) -> None:
    """Register the directive and the transform."""
    app.add_node(path_list)
    app.add_directive("learning-path", LearningPathDirective)
    app.add_post_transform(FillPaths)
