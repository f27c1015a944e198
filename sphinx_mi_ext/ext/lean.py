"""The style sheet of the book theme without what no page of a course uses.

sphinx-book-theme stands on Bootstrap and Font Awesome, of which it shows little: nine tenths of its
style sheet are rules for parts that never occur. Rules are left out by the names of their classes;
a rule whose names are not listed here stays, so a new part of the theme is shown before it is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import translate
from itertools import pairwise

import tinycss2
from tinycss2.ast import AtRule, Declaration, FunctionBlock, HashToken, IdentToken, LiteralToken, Node, QualifiedRule

UNUSED = """
    fa fa-* fas far fab fontawesome* accordion* alert* badge* breadcrumb* btn-* card* carousel* collaps* dropdown*
    dropup* dropend* dropstart* form-* icon-link* img-* input-group* list-group* list-inline* modal* nav nav-* navbar*
    offcanvas* page-item page-link pagination* placeholder* popover* bs-* progress* ratio* spinner* stretched-*
    sticky-* fixed-* toast* tooltip* vr hstack vstack visually-* was-validated valid-* invalid-* is-valid is-invalid
    focus-ring* link-* close lead blockquote* initialism container-* [mpg]-* [mpg][tbsexy]-* col col-* row row-*
    offset-* order-* gap-* column-gap-* d-* flex-* justify-* align-* text-* bg-* border border-* rounded* shadow*
    opacity-* overflow-* object-fit* fs-* fw-* lh-* fst-* w-* h-* mw-* mh-* vw-* vh-* min-v* top-* bottom-* start-*
    end-* translate-* position-* float-* z-* user-* pe-* visible invisible table-* caption-top dataframe* sd-bg*
    sd-text* sd-outline* sd-btn* sd-badge* sd-border* admonition?* ablog* cell* com jp-* jupyter* nbinput* nboutput*
    output_area prompt rendered_html stderr thebe* tag_* widget* version-switcher* ethical* readthedocs* pst-async*
    rst-* sphinx-tabs* bd-header-announcement* bd-header-version* sidenote marginnote margin margin-* full-width
    full_width popout bd-docs-nav bd-links* bd-navbar* bd-sidebar-secondary* bd-toc* toc-* toctree-* onthispage
    current has-children xr-* tippy* gallery* sphx-*
"""
"""Patterns of the classes of parts that the frame of the book does not have."""
USED = frozenset(
    {
        *(
            "admonition-title",
            "align-left",
            "align-right",
            "align-center",
            "align-default",
            "btn-sm",
            "d-flex",
            "d-none",
        ),
        *("d-print-none", "form-control", "table-responsive", "text-center", "text-left", "text-right"),
    }
)
"""Classes that a pattern above would take, and that pages have."""
_UNUSED_CLASS = re.compile("|".join(translate(pattern) for pattern in UNUSED.split()))
_UNUSED_ID = re.compile(
    r"bd-header-version-warning|pst-back-to-top|pst-collapse-sidebar-button|pst-secondary-sidebar|jb-print-.*"
)
_GROUPS = frozenset({"media", "supports", "layer"})
_DROPPED = frozenset({"charset", "font-face", "keyframes", "-webkit-keyframes"})
"""Fonts and animations are those of icons and spinners."""
_KEEPS_WHOLE = frozenset({"is", "where", "has"})


@dataclass
class _Rule:
    head: str
    declarations: list[Declaration]


@dataclass
class _Group:
    head: str
    children: list[_Rule | _Group | str]


def lean(css: str) -> str:
    """Return the style sheet without rules and custom properties that nothing uses."""
    kept = list(_kept(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))
    read = _read_properties(kept)
    return "".join(_written(kept, read))


def _kept(parsed: Iterable[Node]) -> Iterator[_Rule | _Group | str]:
    for rule in parsed:
        if isinstance(rule, QualifiedRule):
            selectors = [part for part in _selectors(rule.prelude) if not _is_unused(part)]
            if selectors:
                contents = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
                declarations = [item for item in contents if isinstance(item, Declaration)]
                yield _Rule(",".join(tinycss2.serialize(part).strip() for part in selectors), declarations)
        elif isinstance(rule, AtRule) and rule.lower_at_keyword not in _DROPPED:
            head = f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude).rstrip()}"
            if rule.content is None:
                yield f"{head};"
            elif rule.lower_at_keyword in _GROUPS:
                inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                yield _Group(head, list(_kept(inner)))
            else:
                yield f"{head}{{{tinycss2.serialize(rule.content)}}}"


def _selectors(prelude: list[Node]) -> Iterator[list[Node]]:
    part: list[Node] = []
    for token in prelude:
        if isinstance(token, LiteralToken) and token.value == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _is_unused(selector: list[Node]) -> bool:
    """Say whether a selector asks for a class or an id that no page has; what it excludes does not count."""
    if any(isinstance(token, FunctionBlock) and token.lower_name in _KEEPS_WHOLE for token in selector):
        return False
    names = [
        token.value
        for before, token in pairwise(selector)
        if isinstance(token, IdentToken) and isinstance(before, LiteralToken) and before.value == "."
    ]
    ids = [token.value for token in selector if isinstance(token, HashToken)]
    return any(name not in USED and _UNUSED_CLASS.match(name) for name in names) or any(
        _UNUSED_ID.fullmatch(name) for name in ids
    )


def _read_properties(kept: Iterable[_Rule | _Group | str]) -> set[str]:
    """Return the custom properties that some declaration reads, directly or through others."""
    values: dict[str, set[str]] = {}
    read: set[str] = set()
    for declaration in _declarations(kept):
        names = set(_variables(declaration.value))
        if declaration.name.startswith("--"):
            values.setdefault(declaration.name, set()).update(names)
        else:
            read |= names
    waiting = list(read)
    while waiting:
        new = values.get(waiting.pop(), set()) - read
        read |= new
        waiting.extend(new)
    return read


def _declarations(kept: Iterable[_Rule | _Group | str]) -> Iterator[Declaration]:
    for item in kept:
        if isinstance(item, _Rule):
            yield from item.declarations
        elif isinstance(item, _Group):
            yield from _declarations(item.children)


def _variables(tokens: Iterable[Node]) -> Iterator[str]:
    for token in tokens:
        inner = getattr(token, "arguments", None) or getattr(token, "content", None) or []
        if isinstance(token, FunctionBlock) and token.lower_name == "var":
            yield from (item.value for item in inner if isinstance(item, IdentToken) and item.value.startswith("--"))
        yield from _variables(inner)


def _written(kept: Iterable[_Rule | _Group | str], read: set[str]) -> Iterator[str]:
    for item in kept:
        if isinstance(item, str):
            yield item
        elif isinstance(item, _Group):
            inner = "".join(_written(item.children, read))
            if inner:
                yield f"{item.head}{{{inner}}}"
        else:
            shown = [part for part in item.declarations if not part.name.startswith("--") or part.name in read]
            if shown:
                yield f"{item.head}{{{';'.join(part.serialize() for part in shown)}}}"
