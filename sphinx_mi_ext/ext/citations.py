"""Citations: one stable label a work, and links that show the full reference.

sphinxcontrib-bibtex resolves the citations and writes the bibliography. What is added here is its
style, and on the web a list of references at the foot of each topic, which the links lead to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pybtex.plugin
import sphinxcontrib.bibtex.plugin
from docutils import nodes
from pybtex.style.formatting.unsrt import Style as UnsrtStyle
from pybtex.style.template import field as entry_field
from pybtex.style.template import join
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.bibtex.style.referencing import BracketStyle, GroupReferenceStyle
from sphinxcontrib.bibtex.style.referencing.basic_author_year import (
    BasicAuthorYearParentheticalReferenceStyle,
    BasicAuthorYearTextualReferenceStyle,
)
from sphinxcontrib.bibtex.style.referencing.extra_empty import ExtraEmptyReferenceStyle
from sphinxcontrib.bibtex.style.template import join2, post_text, pre_text, reference

from sphinx_mi_ext.ext.builders import builder_of, is_web
from sphinx_mi_ext.ext.config import options
from sphinx_mi_ext.ext.domain import course_domain
from sphinx_mi_ext.ext.hover import hover_on
from sphinx_mi_ext.ext.tree import PageTree, pages_of
from sphinx_mi_ext.nodes import hover

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from pybtex.database import Entry
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from sphinx_mi_ext.course.works import Work

STYLE = "course"
# The parts of the label travel as fields of the entry: a style of pybtex sees the entries of one
# bibliography only, and the label must not depend on which those are.
_NAMES, _YEAR = "course_names", "course_year"


def _round() -> BracketStyle:
    return BracketStyle(left="(", right=")", sep="; ")


@dataclass
class _Parenthetical(BasicAuthorYearParentheticalReferenceStyle):
    """`{cite:p}`: (Elhage et al., 2021a; Olah et al., 2020)."""

    def inner(self, role_name: str) -> Any:
        label = reference[join(sep=", ")[entry_field(_NAMES), entry_field(_YEAR)]]
        return join2(sep1=" ", sep2=", ")[pre_text, label, post_text]


@dataclass
class _Textual(BasicAuthorYearTextualReferenceStyle):
    """`{cite:t}`: Elhage et al. (2021a)."""

    def inner(self, role_name: str) -> Any:
        year = join2(sep1=" ", sep2=", ")[pre_text, entry_field(_YEAR), post_text]
        return reference[join(sep=" ")[entry_field(_NAMES), join["(", year, ")"]]]


@dataclass
class ReferenceStyle(GroupReferenceStyle):
    """How citations read in the text."""

    def __post_init__(self) -> None:
        self.styles.extend([_Parenthetical(bracket=_round()), _Textual(bracket=_round()), ExtraEmptyReferenceStyle()])
        super().__post_init__()  # type: ignore[no-untyped-call]


class _Labels:
    def format_labels(self, entries: Iterable[Entry]) -> Iterator[str]:
        for entry in entries:
            fields: Mapping[str, str] = entry.fields or {}
            yield f"{fields[_NAMES]}, {fields[_YEAR]}"


class BibliographyStyle(UnsrtStyle):
    """How the bibliography is sorted and labelled; entries read as in pybtex's `unsrt`."""

    default_sorting_style = "author_year_title"  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        self.label_style = _Labels()
        self.format_labels = self.label_style.format_labels


def choose_style(app: Sphinx, config: Config) -> None:
    """Use the styles above, unless the project has chosen its own."""
    if config.bibtex_bibfiles is None:
        config.bibtex_bibfiles = []
    if not options(config).citation_style:
        return
    for name, value in (
        ("bibtex_default_style", STYLE),
        ("bibtex_reference_style", STYLE),
        ("bibtex_cite_id", "ref-{key}"),
    ):
        if name not in config._raw_config and name not in config.overrides:
            setattr(config, name, value)


def label_entries(app: Sphinx) -> None:
    """Give each entry of the bibliography its label."""
    entries = app.env.get_domain("cite").bibdata.data.entries  # type: ignore[attr-defined]
    for key, work in course_domain(app.env).works.items():
        entries[key].fields[_NAMES] = work.names
        entries[key].fields[_YEAR] = work.year


class LinkCitations(SphinxPostTransform):
    """Turn the citations of a topic into links to the references of its page, with a card each."""

    # After references are resolved (10), and before the foot with the references is made (410).
    default_priority = 350
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Work page by page."""
        builder = builder_of(self.env)
        if not is_web(builder) or not options(self.config).cards:
            return
        known = course_domain(self.env).works
        topics = {topic.docname for topic in course_domain(self.env).course.topics.values()}
        for page in pages_of(self.document, self.env):
            if page.docname not in topics:
                continue
            keys = dict(_targets(self.env, page.docname))
            counts: dict[str, int] = {}
            for link in page.findall(nodes.reference):
                key = keys.get(link.get("refuri", "") or "#" + link.get("refid", ""))
                if key is None or key not in known:
                    continue
                counts[key] = counts.get(key, 0) + 1
                mark_id = f"{page.prefix}cite--{key}--{counts[key]}"
                pair = hover_on(link, mark_id=mark_id, href=f"#{page.prefix}ref--{key}", card=_card(known[key]))
                pair["cited"] = key


def _targets(env: BuildEnvironment, docname: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses, as seen from `docname`, of the entries of all bibliographies, with their keys."""
    builder = builder_of(env)
    for citation in env.get_domain("cite").citations:  # type: ignore[attr-defined]
        there = citation.bibliography_key.docname
        uri = builder.get_relative_uri(docname, there) if there != docname else ""
        yield f"{uri}#{citation.citation_id}", citation.key


def citation_marks(page: PageTree) -> dict[str, list[str]]:
    """Return the ids of the citations of a page, by key, in the order of the text."""
    marks: dict[str, list[str]] = {}
    for pair in page.findall(hover):
        if "cited" in pair:
            marks.setdefault(pair["cited"], []).append(pair["mark_id"])
    return marks


def _card(work: Work) -> list[nodes.Node]:
    def line(text: str, name: str) -> nodes.inline:
        return nodes.inline(text, text, classes=[f"mi-card-{name}"])

    made: list[nodes.Node] = [line(work.authors, "who"), line(work.title, "title")]
    made.append(line(", ".join(filter(None, (work.venue, work.year[:4]))), "where"))
    if work.url:
        made.append(nodes.reference("", work.shown_url, refuri=work.url, classes=["mi-card-url"]))
    return made


def setup_citations(app: Sphinx) -> None:
    """Register styles and the transform."""
    pybtex.plugin.register_plugin("pybtex.style.formatting", STYLE, BibliographyStyle)
    sphinxcontrib.bibtex.plugin.register_plugin("sphinxcontrib.bibtex.style.referencing", STYLE, ReferenceStyle)
    # Before sphinxcontrib-bibtex reads its options, which it does when the environment is made.
    app.connect("config-inited", choose_style, priority=200)
    app.connect("builder-inited", label_entries)
    app.add_post_transform(LinkCitations)
