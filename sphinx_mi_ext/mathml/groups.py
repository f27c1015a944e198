"""Groups and environments: the nesting of a formula's tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from .errors import MathError
from .tokens import Kind, Token

__all__ = ["Cursor", "Environment", "Group", "Node", "flatten", "nest"]

_DEEPEST: Final = 60
_LONGEST_OPTION: Final = 20


@dataclass(slots=True)
class Group:
    """What stands between two braces."""

    opening: Token
    closing: Token
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Environment:
    r"""What stands between ``\begin{name}`` and ``\end{name}``."""

    name: str
    begin: Token
    end: Token
    items: list[Node] = field(default_factory=list)


Node = Token | Group | Environment


def nest(tokens: Sequence[Token]) -> list[Node]:
    r"""Nest tokens by braces and by ``\begin`` and ``\end``.

    Raises MathError where one of these has no partner, where they overlap, and where they are too deep to be meant.
    """
    top: list[Node] = []
    open_: list[Group | Environment] = []
    items = top
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        match token:
            case Token(kind=Kind.OPEN):
                open_.append(Group(token, token))
                items.append(open_[-1])
            case Token(kind=Kind.COMMAND, text=r"\begin"):
                name, at = _name(tokens, at, token)
                open_.append(Environment(name, token, token))
                items.append(open_[-1])
            case Token(kind=Kind.CLOSE):
                _close_group(open_, token)
            case Token(kind=Kind.COMMAND, text=r"\end"):
                name, at = _name(tokens, at, token)
                _close_environment(open_, token, name)
            case _:
                items.append(token)
        if len(open_) > _DEEPEST:
            raise MathError("The formula is nested too deeply.", token.position)
        items = open_[-1].items if open_ else top
    if open_:
        raise MathError(f"This {_shown(open_[-1])} is never closed.", _start(open_[-1]).position)
    return top


def flatten(nodes: Sequence[Node]) -> Iterator[Token]:
    """Give the tokens of nodes again, in the author's order."""
    for node in nodes:
        match node:
            case Token():
                yield node
            case Group():
                yield node.opening
                yield from flatten(node.items)
                yield node.closing
            case Environment():
                yield Token(Kind.MADE, f"\\begin{{{node.name}}}", node.begin.position, node.begin.macro)
                yield from flatten(node.items)
                yield Token(Kind.MADE, f"\\end{{{node.name}}}", node.end.position, node.end.macro)


class Cursor:
    """A walk over nodes, with a look at the next one; ``at`` may be set back."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = nodes
        self.at = 0

    def next(self) -> Node | None:
        """Take the next node, whatever it is; None at the end."""
        if self.at == len(self._nodes):
            return None
        self.at += 1
        return self._nodes[self.at - 1]

    def next_is(self, characters: str) -> bool:
        """Tell whether the very next node is one of some characters."""
        return self.at < len(self._nodes) and _is_character(self._nodes[self.at], characters)

    def argument(self) -> Node | None:
        """Look at the next node that is no space, without taking it."""
        at = self.at
        while at < len(self._nodes) and isinstance(node := self._nodes[at], Token) and node.is_blank:
            at += 1
        return self._nodes[at] if at < len(self._nodes) else None

    def take(self) -> Node | None:
        """Take the next node that is no space."""
        argument = self.argument()
        while argument is not None and self.next() is not argument:
            pass
        return argument

    def group(self, command: Token) -> Group:
        """Take the group that a command needs; raise MathError where there is none."""
        if not isinstance(argument := self.take(), Group):
            raise MathError(f"{command.text} needs an argument in braces.", command.position)
        return argument

    def option(self) -> list[Node] | None:
        """Take what stands in brackets right here, if it is short; else take nothing and return None."""
        if not self.next_is("["):
            return None
        for end in range(self.at + 1, min(self.at + _LONGEST_OPTION, len(self._nodes))):
            if _is_character(self._nodes[end], "]"):
                inner = list(self._nodes[self.at + 1 : end])
                self.at = end + 1
                return inner
        return None


def _is_character(node: Node, characters: str) -> bool:
    return isinstance(node, Token) and node.is_character(characters)


def _name(tokens: Sequence[Token], at: int, command: Token) -> tuple[str, int]:
    while at < len(tokens) and tokens[at].is_blank:
        at += 1
    if at == len(tokens) or tokens[at].kind is not Kind.OPEN:
        raise MathError(f"{command.text} needs the name of an environment in braces.", command.position)
    name = ""
    for end in range(at + 1, len(tokens)):
        if tokens[end].kind is Kind.CLOSE:
            return name.strip(), end + 1
        name += tokens[end].text
    raise MathError("This { is never closed.", tokens[at].position)


def _close_group(open_: list[Group | Environment], token: Token) -> None:
    match open_:
        case [*_, Group() as group]:
            group.closing = token
            open_.pop()
        case [*_, Environment() as environment]:
            raise MathError(f"This }} has no partner inside {_shown(environment)}.", token.position)
        case _:
            raise MathError("This } has no partner.", token.position)


def _close_environment(open_: list[Group | Environment], token: Token, name: str) -> None:
    match open_:
        case [*_, Environment() as environment] if environment.name == name:
            environment.end = token
            open_.pop()
        case [*_, last]:
            raise MathError(f"\\end{{{name}}} comes before {_shown(last)} is closed.", token.position)
        case _:
            raise MathError(f"\\end{{{name}}} has no \\begin{{{name}}}.", token.position)


def _shown(node: Group | Environment) -> str:
    return "{" if isinstance(node, Group) else f"\\begin{{{node.name}}}"


def _start(node: Group | Environment) -> Token:
    return node.opening if isinstance(node, Group) else node.begin
