"""Repairs of single elements: text, enclosures, spaces, names, roots, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from .errors import MathError
from .markup import Element, element, is_operator

__all__ = [
    "draw_enclosure",
    "flatten_text",
    "join_dots",
    "mend_bar",
    "mend_name",
    "narrow_rows",
    "prop_root",
    "round_space",
    "tighten_table",
]

_TEXT_STYLES: Final = {
    "b": "font-weight:bold",
    "code": "font-family:monospace",
    "em": "font-style:italic",
    "i": "font-style:italic",
    "s": "text-decoration:line-through",
    "u": "text-decoration:underline",
}
_TEXT_CLASSES: Final = {"math-core-sans-serif-font": "font-family:sans-serif", "math-core-serif-font": ""}
_STROKE: Final = (
    "linear-gradient(to {},transparent calc(50% - .03em),currentcolor calc(50% - .03em),"
    "currentcolor calc(50% + .03em),transparent calc(50% + .03em))"
)
_STROKES: Final = {
    "updiagonalstrike": _STROKE.format("bottom right"),
    "downdiagonalstrike": _STROKE.format("top right"),
}
_NULL: Final = "\u2063"
_RELATION_SPACE: Final = "0.2778em"


def flatten_text(node: Element) -> Element:
    """Turn the HTML in a text into styles: inside XHTML's MathML it would be unknown elements of MathML."""
    styles: list[str] = []
    inner = node
    while len(inner) == 1 and not (inner.text or "").strip():
        inner = inner[0]
        styles.append(_style_of(inner))
    if len(inner):
        raise MathError("This text cannot be shown in a formula.")
    flat = element("mtext", inner.text)
    style = ";".join(style for style in (node.get("style", ""), *styles) if style)
    if style:
        flat.set("style", style)
    return flat


def _style_of(node: Element) -> str:
    if node.tag == "span":
        return _TEXT_CLASSES.get(node.get("class", ""), node.get("style", "").replace(": ", ":"))
    if node.tag not in _TEXT_STYLES:
        raise MathError("This text cannot be shown in a formula.")
    return _TEXT_STYLES[node.tag]


def draw_enclosure(node: Element) -> Element:
    """Draw a box or strokes with CSS, since MathML Core has no ``menclose``; the class says what is drawn."""
    notation = node.get("notation", "")
    shown = [child for child in node if not child.get("class", "").startswith("menclose-")]
    row = element("mrow", None, *(shown[0] if len(shown) == 1 and _is_plain_row(shown[0]) else shown))
    if notation == "box":
        row.attrib = {"class": "mi-box", "style": "border:.05em solid;padding:.2em .25em"}
    elif strokes := [_STROKES[name] for name in notation.split() if name in _STROKES]:
        row.attrib = {"class": f"mi-{'x' * (len(strokes) > 1)}cancel", "style": f"background:{','.join(strokes)}"}
    else:
        raise MathError("This enclosure cannot be shown.")
    return row


def _is_plain_row(node: Element) -> bool:
    return node.tag == "mrow" and not node.attrib


def round_space(node: Element) -> Element:
    """Write a space's width in four digits; one without any keeps Firefox from spacing names of several letters."""
    if width := node.get("width"):
        node.set("width", _rounded(width))
    if style := node.get("style"):
        node.set("style", _rounded(style.rstrip(";")))
    return node


def _rounded(length: str) -> str:
    return re.sub(r"\d*\.\d+", lambda number: f"{float(number[0]):.4f}".rstrip("0").rstrip("."), length)


def mend_name(node: Element) -> Element:
    """Write the hyphen of a name (``foo-bar``) as one: math-core makes it a minus."""
    if node.text and len(node.text) > 1:
        node.text = node.text.replace("−", "-")
    return node


def mend_bar(node: Element) -> Element:
    r"""Write ``\mid`` as the plain bar that LaTeX prints, not as the sign that screen readers call 'divides'."""
    if node.text == "∣":
        spaces = {side: node.get(side, _RELATION_SPACE) for side in ("lspace", "rspace")}
        return element("mo", "|", stretchy="false", **spaces)
    return node


def join_dots(children: list[Element]) -> list[Element]:
    r"""Join the three full stops of ``\ldots`` to the one character that they mean."""
    out: list[Element] = []
    for child in children:
        out.append(child)
        if [dot.text for dot in out[-3:]] == ["."] * 3 and [dot.tag for dot in out[-3:]] == ["mo"] * 3:
            first, _, last = out[-3:]
            # Their spacing in MathML's dictionary of operators, where math-core relies on it.
            out[-3:] = [element("mo", "…", lspace=first.get("lspace", "0"), rspace=last.get("rspace", "0.1667em"))]
    return out


def prop_root(node: Element) -> Element:
    """Give a radicand the height of a line: below a short one Chromium lets the root hang under the line."""
    strut = element("mspace", width="0", height=".62em", depth=".12em")
    if node.tag == "msqrt":
        node.insert(0, strut)
    else:
        node[0] = element("mrow", None, strut, *_parts(node[0]))
    return node


def _parts(node: Element) -> Iterable[Element]:
    return list(node) if _is_plain_row(node) else [node]


def tighten_table(node: Element) -> Element:
    r"""Move fences to the table between them: LaTeX has no column space there."""
    match list(node):
        case [Element(tag="mo") as left, Element(tag="mtable") as table, Element(tag="mo") as right]:
            if table.get("scriptlevel") == "0":
                before, after = ("0" if is_operator(fence, _NULL) else "-.2em" for fence in (left, right))
                table.set("style", f"{table.get('style', '')}margin:0 {after} 0 {before}")
    return node


def narrow_rows(node: Element) -> Element:
    r"""Take away the room that two tables do not have in LaTeX.

    - ``multline``: math-core gives it the whole line, with empty margins; make it as wide as its widest row.
    - ``\substack``: there is no column space beside its one column.
    """
    if node.get("style") == "width: 100%":
        del node.attrib["style"]
        for row in node:
            row[:] = [cell for cell in row if not cell.get("style", "").startswith("width:")]
    elif node.get("scriptlevel") == "1" and all(len(row) == 1 for row in node):
        for row in node:
            row[0].set("style", "padding:.1em 0")
    return node
