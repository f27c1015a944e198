r"""The text in a formula: ``\text{if $x$ holds}`` as math-core reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from . import commands
from .errors import MathError
from .groups import Group, Node, flatten
from .tokens import Kind, Token, made

__all__ = ["rewrite_text"]

# LaTeX's ligatures, which math-core prints as they are typed.
_LIGATURES: Final = {"---": "—", "--": "–", "``": "“", "''": "”"}


def rewrite_text(command: Token, group: Group, math: Callable[[Sequence[Node]], list[Token]]) -> list[Token]:
    """Write a text command; formulas inside the text become formulas beside it, rewritten by ``math``.

    Raises MathError for a ``$`` without partner and for characters that LaTeX gives another meaning in text.
    """
    texts = [[]] if not group.items else list(_split(group.items))
    name = _name(command)
    if len(texts) == 1:
        return [name, group.opening, *_literal(texts[0], command), group.closing]
    out = [made("{", group.opening)]
    for at, nodes in enumerate(texts):
        if at % 2:
            out += [made("{", group.opening), *math(nodes), made("}", group.closing)]
        elif nodes:
            out += [name, made("{", group.opening), *_literal(nodes, command), made("}", group.closing)]
    return [*out, made("}", group.closing)]


def _name(command: Token) -> Token:
    return made(r"\text", command) if command.command in commands.PLAIN_TEXT else command


def _split(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Split text at its ``$``: text, formula, text, ..."""
    part: list[Node] = []
    dollar: Token | None = None
    for node in _without_groups(nodes):
        if isinstance(node, Token) and node.is_character("$"):
            yield part
            part = []
            dollar = None if dollar else node
        else:
            part.append(node)
    if dollar:
        raise MathError("This $ has no partner in the text.", dollar.position)
    yield part


def _without_groups(nodes: Sequence[Node]) -> Iterator[Node]:
    """Open the groups of a text that are no command's argument, since a formula may stand in them."""
    after_command = False
    for node in nodes:
        if isinstance(node, Group) and not after_command:
            yield from _without_groups(node.items)
        else:
            yield node
        after_command = isinstance(node, Token) and node.kind is Kind.COMMAND


def _literal(nodes: Sequence[Node], command: Token) -> list[Token]:
    tokens = list(flatten(nodes))
    for token in tokens:
        if token.is_character("_&#"):
            raise MathError(f'In text, write "\\{token.text}" instead of "{token.text}".', token.position)
    if command.command == "texttt":
        return [_in_text(token) for token in tokens]
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        for typed, shown in _LIGATURES.items():
            run = tokens[at : at + len(typed)]
            if "".join(token.text for token in run) == typed and all(t.kind is Kind.CHARACTER for t in run):
                out.append(made(shown, tokens[at]))
                at += len(typed)
                break
        else:
            out.append(_in_text(tokens[at]))
            at += 1
    return out


def _in_text(token: Token) -> Token:
    if token.kind is Kind.PARAGRAPH:
        return made(" ", token)
    return _name(token) if token.command in commands.TEXT else token
