"""The course in the sidebar: blocks, topics, and the sections of the current topic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.util.matching import patmatch

from sphinx_mi_ext.ext.builders import builder_of, is_web
from sphinx_mi_ext.ext.domain import course_domain
from sphinx_mi_ext.ext.outline import outline
from sphinx_mi_ext.ext.records import href, title_html, topic_view
from sphinx_mi_ext.ext.templates import TEMPLATES, html_of, render

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

SIDEBAR = "mi-nav.html"


def shows_course(builder: StandaloneHTMLBuilder, docname: str) -> bool:
    """Say whether the sidebar of a page contains the course."""
    return any(
        SIDEBAR in templates and patmatch(docname, pattern)
        for pattern, templates in builder.config.html_sidebars.items()
    )


def add_course_navigation(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Offer `mi_navigation` to the templates of a page: a function, so that pages without it pay nothing.

    It remembers its result, since some themes render a sidebar once to see whether it is empty.
    """
    if is_web(app.builder):
        made: list[str] = []

        def navigation() -> str:
            if not made:
                made.append(_navigation(app.env, pagename))
            return made[0]

        context["mi_navigation"] = navigation


def _navigation(env: BuildEnvironment, pagename: str) -> str:
    course = course_domain(env).course
    blocks = [
        {
            "number": number,
            "title": title_html(env, block),
            "href": href(env, pagename, block.docname),
            "current": pagename == block.docname or any(t.docname == pagename for t in course.topics_of(block)),
            "here": pagename == block.docname,
            "topics": [
                (topic_view(env, topic, pagename), topic.docname == pagename) for topic in course.topics_of(block)
            ],
        }
        for number, block in enumerate(course.blocks.values(), start=1)
    ]
    listed = {block.docname for block in course.blocks.values()}
    listed |= {topic.docname for block in course.blocks.values() for topic in course.topics_of(block)}
    others = [
        {"href": href(env, pagename, docname), "title": title, "here": pagename == docname}
        for docname in env.toctree_includes.get(env.config.root_doc, ())
        if docname not in listed
        for title in [html_of(builder_of(env), env.titles[docname].children)]
    ]
    return render(builder_of(env), "navigation", blocks=blocks, others=others, outline=outline(env, pagename))


def add_templates(app: Sphinx, config: Config) -> None:
    """Let any theme's `html_sidebars` name the templates of the extension, after those of the project."""
    config.templates_path = [*config.templates_path, str(TEMPLATES)]


def setup_navigation(app: Sphinx) -> None:
    """Register the templates and the context of the sidebar."""
    app.connect("config-inited", add_templates)
    app.connect("html-page-context", add_course_navigation)
