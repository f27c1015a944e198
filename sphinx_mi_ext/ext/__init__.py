"""The Sphinx layer: the only place that imports Sphinx and docutils, one module a feature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_mi_ext.ext.assets import setup_assets
from sphinx_mi_ext.ext.boxes import setup_boxes
from sphinx_mi_ext.ext.citations import setup_citations
from sphinx_mi_ext.ext.config import setup_config
from sphinx_mi_ext.ext.course_map import setup_course_map
from sphinx_mi_ext.ext.definitions import setup_definitions
from sphinx_mi_ext.ext.domain import setup_domain
from sphinx_mi_ext.ext.figures import setup_figures
from sphinx_mi_ext.ext.footer import setup_footer
from sphinx_mi_ext.ext.freshness import setup_freshness
from sphinx_mi_ext.ext.frontmatter import setup_front_matter
from sphinx_mi_ext.ext.glue import setup_glue
from sphinx_mi_ext.ext.header import setup_header
from sphinx_mi_ext.ext.hover import setup_hover
from sphinx_mi_ext.ext.lists import setup_lists
from sphinx_mi_ext.ext.locale import setup_locale
from sphinx_mi_ext.ext.margin import setup_margin
from sphinx_mi_ext.ext.math import setup_math
from sphinx_mi_ext.ext.measured import setup_measured
from sphinx_mi_ext.ext.navigation import setup_navigation
from sphinx_mi_ext.ext.paths import setup_paths
from sphinx_mi_ext.ext.pause import setup_pause
from sphinx_mi_ext.ext.planned import setup_planned
from sphinx_mi_ext.ext.previews import setup_previews
from sphinx_mi_ext.ext.sidenotes import setup_sidenotes
from sphinx_mi_ext.ext.single_page import setup_single_page
from sphinx_mi_ext.ext.structure import setup_structure
from sphinx_mi_ext.ext.term_cards import setup_term_cards

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

REQUIRED = ("myst_parser", "sphinxcontrib.bibtex", "sphinx_design")


def setup_extension(app: Sphinx, version: str) -> ExtensionMetadata:
    """Register every feature."""
    for extension in REQUIRED:
        app.setup_extension(extension)
    setup_config(app)
    setup_locale(app)
    setup_domain(app)
    setup_front_matter(app)
    setup_structure(app)
    setup_boxes(app)
    setup_definitions(app)
    setup_pause(app)
    setup_sidenotes(app)
    setup_margin(app)
    setup_planned(app)
    setup_header(app)
    setup_footer(app)
    setup_lists(app)
    setup_course_map(app)
    setup_paths(app)
    setup_hover(app)
    setup_term_cards(app)
    setup_citations(app)
    setup_measured(app)
    setup_figures(app)
    setup_math(app)
    setup_glue(app)
    setup_navigation(app)
    setup_single_page(app)
    setup_previews(app)
    setup_freshness(app)
    setup_assets(app)
    return {"version": version, "parallel_read_safe": True, "parallel_write_safe": True}
