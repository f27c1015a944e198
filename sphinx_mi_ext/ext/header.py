"""The head of a topic or block: where it belongs, what it asks, what to read first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from markupsafe import Markup
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_mi_ext.ext.builders import builder_of, is_web
from sphinx_mi_ext.ext.domain import course_domain
from sphinx_mi_ext.ext.locale import _
from sphinx_mi_ext.ext.outline import outline
from sphinx_mi_ext.ext.records import difficulty_label, href, link_nodes, title_html, topic_view
from sphinx_mi_ext.ext.templates import render
from sphinx_mi_ext.ext.tree import PageTree, pages_of
from sphinx_mi_ext.nodes import html_part

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_mi_ext.course.model import Block, Topic


_TITLE = Markup("<!-- the title -->")


class AddHeaders(SphinxPostTransform):
    """Put a head over each topic and block.

    On the web it is a template, written in two parts with the title between them, so that the title
    stays one: for search, for its level, for its anchor. Elsewhere it is a paragraph and a list below
    the title:

    .. code-block:: text

        paragraph: emphasis: the description
        bullet_list: block, difficulty, reading time, what to read first
    """

    # After references are resolved (10): the links made here are final.
    default_priority = 400

    def run(self, **kwargs: Any) -> None:
        """Add the heads of all pages of the tree."""
        web = is_web(builder_of(self.env))
        course = course_domain(self.env).course
        topics = {topic.docname: topic for topic in course.topics.values()}
        blocks = {block.docname: block for block in course.blocks.values()}
        for page in pages_of(self.document, self.env):
            record = topics.get(page.docname) or blocks.get(page.docname)
            title = page.section and next(iter(page.section.findall(nodes.title)), None)
            if record is None or page.section is None or title is None or title.parent is not page.section:
                continue
            at = page.section.index(title)
            if web:
                before, after = self._html(record, page)
                page.section.insert(at, html_part("", html=before, classes=["no-search"]))
                page.section.insert(at + 2, html_part("", html=after, classes=["no-search"]))
            else:
                page.section[at + 1 : at + 1] = self._nodes(record, page)

    def _html(self, record: Topic | Block, page: PageTree) -> tuple[str, str]:
        """Return what stands before the title and what stands after it."""
        before, _mark, after = self._rendered(record, page).partition(_TITLE)
        return before, after

    def _rendered(self, record: Topic | Block, page: PageTree) -> str:
        course = course_domain(self.env).course
        builder = builder_of(self.env)
        common = {
            "home": href(self.env, page.docname, self.config.root_doc),
            "title": _TITLE,
            "description": record.description,
            "outline": outline(self.env, page.docname),
            "prefix": page.prefix,
        }
        if record.slug in course.blocks and course.blocks[record.slug] is record:
            listed = course.topics_of(record)
            minutes = sum(course.minutes(topic) for topic in listed)
            number = course.block_number(record)
            return render(builder, "block-header", number=number, count=len(listed), minutes=minutes, **common)
        topic = course.topics[record.slug]
        block = course.block_of(topic)
        siblings = course.topics_of(block) if block else ()
        return render(
            builder,
            "topic-header",
            topic=topic_view(self.env, topic, page.docname),
            block=block
            and {
                "href": href(self.env, page.docname, block.docname),
                "title": title_html(self.env, block),
                "number": course.block_number(block),
            },
            position=siblings.index(topic) + 1 if topic in siblings else 0,
            count=len(siblings),
            read_first=[topic_view(self.env, before, page.docname) for before in course.prerequisites(topic)],
            elsewhere=self._elsewhere(topic),
            **common,
        )

    def _elsewhere(self, topic: Topic) -> list[str]:
        """Return the prerequisites that have no page here: of other courses, and those that are not found."""
        course = course_domain(self.env).course
        return [
            course.planned.get(item.slug) or item.title or item.slug
            for item in topic.prerequisites
            if item.course or item.slug not in course.topics
        ]

    def _nodes(self, record: Topic | Block, page: PageTree) -> list[nodes.Node]:
        course = course_domain(self.env).course
        made: list[nodes.Node] = []
        if record.description:
            made.append(nodes.paragraph("", "", nodes.emphasis(record.description, record.description)))
        topic = course.topics.get(record.slug)
        if topic is not record:
            return made
        facts: list[tuple[str, list[nodes.Node]]] = []
        if block := course.block_of(topic):
            facts.append((_("Block"), link_nodes(self.env, block, page.docname)))
        if topic.difficulty:
            facts.append((_("Difficulty"), [nodes.Text(difficulty_label(topic.difficulty))]))
        facts.append((_("Reading time"), [nodes.Text(_("%d min") % course.minutes(topic))]))
        first = [link_nodes(self.env, before, page.docname) for before in course.prerequisites(topic)]
        first += [[nodes.Text(name)] for name in self._elsewhere(topic)]
        if first:
            joined = [
                node for number, link in enumerate(first) for node in ([nodes.Text("; ")] if number else []) + link
            ]
            facts.append((_("Read first"), joined))
        items = [nodes.list_item("", nodes.paragraph("", "", nodes.Text(f"{name}: "), *value)) for name, value in facts]
        return [*made, nodes.bullet_list("", *items, bullet="*", classes=["mi-topic-facts"])]


def visit_html_part(self: HTML5Translator, node: html_part) -> None:
    """Write what a template has made."""
    self.body.append(node["html"])
    raise nodes.SkipNode


def setup_header(app: Sphinx) -> None:
    """Register the transform and the part it makes."""
    app.add_post_transform(AddHeaders)
    app.add_node(html_part, html=(visit_html_part, None))
