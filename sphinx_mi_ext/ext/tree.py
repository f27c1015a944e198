"""Walk the pages of a document tree: one, or many in the books that are a single tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

NodeT = TypeVar("NodeT", bound=nodes.Element)


@dataclass(frozen=True, slots=True)
class PageTree:
    """One page within a tree. `prefix` makes ids of ours unique where several pages share a tree."""

    docname: str
    root: nodes.Element
    prefix: str

    def findall(self, kind: type[NodeT]) -> list[NodeT]:
        """Return the nodes of a kind that belong to this page and not to a page within it."""
        return [node for node in self.root.findall(kind) if self._owns(node)]

    @property
    def section(self) -> nodes.section | None:
        """The section of the page's title."""
        return next((child for child in self.root.children if isinstance(child, nodes.section)), None)

    def _owns(self, node: nodes.Element) -> bool:
        above = node.parent
        while above is not self.root:
            if above is None or isinstance(above, addnodes.start_of_file):
                return False
            above = above.parent
        return True


def pages_of(document: nodes.document, env: BuildEnvironment) -> Iterator[PageTree]:
    """Yield the pages of `document`, the outermost first."""
    yield PageTree(env.docname, document, "")
    for file in list(document.findall(addnodes.start_of_file)):
        for child in file.children:
            child.parent = file  # Sphinx hangs the children in and leaves them with the parent that they had
        yield PageTree(file["docname"], file, file["docname"].replace("/", "-") + "-")
