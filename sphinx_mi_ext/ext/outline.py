"""The sections of a page, as a reader jumps to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_mi_ext.ext.builders import builder_of
from sphinx_mi_ext.ext.templates import html_of

if TYPE_CHECKING:
    from markupsafe import Markup
    from sphinx.environment import BuildEnvironment


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its address within the page, its title as HTML, and its subsections."""

    href: str
    title: Markup
    sections: tuple[Section, ...] = ()


def outline(env: BuildEnvironment, docname: str, depth: int = 2) -> tuple[Section, ...]:
    """Return the sections of a page below its title, `depth` levels of them."""
    toc = env.tocs.get(docname)
    if toc is None or not toc.children:
        return ()
    page = toc.children[0]
    return _sections(env, page, depth) if isinstance(page, nodes.Element) else ()


def _sections(env: BuildEnvironment, item: nodes.Element, depth: int) -> tuple[Section, ...]:
    if not depth:
        return ()
    made = []
    for entries in (child for child in item.children if isinstance(child, nodes.bullet_list)):
        for entry in (child for child in entries.children if isinstance(child, nodes.Element)):
            link = next(iter(entry.findall(nodes.reference)), None)
            if link is not None and link.get("anchorname"):
                title = html_of(builder_of(env), list(link.children))
                made.append(Section(link["anchorname"], title, _sections(env, entry, depth - 1)))
    return tuple(made)
