"""`{topic-list}` and `{course-glossary}`: what the whole course has, on one page."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

from sphinx_mi_ext.course.finding import Rule
from sphinx_mi_ext.course.model import Category, Difficulty
from sphinx_mi_ext.course.nearest import did_you_mean
from sphinx_mi_ext.ext.builders import builder_of
from sphinx_mi_ext.ext.definitions import comma_separated
from sphinx_mi_ext.ext.domain import course_domain
from sphinx_mi_ext.ext.locale import _
from sphinx_mi_ext.ext.log import warn
from sphinx_mi_ext.ext.records import difficulty_label, link_nodes, run_nodes
from sphinx_mi_ext.nodes import term_list, topic_list

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec

    from sphinx_mi_ext.course.model import Block, Course, Term, Topic

_FILTERS = ("block", "difficulty", "category")


class TopicListDirective(SphinxDirective):
    """List the topics of the course under their blocks, or those that the options select.

    Makes a place that is filled in when the page is written: the list depends on every page.
    """

    option_spec: ClassVar[OptionSpec] = dict.fromkeys(_FILTERS, comma_separated)

    def run(self) -> list[nodes.Node]:
        """Return the place."""
        place = topic_list("", **{name: self.options.get(name, []) for name in _FILTERS}, docname=self.env.docname)
        self.set_source_info(place)
        return [place]


class GlossaryDirective(SphinxDirective):
    """List every definition of the course with its text, by name."""

    def run(self) -> list[nodes.Node]:
        """Return the place."""
        place = term_list("", docname=self.env.docname)
        self.set_source_info(place)
        return [place]


class FillLists(SphinxPostTransform):
    """Fill in the lists.

    Topics become a bullet list a block, under a paragraph with the block's title when several are
    shown; the glossary becomes a definition list. Every builder writes these; style sheets of the
    web arrange them by their classes.
    """

    # After references are resolved (10): the links made here are final.
    default_priority = 420

    def run(self, **kwargs: Any) -> None:
        """Replace the places by the lists."""
        for place in list(self.document.findall(topic_list)):
            place.replace_self(self._topics(place) or nodes.comment())
        for glossary in list(self.document.findall(term_list)):
            terms = sorted(course_domain(self.env).course.terms, key=lambda term: (term.name.casefold(), term.docname))
            items = [self._term(term, glossary["docname"]) for term in terms]
            made = nodes.definition_list("", *items, classes=["mi-glossary"]) if items else nodes.comment()
            glossary.replace_self(made)

    def _topics(self, place: topic_list) -> list[nodes.Node]:
        course = course_domain(self.env).course
        _check_selection(place, course)
        blocks = [block for block in course.blocks.values() if not place["block"] or block.slug in place["block"]]
        chosen = [(block, [topic for topic in course.topics_of(block) if _selected(topic, place)]) for block in blocks]
        chosen = [(block, topics) for block, topics in chosen if topics]
        one = len(place["block"]) == 1
        if one:
            return [self._list(topics, place["docname"], described=True) for _block, topics in chosen]
        items = [nodes.list_item("", *self._block(block, topics, place["docname"])) for block, topics in chosen]
        placed = {topic.slug for block in course.blocks.values() for topic in course.topics_of(block)}
        loose = [topic for slug, topic in course.topics.items() if slug not in placed and _selected(topic, place)]
        if loose and not place["block"]:
            if not items:
                return [self._list(loose, place["docname"], described=True)]
            items.append(nodes.list_item("", self._list(loose, place["docname"], described=False)))
        return (
            [nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".", classes=["mi-blocks"])]
            if items
            else []
        )

    def _block(self, block: Block, topics: list[Topic], docname: str) -> list[nodes.Node]:
        head = nodes.paragraph(
            "", "", nodes.strong("", "", *link_nodes(self.env, block, docname)), classes=["mi-block-title"]
        )
        described = [nodes.paragraph(block.description, block.description)] if block.description else []
        return [head, *described, self._list(topics, docname, described=False)]

    def _list(self, topics: list[Topic], docname: str, *, described: bool) -> nodes.bullet_list:
        course = course_domain(self.env).course
        items = []
        for topic in topics:
            minutes = _("%d min") % course.minutes(topic)
            facts = f"{difficulty_label(topic.difficulty)}, {minutes}" if described and topic.difficulty else minutes
            line = nodes.paragraph(
                "",
                "",
                *link_nodes(self.env, topic, docname),
                nodes.Text(" "),
                nodes.inline(facts, facts, classes=["mi-meta"]),
            )
            item = nodes.list_item("", line)
            if described and topic.description:
                item += nodes.paragraph(topic.description, topic.description)
            items.append(item)
        return nodes.bullet_list("", *items, bullet="*", classes=["mi-topics" if described else "mi-topic-lines"])

    def _term(self, term: Term, docname: str) -> nodes.definition_list_item:
        name: list[nodes.Node] = [nodes.Text(term.name)]
        with suppress(NoUri):
            name = [make_refnode(builder_of(self.env), docname, term.docname, term.anchor, nodes.inline("", "", *name))]
        body = nodes.paragraph("", "", *run_nodes(term.body))
        if term.aliases:
            also = _("Also: %s.") % ", ".join(term.aliases)
            body += [nodes.Text(" "), nodes.inline(also, also, classes=["mi-meta"])]
        return nodes.definition_list_item("", nodes.term("", "", *name), nodes.definition("", body))


def _selected(topic: Topic, place: topic_list) -> bool:
    return (not place["difficulty"] or (topic.difficulty or "") in place["difficulty"]) and (
        not place["category"] or (topic.category or "") in place["category"]
    )


def _check_selection(place: topic_list, course: Course) -> None:
    known: dict[str, list[str]] = {
        "block": list(course.blocks),
        "difficulty": list(Difficulty),
        "category": list(Category),
    }
    for name, values in known.items():
        for wrong in (value for value in place[name] if value not in values):
            message = f"the {name} '{wrong}' does not exist{did_you_mean(wrong, values)}"
            warn(Rule.UNKNOWN_SELECTION, message, location=place)


def setup_lists(app: Sphinx) -> None:
    """Register the directives and the transform."""
    app.add_node(topic_list)
    app.add_node(term_list)
    app.add_directive("topic-list", TopicListDirective)
    app.add_directive("course-glossary", GlossaryDirective)
    app.add_post_transform(FillLists)
