"""Math as MathML, made at build time."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.math import get_node_equation_number

from sphinx_mi_ext.course.finding import Rule
from sphinx_mi_ext.ext.config import options
from sphinx_mi_ext.ext.locale import _
from sphinx_mi_ext.ext.log import logger, warn
from sphinx_mi_ext.mathml import MathConverter, MathError

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator

RENDERER = "mathml"


def converter(config: Config) -> MathConverter:
    """Return a converter with the macros of the project."""
    return _converter(json.dumps(options(config).math_macros, sort_keys=True))


@lru_cache(maxsize=4)
def _converter(macros: str) -> MathConverter:
    return MathConverter(json.loads(macros))


def check_macros(app: Sphinx, config: Config) -> None:
    """Warn of macros that cannot be read, and go on without them."""
    good = {}
    for name, definition in options(config).math_macros.items():
        try:
            MathConverter({name: definition})
        except MathError as error:
            message = "course_math_macros: %s is %r; write LaTeX, or [LaTeX, number of arguments]: %s"
            logger.warning(message, name, definition, error, type="course", subtype="option")
        else:
            good[name] = definition
    config.course_math_macros = good


class CheckFormulas(SphinxTransform):
    """Warn of each formula that cannot be read, when its page is read: at its line, in every builder, once."""

    # After everything that makes math of something else.
    default_priority = 900

    def apply(self, **kwargs: Any) -> None:
        """Convert every formula, and keep only the complaints."""
        if not options(self.config).math_renderer:
            return
        convert = converter(self.config)
        for node in self.document.findall(lambda node: isinstance(node, nodes.math | nodes.math_block)):
            try:
                (convert.display if isinstance(node, nodes.math_block) else convert.inline)(node.astext())
            except MathError as error:
                warn(Rule.MATH, f"the formula '{_shortened(node.astext())}' cannot be read: {error}", location=node)


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line; its source where it cannot be read, which the reading of the page reported."""
    convert = converter(self.config)
    latex = node.astext()
    try:
        self.body.append((convert.display if node.get("display") else convert.inline)(latex))
    except MathError:
        self.body.append(f'<code class="mi-math-source">{self.encode(latex)}</code>')
    raise nodes.SkipNode


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula of its own, with its number and its anchor."""
    ids: list[str] = node.get("ids", [])
    self.body.append(self.starttag(node, "div", "", CLASS="mi-eq"))
    self.body.append('<div class="mi-eq-math">')
    latex = node.astext()
    try:
        self.body.append(converter(self.config).display(latex))
    except MathError:
        self.body.append(f'<pre class="mi-math-source">{self.encode(latex)}</pre>')
    self.body.append("</div>")
    if node.get("number"):
        number = self.attval(str(get_node_equation_number(self, node)))
        label = _("Equation %s") % number
        target = f' href="#{self.attval(ids[0])}"' if ids else ""
        self.body.append(f'<a class="mi-eq-no"{target} aria-label="{label}">({number})</a>')
    self.body.append("</div>\n")
    raise nodes.SkipNode


def _shortened(latex: str, length: int = 60) -> str:
    text = " ".join(latex.split())
    return text if len(text) <= length else text[: length - 1] + "…"


def choose_renderer(app: Sphinx, config: Config) -> None:
    """Use this renderer, unless the project has chosen its own."""
    if options(config).math_renderer and config.html_math_renderer is None:
        config.html_math_renderer = RENDERER


def setup_math(app: Sphinx) -> None:
    """Register the renderer and the check."""
    app.add_html_math_renderer(RENDERER, (visit_math, None), (visit_math_block, None))
    app.connect("config-inited", check_macros)
    app.connect("config-inited", choose_renderer)
    app.add_transform(CheckFormulas)
