"""SVG figures within the page, so that they take its colours and its type."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.matching import Matcher

from sphinx_mi_ext.course.finding import Rule
from sphinx_mi_ext.ext.builders import builder_of, is_web
from sphinx_mi_ext.ext.config import options
from sphinx_mi_ext.ext.inline_svg import inline_svg
from sphinx_mi_ext.ext.log import warn
from sphinx_mi_ext.ext.tree import pages_of
from sphinx_mi_ext.nodes import html_part

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx


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
                if path.suffix != ".svg" or not wanted.match(image["uri"]) or not path.is_file():
                    continue
                prefix = f"{page.prefix}figure--{number}-"
                try:
                    source = path.read_text(encoding="utf-8")
                    html = inline_svg(source, alt=image.get("alt", ""), prefix=prefix, colors=chosen.figure_colors)
                except ValueError as error:
                    warn(Rule.FIGURE, f"{image['uri']}: {error}", location=image)
                else:
                    image.parent.replace(image, html_part("", html=_framed(html, image), classes=image["classes"]))


def _framed(html: str, image: nodes.image) -> str:
    """Give the picture what the image had: the places that links lead to, its size and its side."""
    anchors = "".join(f'<span id="{escape(name)}"></span>' for name in image["ids"])
    size = "".join(f"{name}:{escape(_with_unit(image[name]))};" for name in ("width", "height") if name in image)
    if not size and "align" not in image:
        return anchors + html
    side = f' class="align-{escape(image["align"])}"' if "align" in image else ""
    return f'{anchors}<div{side} style="{size}">{html}</div>'


def _with_unit(length: str) -> str:
    return f"{length}px" if length.isdecimal() else length


def setup_figures(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(InlineFigures)
