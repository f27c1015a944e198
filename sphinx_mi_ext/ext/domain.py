"""The domain `course`: the only state between documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole
from sphinx.util import docname_join
from sphinx.util.nodes import clean_astext, make_refnode

from sphinx_mi_ext.course import checks
from sphinx_mi_ext.course.inflection import base_forms
from sphinx_mi_ext.course.model import Block, Course, Page, Term, Topic, assemble
from sphinx_mi_ext.course.works import Work, works
from sphinx_mi_ext.ext.config import options
from sphinx_mi_ext.ext.log import log_finding
from sphinx_mi_ext.ext.pages import page_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, MutableMapping, Set

    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


class CourseDomain(Domain):
    """Topics, blocks and definitions, and what each page shows of the others."""

    name = "course"
    label = "Course"
    data_version = 2
    object_types: ClassVar[dict[str, ObjType]] = {
        "topic": ObjType("topic", "topic"),
        "block": ObjType("block", "block"),
        "definition": ObjType("definition", "definition"),
    }
    roles: ClassVar[dict[str, Any]] = {kind: XRefRole(warn_dangling=True) for kind in object_types}
    dangling_warnings: ClassVar[dict[str, str]] = {
        "topic": "no topic of this course has the slug '%(target)s'; correct it, or list it in course_planned",
        "block": "no block of this course has the slug '%(target)s'; correct it",
        "definition": "no definition of this course has the term '%(target)s'; correct it, or define it",
    }
    initial_data: ClassVar[dict[str, Any]] = {"pages": {}, "shown": {}}
    _course: Course | None = None
    _works: Mapping[str, Work] | None = None
    _titles: dict[str, str] | None = None

    @property
    def pages(self) -> MutableMapping[str, Page]:
        """What each document says of the course."""
        pages: MutableMapping[str, Page] = self.data["pages"]
        return pages

    def shown(self, builder: str) -> MutableMapping[str, str]:
        """Return, for each document, a digest of what it showed of others when `builder` last wrote it."""
        digests: MutableMapping[str, str] = self.data["shown"].setdefault(builder, {})
        return digests

    @property
    def course(self) -> Course:
        """The course as all pages say it; computed when it is first asked for after a change."""
        if self._course is None:
            chosen = options(self.env.config)
            self._course = assemble(
                self.pages,
                self.env.toctree_includes,
                self.env.config.root_doc,
                planned=chosen.planned,
                words_per_minute=chosen.words_per_minute,
            )
        return self._course

    @property
    def works(self) -> Mapping[str, Work]:
        """The works of the bibliography by key."""
        if self._works is None:
            self._works = works(self.env.get_domain("cite").bibdata.data.entries)  # type: ignore[attr-defined]
        return self._works

    def title_html(self, docname: str, render: Callable[[], str]) -> str:
        """Return the title of a page as HTML, rendered by `render` once: a sidebar shows each on every page."""
        if self._titles is None:
            self._titles = {}
        if docname not in self._titles:
            self._titles[docname] = render()
        return self._titles[docname]

    def find_term(self, text: str) -> Term | None:
        """Return the term that `text` names, directly, by an alias, or in an inflected form."""
        index = self.course.term_index
        return next((index[form] for form in base_forms(text) if form in index), None)

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note what `document` says of the course."""
        page, findings = page_of(env, docname, document)
        self._forget()
        if page is not None:
            self.pages[docname] = page
        for finding in findings:
            log_finding(finding, env)

    def clear_doc(self, docname: str) -> None:
        """Forget a document that is read again or removed. What it last showed stays, to be compared."""
        self._forget()
        self.pages.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        self._forget()
        for docname in docnames & otherdata["pages"].keys():
            self.pages[docname] = otherdata["pages"][docname]

    def _forget(self) -> None:
        """Drop what was computed from the pages."""
        self._course = None
        self._titles = None

    def check_consistency(self) -> None:
        """Check the course, and warn of each finding at its place."""
        for finding in checks.run(self.course):
            log_finding(finding, self.env)

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Resolve `{course:topic}`, `{course:block}` and `{course:definition}`; the text is the title unless given."""
        if typ == "definition":
            term = self.find_term(target)
            if term is None:
                return None
            return make_refnode(builder, fromdocname, term.docname, term.anchor, contnode, term.name)
        found = (self.course.topics if typ == "topic" else self.course.blocks).get(target)
        if found is None:
            return None
        if not node.get("refexplicit"):
            contnode = nodes.inline("", "", *env.titles[found.docname].deepcopy().children, classes=contnode["classes"])
        return make_refnode(builder, fromdocname, found.docname, "", contnode)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Offer topics, blocks and definitions to `{any}`.

        What the standard domain finds under the same name is left to it: a document, as seen from
        the page with the link, and a term in lower case.
        """
        if docname_join(fromdocname, target) in env.all_docs:
            return []
        is_std_term = ("term", target.lower()) in env.domains.standard_domain.objects
        found = (
            (kind, self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode))
            for kind in self.object_types
            if not (kind == "definition" and is_std_term)
        )
        return [(f"course:{kind}", reference) for kind, reference in found if reference is not None]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """List topics, blocks and definitions for the inventory and for search."""
        titles = self.env.titles
        records: list[Topic | Block] = [*self.course.topics.values(), *self.course.blocks.values()]
        for record in sorted(records, key=lambda item: (item.slug, item.docname)):
            title = clean_astext(titles[record.docname]) if record.docname in titles else record.title
            yield record.slug, title, "topic" if isinstance(record, Topic) else "block", record.docname, "", 1
        for term in sorted(self.course.terms, key=lambda item: (item.docname, item.anchor)):
            yield term.name, term.name, "definition", term.docname, term.anchor, 1


def course_domain(env: BuildEnvironment) -> CourseDomain:
    """Return the domain of this build."""
    domain = env.get_domain("course")
    assert isinstance(domain, CourseDomain)
    return domain


def setup_domain(app: Sphinx) -> None:
    """Register the domain."""
    app.add_domain(CourseDomain)
