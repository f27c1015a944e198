"""Write, check and read a technical course book with Sphinx and MyST Markdown.

Add ``"sphinx_mi_ext"`` to ``extensions`` in ``conf.py``. The extension brings along the ones that
it builds on: ``myst_parser``, ``sphinxcontrib.bibtex`` and ``sphinx_design``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension with Sphinx."""
    from sphinx_mi_ext.ext import setup_extension

    return setup_extension(app, __version__)
