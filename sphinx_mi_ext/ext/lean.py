"""The style sheet of the book theme without what no page of a course uses.

sphinx-book-theme stands on Bootstrap and Font Awesome, of which it shows little: nine tenths of its
style sheet are rules for parts that never occur. What is left out here is told by the names of
classes; rules whose names are not known to be unused stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

UNUSED = re.compile(
    r"""(?x)\.(?:
      fa | fa-.* | fas | far | fab | fontawesome.* | accordion.* | alert.* | badge.* | breadcrumb.*
    | btn-(?!sm$).* | btn-group.* | card.* | carousel.* | collaps.* | dropdown.* | drop(?:up|end|start).*
    | dropdown-.* | form-(?!control$).* | icon-link.* | img-.* | input-group.* | list-group.* | list-inline.*
    | modal.* | nav | nav-.* | navbar.* | offcanvas.* | page-(?:item|link) | pagination.* | placeholder.*
    | popover.* | bs-.* | progress.* | ratio.* | spinner.* | stretched-.* | sticky-.* | fixed-.* | toast.*
    | tooltip.* | vr | hstack | vstack | visually-.* | was-validated | (?:in)?valid-.* | is-(?:in)?valid
    | focus-ring.* | link-.* | close | lead | blockquote.* | initialism | container-.* | [mpg][tbsexy]?-.* | col
    | col-.* | row | row-.* | row-cols-.* | offset-.* | order-.* | gap-.* | (?:row|column)-gap-.*
    | d-(?!none$|flex$|print-none$).* | flex-.* | justify-.*
    | align-(?:self|content|items|baseline|top|middle|bottom|text).* | text-(?!center$|left$|right$).* | bg-.*
    | border | border-.* | rounded.* | shadow.* | opacity-.* | overflow-.* | object-fit.* | fs-.* | fw-.*
    | lh-.* | fst-.* | w-.* | h-.* | mw-.* | mh-.* | vw-.* | vh-.* | min-v.* | top-.* | bottom-.* | start-.*
    | end-.* | translate-.* | position-.* | float-.* | z-.* | user-.* | pe-.* | (?:in)?visible
    | table-(?!responsive$).* | caption-top | dataframe.* | sd-(?:bg|text|outline|btn|badge|border)-?.*
    | sd-(?:btn|badge) | admonition(?!-title$).* | ablog.* | cell.* | com | jp-.* | jupyter.*
    | nb(?:in|out)put.* | output_area | prompt | rendered_html | stderr | thebe.* | tag_.* | widget.*
    | version-switcher.* | ethical.* | readthedocs.* | pst-async.* | rst-.* | sphinx-tabs.*
    | bd-header-announcement.* | bd-header-version.* | sidenote | marginnote | margin | margin-.* | full-width
    | full_width | popout | bd-docs-nav | bd-links.* | bd-navbar.* | bd-sidebar-secondary.* | bd-toc.* | toc-.*
    | toctree-.* | onthispage | current | has-children | xr-.* | tippy.* | gallery.* | sphx-.*
    )(?=\Z|[^\w-])"""
)
"""Classes, each with its dot, of parts that the frame of the book does not have."""
_UNUSED_IDS = (
    "#bd-header-version-warning",
    "#pst-back-to-top",
    "#pst-collapse-sidebar-button",
    "#pst-secondary-sidebar",
    "#jb-print-",
)
_CLASS = re.compile(r"\.-?[A-Za-z_][\w-]*")
_NEGATED = re.compile(r":not\([^()]*\)")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")


def lean(css: str) -> str:
    """Return the style sheet without rules and custom properties that nothing uses."""
    return _without_unread_variables("".join(_kept(_without_comments(css))))


def _without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def _kept(css: str) -> Iterator[str]:
    for head, body in rules(css):
        name = head.split(None, 1)[0].lower() if head else ""
        if name.startswith(("@media", "@supports", "@layer")):
            inner = "".join(_kept(body))
            if inner:
                yield f"{head}{{{inner}}}"
        elif name.startswith("@"):
            if not name.startswith(("@font-face", "@charset", "@keyframes", "@-webkit-keyframes")):
                yield f"{head}{{{body}}}" if body else f"{head};"
        else:
            selectors = [part for part in _split(head) if not _is_unused(part)]
            if selectors and body.strip():
                yield f"{','.join(selectors)}{{{body}}}"


def rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield the rules of a style sheet without comments: what stands before the braces, and within."""
    start = at = 0
    while at < len(css):
        sign = css[at]
        if sign in "\"'":
            at = _end_of_string(css, at)
        elif sign == ";":
            yield css[start:at].strip(), ""
            start = at + 1
        elif sign == "{":
            end = _closing(css, at)
            yield css[start:at].strip(), css[at + 1 : end]
            start, at = end + 1, end
        at += 1


def _end_of_string(css: str, at: int) -> int:
    quote = css[at]
    at += 1
    while at < len(css) and css[at] != quote:
        at += 2 if css[at] == "\\" else 1
    return at


def _closing(css: str, at: int) -> int:
    depth = 0
    while at < len(css):
        if css[at] in "\"'":
            at = _end_of_string(css, at)
        elif css[at] == "{":
            depth += 1
        elif css[at] == "}":
            depth -= 1
            if not depth:
                return at
        at += 1
    return len(css)


def _split(selectors: str) -> list[str]:
    """Split a list of selectors at the commas that stand in no parentheses or brackets."""
    return re.split(r",(?![^(\[]*[)\]])", selectors)


def _is_unused(selector: str) -> bool:
    if any(name in selector for name in _UNUSED_IDS):
        return True
    # What a selector excludes may well be unused. A list within :is() or :where() is kept whole.
    plain = _NEGATED.sub("", selector)
    if ":is(" in plain or ":where(" in plain or ":has(" in plain:
        return False
    return any(UNUSED.match(name) for name in _CLASS.findall(plain))


def _without_unread_variables(css: str) -> str:
    """Leave out custom properties that no declaration reads; some are read only by such."""
    while True:
        read = set(_VARIABLE.findall(css))

        def keep(found: re.Match[str], read: set[str] = read) -> str:
            return found[0] if found[2] in read else found[1]

        shorter = re.sub(r"([{;]|^)\s*(--[\w-]+)\s*:[^;{}]*(?:;|(?=\}))", keep, css)
        shorter = re.sub(r"(?:(?<=[{}])|^)[^{}\"']+\{\s*\}", "", shorter)
        if shorter == css:
            return css
        css = shorter
