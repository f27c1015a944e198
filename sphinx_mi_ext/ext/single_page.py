"""Links of a book on a single page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx


class ShortenAddresses(SphinxPostTransform):
    """Lead links to the place in a document, and not to `#document-name#place`, which no browser finds."""

    # After every transform of ours that makes links or recognises them by their addresses.
    default_priority = 950
    builders = ("singlehtml",)

    def run(self, **kwargs: Any) -> None:
        """Keep the last part of each address."""
        for link in self.document.findall(nodes.reference):
            first, mark, place = link.get("refuri", "").rpartition("#")
            if mark and first.startswith("#"):
                link["refuri"] = f"#{place}"


def setup_single_page(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(ShortenAddresses)
