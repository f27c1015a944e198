"""MathML as a tree, and back as text that is XML and HTML alike."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from .errors import MathError

__all__ = ["Element", "element", "is_operator", "parse", "write"]

_NAMESPACE: Final = "http://www.w3.org/1998/Math/MathML"
# The one entity of HTML that math-core writes; XML does not know it.
_ENTITIES: Final = '<!DOCTYPE math [<!ENTITY ApplyFunction "&#x2061;">]>'
_DEEPEST: Final = 200


def parse(markup: str) -> Element:
    """Read what math-core writes; raise MathError where it is no XML, or too deep for what comes after."""
    try:
        root = ElementTree.fromstring(_ENTITIES + markup)
    except ElementTree.ParseError as error:
        raise MathError("The converter fails on this formula; write it in another way.") from error
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for parent in level for child in parent]
        if not level:
            return root
    raise MathError("The formula is nested too deeply.")


def write(root: Element) -> str:
    """Write a ``<math>`` element as text.

    It carries the namespace, which EPUB's XHTML needs (EPUB 3.3, section 5.1.1.2) and HTML's parser ignores.
    """
    root.set("xmlns", _NAMESPACE)
    return ElementTree.tostring(root, encoding="unicode")


def element(tag: str, text: str | None = None, /, *children: Element, **attributes: str) -> Element:
    """Make an element."""
    made = Element(tag, attributes)
    made.text = text
    made.extend(children)
    return made


def is_operator(node: Element, characters: str) -> bool:
    """Tell whether an element is an ``mo`` with one of some characters."""
    return node.tag == "mo" and bool(node.text) and node.text in characters if node.text else False
