"""Templates of the parts that HTML pages show of the course.

A project overrides one by a file of the same name, such as `mi/header.html`, in a folder of its
`templates_path`. Everything that a template prints is escaped unless it is marked as HTML.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from sphinx.builders.html import StandaloneHTMLBuilder

from sphinx_mi_ext.ext.locale import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from sphinx.builders import Builder

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def render(builder: Builder, name: str, **context: Any) -> Markup:
    """Return the HTML of the template `mi/<name>.html`."""
    folders = tuple(str(builder.confdir / path) for path in builder.config.templates_path)
    return Markup(_environment(folders).get_template(f"mi/{name}.html").render(**context))  # noqa: S704 - autoescaped


def html_of(builder: Builder, children: Sequence[nodes.Node]) -> Markup:
    """Return inline nodes as HTML, without the paragraph that wraps them on the way."""
    assert isinstance(builder, StandaloneHTMLBuilder)
    if all(isinstance(child, nodes.Text) for child in children):
        return Markup.escape("".join(child.astext() for child in children))
    paragraph = nodes.paragraph("", "", *(child.deepcopy() for child in children))
    html = builder.render_partial(paragraph)["fragment"].strip()
    return Markup(html.removeprefix("<p>").removesuffix("</p>"))  # noqa: S704 - written by Sphinx


@lru_cache(maxsize=4)
def _environment(folders: tuple[str, ...]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["_"] = _
    return environment
