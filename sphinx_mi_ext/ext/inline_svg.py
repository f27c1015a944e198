"""An SVG file as part of an HTML page. Text to text; knows nothing of Sphinx."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from math import inf
from xml.etree import ElementTree

_SVG = "{http://www.w3.org/2000/svg}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_PX_PER_UNIT = 96 / 72
"""A unit of a figure is a point; a page measures in pixels."""
_LARGEST = 1.15
"""How much larger than drawn a panel may be shown."""
_URL = re.compile(r"""url\(\s*(["']?)#([^)"']+)\1\s*\)""")
_SELECTOR = re.compile(r"#([\w-]+)(?=[^{}]*\{)")
_NAMING = frozenset({"aria-labelledby", "aria-describedby", "aria-controls", "begin", "end"})
_TEXT = frozenset({"text", "tspan", "textPath", "title", "desc", "style", "script"})


def inline_svg(source: str, *, alt: str, prefix: str, colors: Mapping[str, str]) -> str:
    """Return an SVG file as part of an HTML page.

    The panels of a figure (`<svg class="panel">` within `<svg>`) become pictures of their own, which a
    style sheet may stack. Ids get `prefix`; each of `colors` becomes the custom property it names, with
    itself as what is used where there is none. `alt` names the whole.

    Raises ValueError, whose message is a sentence about the figure, where the source is not an SVG with a size.
    """
    root = _parsed(source)
    _rename_ids(root, prefix)
    _use_properties(root, colors)
    shown = []
    for panel in _panels(root):
        width = _width(panel)
        for name in ("x", "y", "width", "height", "class"):
            panel.attrib.pop(name, None)
        panel.set("aria-hidden", "true")
        panel.set("style", f"max-width:{width * _PX_PER_UNIT * _LARGEST:.0f}px")
        if root.get("font-family"):
            panel.set("font-family", root.get("font-family", ""))
        shown.append(_serialised(panel))
    return f'<div class="mi-panels" role="img" aria-label="{escape(alt, quote=True)}">{"".join(shown)}</div>'


def _parsed(source: str) -> ElementTree.Element:
    try:
        root = ElementTree.fromstring(source)
    except ElementTree.ParseError as error:
        raise ValueError(f"the figure is not well-formed XML: {error}") from None
    if root.tag.rpartition("}")[2] != "svg":
        raise ValueError(f"the figure is not an SVG: its root element is '{root.tag}'")
    return root


def _panels(root: ElementTree.Element) -> list[ElementTree.Element]:
    """Return the panels, or the whole where there are none. What stands beside panels goes into the first."""
    panels = [child for child in root if child.tag == f"{_SVG}svg" and child.get("class") == "panel"]
    if not panels:
        return [root]
    for place, child in enumerate([child for child in root if child not in panels]):
        panels[0].insert(place, child)
    return panels


def _width(panel: ElementTree.Element) -> float:
    """Return the width in units of the figure, from its viewBox."""
    box = panel.get("viewBox", "")
    try:
        _, _, width, _ = (float(part) for part in box.replace(",", " ").split())
    except ValueError:
        width = 0.0
    if not 0 < width < inf:
        message = f"the figure has the viewBox '{box}'; it must be four numbers, of which the third is its width"
        raise ValueError(message)
    return width


def _rename_ids(root: ElementTree.Element, prefix: str) -> None:
    """Put `prefix` before each id, and before each mention of one: in addresses, styles and names."""
    names = {name for element in root.iter() if (name := element.get("id"))}

    def url(match: re.Match[str]) -> str:
        quote, name = match.groups()
        return f"url({quote}#{prefix}{name}{quote})" if name in names else match[0]

    def selector(match: re.Match[str]) -> str:
        return f"#{prefix}{match[1]}" if match[1] in names else match[0]

    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, prefix + value)
            elif key in {"href", _XLINK_HREF}:
                if value.startswith("#") and value[1:] in names:
                    element.set(key, f"#{prefix}{value[1:]}")
            elif key in _NAMING:
                element.set(key, " ".join(_named(word, names, prefix) for word in value.split(" ")))
            else:
                element.set(key, _URL.sub(url, value))
        if element.tag == f"{_SVG}style" and element.text:
            element.text = _SELECTOR.sub(selector, _URL.sub(url, element.text))


def _named(word: str, names: set[str], prefix: str) -> str:
    """Return a word that may be an id, or an id with an event of it, with the prefix that the id has got."""
    name, dot, event = word.partition(".")
    return f"{prefix}{name}{dot}{event}" if name in names else word


def _use_properties(root: ElementTree.Element, colors: Mapping[str, str]) -> None:
    """Exchange literal colours in styles. An attribute such as `fill` cannot hold a custom property."""
    if not colors:
        return
    known = {literal.lower(): name for literal, name in colors.items()}
    literals = re.compile(rf":\s*({'|'.join(map(re.escape, known))})(?![0-9a-f])", re.IGNORECASE)

    def themed(css: str) -> str:
        return literals.sub(lambda match: f":var({known[match[1].lower()]},{match[1]})", css)

    for element in root.iter():
        if style := element.get("style"):
            element.set("style", themed(style))
        if element.tag == f"{_SVG}style" and element.text:
            element.text = themed(element.text)


def _serialised(panel: ElementTree.Element) -> str:
    """Return the element as HTML reads it: without prefixes of namespaces, and without space between shapes."""
    _drop_space(panel)
    for element in panel.iter():
        element.tag = element.tag.removeprefix(_SVG).removeprefix(_XHTML)
        href = element.attrib.pop(_XLINK_HREF, None)
        if href is not None:
            element.set("href", href)
    panel.tail = None
    return ElementTree.tostring(panel, encoding="unicode", short_empty_elements=True)


def _drop_space(element: ElementTree.Element) -> None:
    """Drop white space that only lays out the source; within text and HTML it is part of what is shown."""
    if not element.tag.startswith(_SVG) or element.tag.removeprefix(_SVG) in _TEXT:
        return
    if element.text and not element.text.strip():
        element.text = None
    for child in element:
        if child.tail and not child.tail.strip():
            child.tail = None
        _drop_space(child)
