"""`{pause-and-think}` and `{answer}`: a question to the reader, and its answer folded away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_id

from sphinx_mi_ext.course.finding import Rule
from sphinx_mi_ext.ext.boxes import separator
from sphinx_mi_ext.ext.locale import _
from sphinx_mi_ext.ext.log import warn
from sphinx_mi_ext.nodes import answer_box, box_head, box_kind, pause_box

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


_INSIDE = "sphinx_mi_ext:in_pause"


class PauseDirective(SphinxDirective):
    """Ask the reader a question.

    Makes

    .. code-block:: text

        pause_box (an admonition)
          box_head (a title): box_kind "Pause and think", ": ", the title
          the question
          answer_box (an admonition), where there is one

    which every builder writes as an admonition within an admonition.
    """

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the box, and warn where it asks nothing."""
        head = box_head("", "", box_kind("", _("Pause and think")))
        messages: list[nodes.system_message] = []
        if self.arguments:
            title, messages = self.parse_inline(self.arguments[0])
            head += [separator(), nodes.inline("", "", *title, classes=["mi-pause-q"])]
        box = pause_box("", head, classes=["mi-pause"])
        self.set_source_info(box)
        self.set_source_info(head)
        box["ids"].append(make_id(self.env, self.state.document, "pause", self.arguments[0] if self.arguments else ""))
        self.state.document.note_explicit_target(box)
        outer = self.env.current_document.get(_INSIDE, False)
        self.env.current_document[_INSIDE] = True
        body = self.parse_content_to_nodes()
        self.env.current_document[_INSIDE] = outer
        box += body
        if not body or (not self.arguments and all(isinstance(node, answer_box) for node in body)):
            message = "a pause-and-think box has no question; write it into the box"
            warn(Rule.EMPTY_PAUSE, message, location=self.get_location())
        return [box, *messages]


class AnswerDirective(SphinxDirective):
    """Answer the question of the pause-and-think box that contains it."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the folded answer; outside of a box, the bare text and a warning."""
        inside = self.env.current_document.get(_INSIDE, False)
        body = self.parse_content_to_nodes()
        if not body:
            warn(Rule.EMPTY_PAUSE, "an answer is empty; write it, or remove '{answer}'", location=self.get_location())
            return []
        if not inside:
            message = "an answer stands outside of a pause-and-think box; move it into the box of its question"
            warn(Rule.STRAY_ANSWER, message, location=self.get_location())
            return body
        box = answer_box("", box_head("", "", box_kind("", _("Answer"))), *body, classes=["mi-answer"])
        self.set_source_info(box)
        box["ids"].append(make_id(self.env, self.state.document, "answer"))
        self.state.document.note_explicit_target(box)
        return [box]


def visit_pause_box(self: HTML5Translator, node: pause_box) -> None:
    """Open a question: a region named by its head."""
    attributes: dict[str, Any] = {"CLASS": "mi-box", "aria-labelledby": f"{node['ids'][0]}-head"}
    self.body.append(self.starttag(node, "section", **attributes))


def depart_pause_box(self: HTML5Translator, node: pause_box) -> None:
    """Close a question."""
    self.body.append("</section>\n")


def visit_answer_box(self: HTML5Translator, node: answer_box) -> None:
    """Open a folded answer. The summary stands in the place of its head."""
    self.body.append(self.starttag(node, "details"))
    self.body.append(
        f'<summary><span class="mi-when-closed">{_("Show the answer")}</span>'
        f'<span class="mi-when-open">{_("Hide the answer")}</span></summary>\n<div class="mi-answer-body">\n'
    )


def depart_answer_box(self: HTML5Translator, node: answer_box) -> None:
    """Close a folded answer."""
    self.body.append("</div>\n</details>\n")


def setup_pause(app: Sphinx) -> None:
    """Register the two directives and their boxes."""
    app.add_node(pause_box, html=(visit_pause_box, depart_pause_box))
    app.add_node(answer_box, html=(visit_answer_box, depart_answer_box))
    app.add_directive("pause-and-think", PauseDirective)
    app.add_directive("answer", AnswerDirective)
