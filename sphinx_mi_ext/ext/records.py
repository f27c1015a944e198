"""What templates and lists show of a topic, a block or a term: addresses, titles and labels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from docutils import nodes
from markupsafe import Markup
from sphinx.errors import NoUri
from sphinx.util.nodes import make_refnode

from sphinx_mi_ext.ext.builders import builder_of
from sphinx_mi_ext.ext.domain import course_domain
from sphinx_mi_ext.ext.locale import _
from sphinx_mi_ext.ext.templates import html_of

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from sphinx_mi_ext.course.model import Block, Difficulty, Run, Term, Topic

_RUN_NODES: dict[str, type[nodes.TextElement]] = {
    "emphasis": nodes.emphasis,
    "strong": nodes.strong,
    "code": nodes.literal,
}


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic as an HTML page that links to it shows it."""

    slug: str
    href: str
    title: Markup
    description: str
    difficulty: str
    level: int
    minutes: int


def topic_view(env: BuildEnvironment, topic: Topic, from_docname: str) -> TopicView:
    """Return what the page `from_docname` shows of `topic`."""
    return TopicView(
        slug=topic.slug,
        href=href(env, from_docname, topic.docname),
        title=title_html(env, topic),
        description=topic.description,
        difficulty=difficulty_label(topic.difficulty),
        level=topic.difficulty.level if topic.difficulty else 0,
        minutes=course_domain(env).course.minutes(topic),
    )


def href(env: BuildEnvironment, from_docname: str, to_docname: str, anchor: str = "") -> str:
    """Return the relative address of a document, or of a place in it."""
    if from_docname == to_docname and anchor:
        return f"#{anchor}"
    builder = builder_of(env)
    if builder.name == "singlehtml" and (anchor or to_docname == env.config.root_doc):
        return f"#{anchor}"  # the page itself: what Sphinx writes for it leads nowhere
    return builder.get_relative_uri(from_docname, to_docname) + (f"#{anchor}" if anchor else "")


def title_nodes(env: BuildEnvironment, record: Topic | Block) -> list[nodes.Node]:
    """Return the title of a page as nodes, markup included."""
    title = env.titles.get(record.docname)
    children = [child.deepcopy() for child in title.children] if title is not None else []
    return children or [nodes.Text(record.title)]


def title_html(env: BuildEnvironment, record: Topic | Block) -> Markup:
    """Return the title of a page as HTML."""
    render = partial(html_of, builder_of(env), title_nodes(env, record))
    return Markup(course_domain(env).title_html(record.docname, render))  # noqa: S704 - it was rendered as HTML


def link_nodes(env: BuildEnvironment, record: Topic | Block, from_docname: str) -> list[nodes.Node]:
    """Return a link to a page under its title, or the title where the builder has no addresses."""
    children = title_nodes(env, record)
    try:
        return [make_refnode(builder_of(env), from_docname, record.docname, "", nodes.inline("", "", *children))]
    except NoUri:
        return children


def run_nodes(runs: tuple[Run, ...]) -> list[nodes.Node]:
    """Return the stored text of a definition as nodes."""
    made: list[nodes.Node] = []
    for run in runs:
        if run.kind == "math":
            made.append(nodes.math(run.text, run.text))
        elif run.kind in _RUN_NODES:
            made.append(_RUN_NODES[run.kind](run.text, run.text))
        else:
            made.append(nodes.Text(run.text))
    return made


def term_html(env: BuildEnvironment, term: Term) -> Markup:
    """Return the text of a definition as HTML."""
    return html_of(builder_of(env), run_nodes(term.body))


def difficulty_label(difficulty: Difficulty | None) -> str:
    """Return the name of a difficulty as a reader sees it."""
    names = {"foundational": _("Foundational"), "intermediate": _("Intermediate"), "advanced": _("Advanced")}
    return names[difficulty.value] if difficulty else ""
