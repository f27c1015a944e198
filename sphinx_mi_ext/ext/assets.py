"""Style sheet, script and fonts: bundled from components, and chosen by theme.

The style sheet is written in one file a component. A page loads one file, so the components that
the theme wants are joined when the build starts, and given to Sphinx as any static file is, which
adds the checksum to its address. With `course_lean_theme` the theme's own files are bundled too.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_mi_ext.ext.builders import is_web
from sphinx_mi_ext.ext.config import options
from sphinx_mi_ext.ext.lean import lean
from sphinx_mi_ext.ext.templates import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

PACKAGE = Path(__file__).resolve().parent.parent
STATIC = PACKAGE / "static"
STYLES = PACKAGE / "styles"
BOOK_THEMES = frozenset({"sphinx_book_theme"})
"""Themes that the frame of the book is made for; the others get the components alone."""
THEME_SCRIPT = "scripts/pydata-sphinx-theme.js"
BUNDLE = "mi-book.js"
_BUNDLED_STYLES = ("pygments.css", "styles/sphinx-book-theme.css")
# What the script of sphinx-book-theme does for pages of a course, the bundle does.
_UNUSED_SCRIPTS = ("scripts/sphinx-book-theme.js",)
# They mark the words of a search; the layout loads them where a reader comes from one.
_SEARCH_SCRIPTS = ("doctools.js", "sphinx_highlight.js")


def is_lean(config: Config) -> bool:
    """Say whether the files of the theme are bundled with ours."""
    return config.html_theme in BOOK_THEMES and options(config).lean_theme


def add_templates(app: Sphinx, config: Config) -> None:
    """Let the layout that loads the bundle come before the theme's, and after the project's."""
    if is_lean(config):
        config.templates_path = [*config.templates_path, str(TEMPLATES.parent / "templates-lean")]


def add_assets(app: Sphinx) -> None:
    """Write the style sheet, and register the static files."""
    if not is_web(app.builder):
        return
    bundled = is_lean(app.config)
    folder = Path(app.doctreedir, "mi-static")
    folder.mkdir(parents=True, exist_ok=True)
    style = stylesheet(book=app.config.html_theme in BOOK_THEMES)
    _write(folder / "mi-course.css", _smaller(_theme_styles() + style) if bundled else style)
    if bundled:
        _write(folder / BUNDLE, _scripts())
    app.config.html_static_path = [*app.config.html_static_path, str(folder), str(STATIC)]
    # After the style sheets of the theme, which it builds on.
    app.add_css_file("mi-course.css", priority=900)
    app.add_js_file(BUNDLE if bundled else "mi-course.js", loading_method="defer")


def stylesheet(*, book: bool) -> str:
    """Return the components of a style sheet, joined in the order of their names."""
    folders = ["common", "book"] if book else ["common", "plain"]
    parts = [path for folder in folders for path in sorted((STYLES / folder).glob("*.css"))]
    return "".join(path.read_text(encoding="utf-8") for path in parts)


def _theme_styles() -> str:
    base = files("pydata_sphinx_theme") / "theme/pydata_sphinx_theme/static/styles/pydata-sphinx-theme.css"
    book = files("sphinx_book_theme") / "theme/sphinx_book_theme/static/styles/sphinx-book-theme.css"
    return lean(base.read_text(encoding="utf-8") + book.read_text(encoding="utf-8"))


def _smaller(css: str) -> str:
    """Return a style sheet without comments and indentation."""
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)).strip()


def _scripts() -> str:
    theme = files("pydata_sphinx_theme") / "theme/pydata_sphinx_theme/static" / THEME_SCRIPT
    own = (STATIC / "mi-course.js").read_text(encoding="utf-8")
    # A map of the theme's script would not fit the bundle.
    text = theme.read_text(encoding="utf-8").partition("\n//# sourceMappingURL=")[0]
    return f"{own}\n{text}"


def _write(path: Path, text: str) -> None:
    """Write a file only where its content changes, so that nothing looks newer than it is."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def preload_fonts(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Ask for the fonts of the page before the style sheet does, so that nothing moves when they come."""
    if is_web(app.builder) and app.config.html_theme in BOOK_THEMES:
        links = (
            f'<link rel="preload" href="{context["pathto"](f"_static/fonts/{name}.woff2", resource=True)}"'
            ' as="font" type="font/woff2" crossorigin>'
            for name in _fonts(context.get("body") or "")
        )
        context["metatags"] = context.get("metatags", "") + "\n".join(links)


def _fonts(body: str) -> Iterator[str]:
    yield from ("mi-serif", "mi-sans")
    if "<em" in body or "mi-lede" in body:
        yield "mi-serif-italic"
    if "<math" in body:
        yield "mi-math"
    if "<code" in body or "<pre" in body:
        yield "mi-mono"


def drop_unused_files(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Leave out the files that are in the bundle, and those that the page has no use for."""
    if not is_web(app.builder) or not is_lean(app.config):
        return
    body = context.get("body") or ""
    searches = pagename == "search"
    styles, scripts = list(_BUNDLED_STYLES), list(_UNUSED_SCRIPTS)
    if 'class="sd-' not in body and " sd-" not in body:
        styles.append("sphinx-design.min.css")
    if "sd-tab-set" not in body:
        scripts.append("design-tabs.js")
    # The search runs before deferred scripts do; it takes the same files one by one.
    scripts += [BUNDLE] if searches else _SEARCH_SCRIPTS
    context["css_files"] = [file for file in context["css_files"] if not _is_one(file, styles)]
    context["script_files"] = [file for file in context["script_files"] if not _is_one(file, scripts)]
    context["mi_searches"] = searches


def _is_one(file: object, names: list[str]) -> bool:
    shown = str(getattr(file, "filename", file)).partition("?")[0]
    return any(shown == name or shown.endswith(f"/{name}") for name in names)


def setup_assets(app: Sphinx) -> None:
    """Register the static files."""
    app.connect("config-inited", add_templates)
    app.connect("builder-inited", add_assets)
    app.connect("html-page-context", preload_fonts)
    # After the themes, which rename files of theirs to add checksums (500).
    app.connect("html-page-context", drop_unused_files, priority=900)
