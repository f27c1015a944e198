"""The foot of a topic on the web: what it leads to, the terms it defines, the references of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_mi_ext.ext.builders import builder_of, is_web
from sphinx_mi_ext.ext.citations import citation_marks
from sphinx_mi_ext.ext.domain import course_domain
from sphinx_mi_ext.ext.records import term_html, topic_view
from sphinx_mi_ext.ext.templates import render
from sphinx_mi_ext.ext.tree import PageTree, pages_of
from sphinx_mi_ext.nodes import html_part

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx

    from sphinx_mi_ext.course.model import Topic


class AddFooters(SphinxPostTransform):
    """Put a foot under each topic."""

    # After the citations have become links into the list that is made here (350).
    default_priority = 410
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Add the feet of all pages of the tree."""
        if not is_web(builder_of(self.env)):
            return
        topics = {topic.docname: topic for topic in course_domain(self.env).course.topics.values()}
        for page in pages_of(self.document, self.env):
            topic = topics.get(page.docname)
            if topic is not None and page.section is not None:
                page.section.append(html_part("", html=self._html(topic, page), classes=["no-search"]))

    def _html(self, topic: Topic, page: PageTree) -> str:
        domain = course_domain(self.env)
        works = domain.works
        record = domain.pages[page.docname]
        marks = citation_marks(page)
        cited = sorted((works[key] for key in record.cited if key in works), key=lambda work: (work.label, work.key))
        return render(
            builder_of(self.env),
            "topic-footer",
            topic=topic,
            prefix=page.prefix,
            leads_to=[topic_view(self.env, after, page.docname) for after in domain.course.leads_to(topic)],
            terms=[
                {"name": term.name, "href": f"#{term.anchor}", "body": term_html(self.env, term)}
                for term in record.terms
            ],
            references=[{"work": work, "marks": marks.get(work.key, ())} for work in cited],
        )


def setup_footer(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(AddFooters)
