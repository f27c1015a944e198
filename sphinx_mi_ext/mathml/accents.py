"""Repairs of what stands over and under: bars, hats, arrows."""

from __future__ import annotations

import unicodedata
from typing import Final

from .markup import Element, element

__all__ = ["mend_accent", "mend_arrow"]

_HAT, _VECTOR, _LINE = "\u0302", "\u20d7", "\u0332"
_NARROW: Final = {_HAT: "ˆ", "~": "˜"}
_LONG: Final = {"→": "⟶", "←": "⟵", "↔": "⟷", "⇒": "⟹", "⇐": "⟸", "⇔": "⟺", "↦": "⟼"}
_SHORT_LABEL: Final = 3
_LABEL_PADDING: Final = "0.4286em"


def mend_accent(node: Element) -> Element:
    r"""Repair a bar, a hat, a tilde or an arrow over one element.

    - ``\overline``, ``\underline``: no character stretches to a bar in every font (math-core's U+0332 lies beside a
      narrow base in Chromium), so a border is the bar. The character stays, without size, for screen readers and Typst.
    - ``\vec``: the combining arrow lies left of its base in Chromium, a small arrow does not.
    - ``\widehat{x}``, ``\widetilde{x}``: the stretchy glyph is wider than a small letter; take the narrow one.
    """
    base, mark = node[0], node[1]
    if mark.tag != "mo":
        return node
    if mark.text == _LINE:
        side, text = ("top", "‾") if node.tag == "mover" else ("bottom", "_")
        node[0] = _row(base, f"border-{side}:.06em solid;padding-{side}:.12em")
        node[1] = element("mo", text, stretchy="false", style="font-size:0")
    elif mark.text == _VECTOR:
        node[1] = element("mo", "→", stretchy="false", style="font-size:.55em")
    elif mark.text in _NARROW and node.tag == "mover" and _is_small_letter(base):
        node[1] = element("mo", _NARROW[mark.text], stretchy="false")
    return node


def mend_arrow(node: Element) -> Element:
    r"""Repair an arrow with labels (``\xrightarrow{f}``).

    math-core asks for an arrow of 3.5 em at least, which many fonts cannot draw, so that a short arrow stands in a
    wide gap: the long arrow of every font serves short labels. Longer ones need a font that stretches the arrow.
    """
    labels = [label for child in node[1:] if (label := _label(child)) is not None]
    if node[0].tag == "mo" and len(labels) == len(node) - 1:
        node[1:] = labels
        # The row around it has a relation's space already.
        node[0].attrib.update(lspace="0", rspace="0")
        if max(len("".join(label.itertext())) for label in labels) <= _SHORT_LABEL:
            node[0].text = _LONG.get(node[0].text or "", node[0].text)
    return node


def _label(node: Element) -> Element | None:
    """Return a label without the space that keeps math-core's arrow long; None for any other script."""
    if node.tag in ("mover", "munder") and node[1].tag == "mspace" and node[0].tag == "mrow":
        row = node[0]
        if len(row) and row[0].get("width") == row[-1].get("width") == _LABEL_PADDING:
            return row
    return None


def _row(base: Element, style: str) -> Element:
    if base.tag == "mrow" and not base.attrib:
        base.set("style", style)
        return base
    return element("mrow", None, base, style=style)


def _is_small_letter(node: Element) -> bool:
    text = node.text or ""
    return node.tag == "mi" and len(text) == 1 and not unicodedata.normalize("NFKC", text).isupper()
