"""The options of the extension, each declared once.

Registration, validation and the page of options in the guide are made from these fields.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from sphinx_mi_ext.ext.log import logger

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

PREFIX = "course_"


def option(default: Any, rebuild: str, documentation: str, *, least: int | None = None) -> Any:
    """Declare an option: `rebuild` is what a change makes stale ('env', 'html' or ''), `least` the least value."""
    metadata = {"rebuild": rebuild, "documentation": documentation, "least": least}
    if isinstance(default, list | dict):
        return field(default_factory=lambda: default, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True)
class Options:
    """Options in `conf.py`; the name there is the field's with `course_` before it."""

    topics: list[str] = option(
        ["topics/**"], "env", "Patterns of the documents that are topics, in the notation of `exclude_patterns`."
    )
    blocks: list[str] = option(["blocks/**"], "env", "Patterns of the documents that are blocks of topics.")
    planned: dict[str, str] = option(
        {},
        "env",
        "Topics that are not written yet, slug to title. Links to them are shown as planned instead of as broken.",
    )
    words_per_minute: int = option(
        140, "env", "Reading speed from which reading times are computed; technical text is read slowly.", least=1
    )
    results: str = option(
        "labs/results", "env", "Folder, below the source folder, of the result files that `{measured}` reads."
    )
    inline_figures: list[str] = option(
        ["figures/**"],
        "html",
        "Patterns of SVG files that HTML pages contain, so that they take the page's colours and type.",
    )
    figure_colors: dict[str, str] = option(
        {
            "#23262b": "--mi-ink",
            "#5a5e66": "--mi-ink-2",
            "#8a867c": "--mi-line-2",
            "#0f5f78": "--mi-fig-1",
            "#b3631a": "--mi-fig-2",
            "#5b4a93": "--mi-fig-3",
            "#38692f": "--mi-fig-4",
            "#a23a22": "--mi-fig-5",
            "#fdfcf9": "--mi-paper",
        },
        "html",
        "Colours of inlined figures that follow the theme: literal colour to custom property.",
    )
    citation_style: bool = option(
        True, "env", "Use the author-year labels of the extension for citations and the bibliography."
    )
    math_renderer: bool = option(True, "env", "Write math as MathML at build time instead of loading MathJax.")
    math_macros: dict[str, Any] = option(
        {}, "env", "Macros of formulas, as MathJax takes them: a name to LaTeX, or to `[LaTeX, number of arguments]`."
    )
    cards: bool = option(
        True, "html", "Show definitions and references in a card when a reader points at a link to them."
    )
    lean_theme: bool = option(
        False,
        "html",
        "With sphinx-book-theme, bundle its style sheet and scripts with those of the extension and leave out what a"
        " course does not use (Font Awesome, most of Bootstrap, the search index on other pages than the search).",
    )


def options(config: Config) -> Options:
    """Return the options as typed values."""
    return Options(**{item.name: getattr(config, PREFIX + item.name) for item in fields(Options)})


def check_types(app: Sphinx, config: Config) -> None:
    """Warn of an option with a value of the wrong type, and go on with its default."""
    for item in fields(Options):
        name = PREFIX + item.name
        default = getattr(Options(), item.name)
        value = getattr(config, name)
        if not isinstance(value, type(default)) or (isinstance(value, bool) and not isinstance(default, bool)):
            message = "%s is %r; it must be of type %s, as %r is"
            logger.warning(message, name, value, type(default).__name__, default, type="course", subtype="option")
            setattr(config, name, default)
        elif item.metadata["least"] is not None and value < item.metadata["least"]:
            message = "%s is %r; it must be at least %r"
            logger.warning(message, name, value, item.metadata["least"], type="course", subtype="option")
            setattr(config, name, default)


def setup_config(app: Sphinx) -> None:
    """Register every option."""
    for item in fields(Options):
        app.add_config_value(PREFIX + item.name, getattr(Options(), item.name), item.metadata["rebuild"], object)
    # Before everything else that reads an option.
    app.connect("config-inited", check_types, priority=100)
