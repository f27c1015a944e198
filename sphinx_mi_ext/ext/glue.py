"""Keep a formula on one line with the punctuation that touches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_mi_ext.ext.builders import builder_of, is_web

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx

_LONGEST = 24
"""A word longer than this may be broken away from a formula: `$n$-dimensional` stays together, an address does not."""


class GlueFormulas(SphinxPostTransform):
    """Wrap a formula in a line together with what touches it.

    To a browser a formula is a box, before and behind which a line may be broken: after the
    bracket of `($x$)`, and before the hyphen of `$n$-dimensional`.
    """

    # After notes have moved to their marks (300), which look at the text around them.
    default_priority = 500
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Look at the text on both sides of each formula."""
        if not is_web(builder_of(self.env)):
            return
        for math in list(self.document.findall(nodes.math)):
            parent = math.parent
            at = parent.index(math)
            before = parent[at - 1] if at else None
            after = parent[at + 1] if at + 1 < len(parent) else None
            head = _last_word(before) if isinstance(before, nodes.Text) else ""
            tail = _first_word(after) if isinstance(after, nodes.Text) else ""
            if not head and not tail:
                continue
            # By position: to docutils, two pieces of text with the same letters are the same.
            if before is not None and head:
                parent[at - 1] = nodes.Text(before.astext().removesuffix(head))
            if after is not None and tail:
                parent[at + 1] = nodes.Text(after.astext().removeprefix(tail))
            parent[at] = nodes.inline("", "", nodes.Text(head), math, nodes.Text(tail), classes=["mi-nobr"])


def _last_word(text: nodes.Text) -> str:
    words = text.astext().split()
    return words[-1] if words and text.astext().endswith(words[-1]) and len(words[-1]) <= _LONGEST else ""


def _first_word(text: nodes.Text) -> str:
    words = text.astext().split()
    return words[0] if words and text.astext().startswith(words[0]) and len(words[0]) <= _LONGEST else ""


def setup_glue(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(GlueFormulas)
