"""SVG figures within the page, so that they take its colours and its type."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.matching import Matcher

from sphinx_mi_ext.ext.builders import builder_of, is_web
from sphinx_mi_ext.ext.config import options
from sphinx_mi_ext.ext.tree import pages_of
from sphinx_mi_ext.nodes import html_part

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from sphinx.application import Sphinx

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_PX_PER_UNIT = 96 / 72
"""A unit of a figure is a point; a page measures in pixels."""


class InlineFigures(SphinxPostTransform):
    """Replace the images of matching SVG files by their content."""

    # Before Sphinx collects the images to be copied (ImageConverter and its like run at 100 and above).
    default_priority = 90
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Work page by page, so that ids of the figures stay unique in a single-page book."""
        if not is_web(builder_of(self.env)):
            return
        chosen = options(self.config)
        wanted = Matcher(chosen.inline_figures)
        for page in pages_of(self.document, self.env):
            for number, image in enumerate(page.findall(nodes.image), start=1):
                path = Path(self.env.srcdir, image["uri"])
                if path.suffix == ".svg" and wanted.match(image["uri"]) and path.is_file():
                    html = inline_svg(
                        path.read_text(encoding="utf-8"),
                        alt=image.get("alt", ""),
                        prefix=f"{page.prefix}figure-{number}-",
                        colors=chosen.figure_colors,
                    )
                    image.replace_self(html_part("", html=html, classes=image["classes"]))


def inline_svg(source: str, *, alt: str, prefix: str, colors: Mapping[str, str]) -> str:
    """Return an SVG file as part of an HTML page.

    The panels of a figure (`<svg class="panel">` within `<svg>`) become pictures of their own, which a
    style sheet may stack. Ids get `prefix`; each of `colors` becomes the custom property it names, with
    itself as what is used where there is none. `alt` names the whole.

    Raises ValueError, whose message is a sentence about the figure, where the source is not an SVG with a size.
    """
    root = _parsed(source)
    _rename_ids(root, prefix)
    panels = [child for child in root if child.tag == f"{_SVG}svg" and child.get("class") == "panel"] or [root]
    shown = []
    for panel in panels:
        width = _width(panel)
        for name in ("x", "y", "width", "height", "class"):
            panel.attrib.pop(name, None)
        panel.set("aria-hidden", "true")
        panel.set("style", f"max-width:{width * _PX_PER_UNIT * 1.15:.0f}px")
        if root.get("font-family"):
            panel.set("font-family", root.get("font-family", ""))
        shown.append(_themed(_serialised(panel), colors))
    label = html_escape(alt)
    return f'<div class="mi-panels" role="img" aria-label="{label}">{"".join(shown)}</div>'


def html_escape(text: str) -> str:
    """Escape text for an attribute."""
    from html import escape

    return escape(text, quote=True)


def _parsed(source: str) -> ElementTree.Element:
    try:
        root = ElementTree.fromstring(source)
    except ElementTree.ParseError as error:
        raise ValueError(f"the figure is not well-formed XML: {error}") from None
    if root.tag.rpartition("}")[2] != "svg":
        raise ValueError(f"the figure is not an SVG: its root element is '{root.tag}'")
    return root


def _width(panel: ElementTree.Element) -> float:
    """Return the width in units of the figure, from its viewBox."""
    box = panel.get("viewBox", "")
    try:
        _, _, width, _ = (float(part) for part in box.replace(",", " ").split())
    except ValueError:
        message = f"the figure has the viewBox '{box}'; it must have four numbers, of which the third is its width"
        raise ValueError(message) from None
    return width


def _rename_ids(root: ElementTree.Element, prefix: str) -> None:
    names = {element.get("id") for element in root.iter() if element.get("id")}
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, prefix + value)
            elif key in {"href", _XLINK_HREF} and value.removeprefix("#") in names:
                element.set(key, f"#{prefix}{value[1:]}")
            elif "url(#" in value:
                element.set(key, value.replace("url(#", f"url(#{prefix}"))


def _serialised(panel: ElementTree.Element) -> str:
    """Return the element as HTML reads it: without a prefix on its tags, and without white space between them."""
    for element in panel.iter():
        element.tag = element.tag.removeprefix(_SVG)
        href = element.attrib.pop(_XLINK_HREF, None)
        if href is not None:
            element.set("href", href)
        if element.tag not in {"text", "tspan", "style", "title", "desc"} and element.text and not element.text.strip():
            element.text = None
        if element.tail and not element.tail.strip():
            element.tail = None
    return ElementTree.tostring(panel, encoding="unicode", short_empty_elements=True)


def _themed(svg: str, colors: Mapping[str, str]) -> str:
    """Exchange literal colours. An attribute cannot hold a custom property, so only styles are changed."""
    for literal, name in colors.items():
        svg = svg.replace(f": {literal}", f":var({name},{literal})")
    return svg


def setup_figures(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(InlineFigures)
