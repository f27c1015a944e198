"""`{definition}`: the one place where a term is defined, and the terms that `{term}` finds there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.domains.std import make_glossary_term
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_id, make_refnode

from sphinx_mi_ext.course.finding import Rule
from sphinx_mi_ext.ext.boxes import separator
from sphinx_mi_ext.ext.domain import course_domain
from sphinx_mi_ext.ext.locale import _
from sphinx_mi_ext.ext.log import warn
from sphinx_mi_ext.nodes import box_head, box_kind, definition_box

if TYPE_CHECKING:
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import OptionSpec
    from sphinx.writers.html5 import HTML5Translator


def comma_separated(argument: str | None) -> list[str]:
    """Split an option's value at its commas."""
    return [part.strip() for part in (argument or "").split(",") if part.strip()]


class DefinitionDirective(SphinxDirective):
    """Define a term.

    Makes

    .. code-block:: text

        definition_box (an admonition)
          box_head (a title): box_kind "Definition", ": ", the term
          the text

    which every builder writes as an admonition with its title. The term and its aliases become
    terms of the standard domain, so that `{term}` and other projects' intersphinx find them.
    """

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = {
        "aliases": comma_separated,
        "class": directives.class_option,
        "name": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Return the box; without a term, the bare text and a warning."""
        body = self.parse_content_to_nodes()
        if not self.arguments:
            warn(
                Rule.EMPTY_DEFINITION,
                "a definition has no term; write '{definition} The term'",
                location=self.get_location(),
            )
            return body
        if not body:
            message = f"the definition of '{self.arguments[0]}' has no text; write it below the term"
            warn(Rule.EMPTY_DEFINITION, message, location=self.get_location())
        name_nodes, messages = self.parse_inline(self.arguments[0])
        head = box_head(
            "",
            "",
            box_kind("", _("Definition")),
            separator(),
            nodes.inline("", "", *name_nodes, classes=["mi-term-name"]),
        )
        box = definition_box("", head, *body, classes=["mi-definition"])
        box["term_name"] = nodes.inline("", "", *[node.deepcopy() for node in name_nodes]).astext()
        box["aliases"] = self.options.get("aliases", [])
        box["classes"] += self.options.get("class", [])
        self.set_source_info(box)
        self.set_source_info(head)
        self._note_terms(box)
        return [box, *messages]

    def _note_terms(self, box: definition_box) -> None:
        """Give the box an anchor, and the standard domain the terms that lead to it."""
        known = self.env.domains.standard_domain.objects
        anchor = make_id(self.env, self.state.document, "term", box["term_name"])
        box["ids"].append(anchor)
        if "name" in self.options:
            self.add_name(box)
        else:
            self.state.document.note_explicit_target(box)
        for name in (box["term_name"], *box["aliases"]):
            # A second definition is reported once, by our own rule, and not by the standard domain too.
            if ("term", name) not in known:
                term = make_glossary_term(
                    self.env, [nodes.Text(name)], None, box.source or "", box.line or 0, anchor, self.state.document
                )
                box.extend(term.findall(addnodes.index))


def resolve_inflected_term(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.Element
) -> nodes.reference | None:
    """Resolve `{term}` with a plural or another form that no definition has literally."""
    if node.get("reftype") != "term":
        return None
    term = course_domain(env).find_term(node["reftarget"])
    if term is None:
        return None
    return make_refnode(app.builder, node["refdoc"], term.docname, term.anchor, contnode, term.name)


def let_first_definitions_win(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Lead `{term}` to the first definition in reading order, whichever process read it first."""
    standard = env.domains.standard_domain
    for term in reversed(course_domain(env).course.terms):
        for name in term.names:
            standard.objects["term", name] = (term.docname, term.anchor)
            # The standard domain looks terms up in lower case, too, and offers no public way to say them.
            standard._terms[name.lower()] = (term.docname, term.anchor)
    return []


def visit_definition_box(self: HTML5Translator, node: definition_box) -> None:
    """Open the box of a definition."""
    label = f"{node['ids'][0]}-head"
    attributes: dict[str, Any] = {"CLASS": "mi-box", "ROLE": "note", "aria-labelledby": label}
    self.body.append(self.starttag(node, "div", **attributes))


def depart_definition_box(self: HTML5Translator, node: definition_box) -> None:
    """Close the box of a definition."""
    self.body.append("</div>\n")


def setup_definitions(app: Sphinx) -> None:
    """Register the directive, its box and the resolver of inflected terms."""
    app.add_node(definition_box, html=(visit_definition_box, depart_definition_box))
    app.add_directive("definition", DefinitionDirective)
    app.connect("missing-reference", resolve_inflected_term)
    app.connect("env-updated", let_first_definitions_win)
