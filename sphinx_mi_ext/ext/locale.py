"""The words that the extension puts into pages, in the language of the project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.locale import get_translation

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

CATALOG = "sphinx_mi_ext"
_ = get_translation(CATALOG)


def add_catalogs(app: Sphinx, config: Config) -> None:
    """Take translations from the project: `<locale_dir>/<language>/LC_MESSAGES/sphinx_mi_ext.mo`."""
    for folder in config.locale_dirs:
        app.add_message_catalog(CATALOG, str(Path(app.confdir, folder)))


def setup_locale(app: Sphinx) -> None:
    """Register the catalogues."""
    app.connect("config-inited", add_catalogs)
