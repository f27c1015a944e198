"""Style sheet, script and fonts: bundled from components, and chosen by theme.

The style sheet is written in one file a component. A page loads one file, so the components that
the theme wants are joined when the build starts, and given to Sphinx as any static file is, which
adds the checksum to its address.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_mi_ext.ext.builders import is_web

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

PACKAGE = Path(__file__).resolve().parent.parent
STATIC = PACKAGE / "static"
STYLES = PACKAGE / "styles"
BOOK_THEMES = frozenset({"sphinx_book_theme"})
"""Themes that the frame of the book is made for; the others get the components alone."""
PRELOADED = ("mi-serif", "mi-sans", "mi-math")


def add_assets(app: Sphinx) -> None:
    """Write the style sheet, and register the static files."""
    if not is_web(app.builder):
        return
    book = app.config.html_theme in BOOK_THEMES
    folder = Path(app.doctreedir, "mi-static")
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "mi-course.css", stylesheet(book=book))
    app.config.html_static_path = [*app.config.html_static_path, str(folder), str(STATIC)]
    # After the style sheets of the theme, which it builds on.
    app.add_css_file("mi-course.css", priority=900)
    app.add_js_file("mi-course.js", loading_method="defer")


def stylesheet(*, book: bool) -> str:
    """Return the components of a style sheet, joined in the order of their names."""
    folders = ["common", "book"] if book else ["common", "plain"]
    parts = [path for folder in folders for path in sorted((STYLES / folder).glob("*.css"))]
    return "".join(path.read_text(encoding="utf-8") for path in parts)


def _write(path: Path, text: str) -> None:
    """Write a file only where its content changes, so that nothing looks newer than it is."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def preload_fonts(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Ask for the fonts of the text before the style sheet does, so that nothing moves when they come."""
    if is_web(app.builder) and app.config.html_theme in BOOK_THEMES:
        links = (
            f'<link rel="preload" href="{context["pathto"](f"_static/fonts/{name}.woff2", resource=True)}"'
            ' as="font" type="font/woff2" crossorigin>'
            for name in PRELOADED
        )
        context["metatags"] = context.get("metatags", "") + "\n".join(links)


def setup_assets(app: Sphinx) -> None:
    """Register the static files."""
    app.connect("builder-inited", add_assets)
    app.connect("html-page-context", preload_fonts)
