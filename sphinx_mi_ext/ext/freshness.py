"""Which pages to write again: those that show something of another page that has changed.

Sphinx writes a page again when its own source changes. A topic also shows titles of its
prerequisites, descriptions of what it leads to, the definitions behind its terms; so each page's
share of the rest of the course is kept as a digest, and compared after every reading.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sphinx.util.nodes import clean_astext

from sphinx_mi_ext.course.paths import PathError, learning_path
from sphinx_mi_ext.ext.builders import builder_of
from sphinx_mi_ext.ext.domain import CourseDomain, course_domain
from sphinx_mi_ext.ext.frontmatter import kind_of, slug_of
from sphinx_mi_ext.ext.navigation import shows_course

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_mi_ext.course.model import Block, Course, Page, PathRequest, Topic


def pages_to_write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the documents whose share of the rest of the course has changed since they were written."""
    domain = course_domain(env)
    known = domain.shown(app.builder.name)
    now = _digests(env, domain)
    stale = [docname for docname in sorted(now) if known.get(docname) != now[docname]]
    known.clear()
    known.update(now)
    return stale


def pages_to_read_again(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> list[str]:
    """Return the documents with a link to a topic that has come or gone: MyST reads such a link by what is there."""
    slugs = {slug_of(docname) for docname in added | removed if kind_of(app.config, docname) == "topic"}
    return [docname for docname, page in course_domain(env).pages.items() if slugs.intersection(page.mentioned)]


def _digests(env: BuildEnvironment, domain: CourseDomain) -> dict[str, str]:
    course = domain.course
    builder = builder_of(env)
    relations = env.collect_relations() if builder.format == "html" else {}
    whole = tuple(_whole(env, course))
    front = env.toctree_includes.get(env.config.root_doc, ())
    sidebar = (whole, [(docname, env.titles[docname].astext()) for docname in front if docname in env.titles])
    digests = {}
    for docname in env.all_docs:
        share: list[object] = [env.titles[near].astext() for near in relations.get(docname, ()) if near in env.titles]
        if docname in domain.pages:
            share.extend(_share(env, domain, domain.pages[docname], whole))
        if builder.format == "html" and shows_course(builder, docname):  # type: ignore[arg-type]
            share.append(sidebar)
        digests[docname] = hashlib.sha256(repr(share).encode()).hexdigest()
    return digests


def _share(env: BuildEnvironment, domain: CourseDomain, page: Page, whole: tuple[object, ...]) -> Iterator[object]:
    course = domain.course
    for name in page.used_terms:
        term = domain.find_term(name)
        yield term and (term.name, term.docname, term.anchor, term.body)
    yield [domain.works.get(key) for key in page.cited]
    yield [(slug, slug in course.topics) for slug in page.mentioned]
    if "topics" in page.shows:
        yield whole
    if "graph" in page.shows:
        yield [(_topic(env, course, topic), course.graph[slug]) for slug, topic in course.topics.items()]
    for request in page.paths:
        yield _path(env, course, request)
    if "terms" in page.shows:
        yield [(term.name, term.aliases, term.docname, term.anchor, term.body) for term in course.terms]
    if page.block is not None and page.block.slug in course.blocks:
        block = course.blocks[page.block.slug]
        yield course.block_number(block), [course.minutes(topic) for topic in course.topics_of(block)]
    if page.topic is not None:
        topic = page.topic
        own_block = course.block_of(topic)
        yield own_block and (
            _title(env, own_block),
            own_block.docname,
            course.block_number(own_block),
            own_block.topics,
        )
        yield [(_title(env, before), before.docname) for before in course.prerequisites(topic)]
        yield [_topic(env, course, after) for after in course.leads_to(topic)]


def _whole(env: BuildEnvironment, course: Course) -> Iterator[object]:
    for block in course.blocks.values():
        yield _title(env, block), block.docname, block.description
        yield [_topic(env, course, topic) for topic in course.topics_of(block)]


def _path(env: BuildEnvironment, course: Course, request: PathRequest) -> object:
    try:
        path = learning_path(course, request.goal, request.known)
    except PathError as error:
        return str(error)
    steps = [(_title(env, step.topic), step.topic.docname, step.minutes) for step in path.steps]
    return steps, len(path.known)


def _topic(env: BuildEnvironment, course: Course, topic: Topic) -> tuple[object, ...]:
    facts = (topic.description, topic.difficulty, topic.category, course.minutes(topic))
    return (_title(env, topic), topic.docname, *facts)


def _title(env: BuildEnvironment, record: Topic | Block) -> str:
    return clean_astext(env.titles[record.docname]) if record.docname in env.titles else record.title


def setup_freshness(app: Sphinx) -> None:
    """Register the comparison."""
    # After sphinxcontrib-bibtex (500) has taken stock of what is cited.
    app.connect("env-updated", pages_to_write_again, priority=800)
    app.connect("env-get-outdated", pages_to_read_again)
