r"""Environments of LaTeX and amsmath in terms of those that math-core lays out without numbers.

The caller numbers equations, so ``align`` becomes ``aligned`` and ``equation`` goes. Sources: amsmath's user's guide,
sections 3 and 4 (https://ctan.org/pkg/amsmath); mathtools, section 3.4, for the starred matrices.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from .groups import Cursor, Environment, Group, Node, flatten
from .tokens import Token, made

__all__ = ["clean_rows", "in_environment", "is_row_end", "rewrite_environment", "unwrap"]

Rewrite = Callable[[Sequence[Node]], list[Token]]

_WRAPPERS: Final = frozenset({"equation", "equation*", "displaymath", "math", "subequations"})
_TARGETS: Final = {
    "align": "aligned",
    "align*": "aligned",
    "alignat": "aligned",
    "alignat*": "aligned",
    "aligned": "aligned",
    "alignedat": "aligned",
    "flalign": "aligned",
    "flalign*": "aligned",
    "split": "aligned",
    "gather": "gathered",
    "gather*": "gathered",
    "gathered": "gathered",
    "multline": "multline*",
    "multline*": "multline*",
    "multlined": "multline*",
}
_WITH_COUNT: Final = frozenset({"alignat", "alignat*", "alignedat"})
_FENCES: Final = {
    "": ("", ""),
    "p": ("(", ")"),
    "b": ("[", "]"),
    "B": (r"\{", r"\}"),
    "v": ("|", "|"),
    "V": (r"\|", r"\|"),
}
# The table that math-core shall make of a matrix, and its fences.
_MATRICES: Final = {
    **{f"{kind}matrix*": ("array", fences) for kind, fences in _FENCES.items()},
    **{f"{kind}smallmatrix": ("subarray", fences) for kind, fences in _FENCES.items()},
}
_LENGTH: Final = re.compile(r"\s*[-+]?(\d+\.?\d*|\.\d+)\s*(pt|pc|in|bp|cm|mm|em|ex|mu|px)\s*")


def unwrap(nodes: Sequence[Node]) -> list[Node]:
    """Put the contents of ``equation`` and its like in their places."""
    out: list[Node] = []
    for node in nodes:
        if isinstance(node, Environment) and node.name in _WRAPPERS:
            out += unwrap(node.items)
        else:
            out.append(node)
    return out


def rewrite_environment(environment: Environment, rewrite: Rewrite) -> list[Token]:
    """Write an environment as one of math-core's; ``rewrite`` does the same for what stands in it."""
    cursor = Cursor(environment.items)
    name = environment.name
    if name in _WRAPPERS:
        return rewrite(environment.items)
    if name in _TARGETS:
        _drop_position(cursor)
        if name in _WITH_COUNT:
            cursor.group(_opening(environment))
        return in_environment(environment, _TARGETS[name], rewrite(clean_rows(_rest(cursor))))
    if name in ("eqnarray", "eqnarray*"):
        return in_environment(environment, "darray", rewrite(clean_rows(environment.items)), "{rcl}")
    if name in ("array", "darray", "subarray"):
        _drop_position(cursor)
        columns = _columns(cursor.group(_opening(environment)))
        return in_environment(environment, name, rewrite(clean_rows(_rest(cursor))), f"{{{columns}}}")
    if name in _MATRICES:
        return _matrix(environment, rewrite)
    return in_environment(environment, name, rewrite(clean_rows(environment.items)))


def _opening(environment: Environment) -> Token:
    return made(f"\\begin{{{environment.name}}}", environment.begin)


def in_environment(place: Environment | Token, name: str, inner: list[Token], arguments: str = "") -> list[Token]:
    """Enclose tokens in an environment of math-core; ``place`` is what its errors are blamed on."""
    begin, end = (place.begin, place.end) if isinstance(place, Environment) else (place, place)
    return [made(f"\\begin{{{name}}}{arguments}", begin), *inner, made(f"\\end{{{name}}}", end)]


def is_row_end(node: Node) -> bool:
    r"""Tell whether a node is ``\\``, or its synonym ``\newline``."""
    return isinstance(node, Token) and node.command in ("\\", "newline")


def clean_rows(nodes: Sequence[Node]) -> list[Node]:
    r"""Drop what math-core would print after ``\\`` (its star and its length), and a ``\\`` that ends no row."""
    out: list[Node] = []
    cursor = Cursor(nodes)
    while (node := cursor.next()) is not None:
        out.append(node)
        if is_row_end(node):
            if cursor.next_is("*"):
                cursor.next()
            _drop_length(cursor)
    last = max((at for at, node in enumerate(out) if not _is_blank(node)), default=-1)
    if last >= 0 and is_row_end(out[last]):
        del out[last:]
    return out


def _drop_length(cursor: Cursor) -> None:
    start = cursor.at
    option = cursor.option()
    if option is not None and not _LENGTH.fullmatch(_written(option)):
        cursor.at = start


def _drop_position(cursor: Cursor) -> None:
    start = cursor.at
    option = cursor.option()
    if option is not None and _written(option).strip() not in ("t", "c", "b"):
        cursor.at = start


def _written(nodes: Sequence[Node]) -> str:
    return "".join(token.text for token in flatten(nodes))


def _is_blank(node: Node) -> bool:
    return isinstance(node, Token) and node.is_blank


def _rest(cursor: Cursor) -> list[Node]:
    out: list[Node] = []
    while (node := cursor.next()) is not None:
        out.append(node)
    return out


def _columns(group: Group) -> str:
    """Read a column specification; math-core knows l, c, r and lines, so ``@{...}`` and widths go."""
    columns = ""
    cursor = Cursor(group.items)
    while (node := cursor.take()) is not None:
        text = node.text if isinstance(node, Token) else "?"
        if text in "@!><":
            cursor.group(group.opening)
        elif text in "pmb":
            cursor.group(group.opening)
            columns += "l"
        else:
            columns += text
    return columns


def _matrix(environment: Environment, rewrite: Rewrite) -> list[Token]:
    table, (opening, closing) = _MATRICES[environment.name]
    cursor = Cursor(environment.items)
    column = (table == "array" and _written(cursor.option() or [])) or "c"
    items = clean_rows(_rest(cursor))
    widest = cells = 1
    for node in items:
        if is_row_end(node):
            cells = 1
        elif isinstance(node, Token) and node.is_character("&"):
            cells += 1
            widest = max(widest, cells)
    out = in_environment(environment, table, rewrite(items), f"{{{column * widest}}}")
    if not opening:
        return out
    return [made(f"\\left{opening} ", environment.begin), *out, made(f"\\right{closing} ", environment.end)]
