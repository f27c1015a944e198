r"""Formulas that would make math-core 0.9 run out of stack or of time, refused before it reads them.

It descends into itself at each command that takes an argument and at each fence, and crashes the process after some
thousands; and it tries each bracket that is never closed in two ways, so that 30 of them take minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from . import commands
from .errors import MathError
from .tokens import Kind, Token

__all__ = ["check"]

_DEEPEST: Final = 1000
_MOST_UNCLOSED: Final = 12
_OPENING: Final = frozenset("([⟨⌈⌊⟦⟪⟮⦃⦅⦇⦉")
_CLOSING: Final = frozenset(")]⟩⌉⌋⟧⟫⟯⦄⦆⦈⦊")


def check(tokens: Sequence[Token]) -> None:
    """Raise MathError for a formula that math-core must not read."""
    _check_depth(tokens)
    _check_brackets(tokens)


def _check_depth(tokens: Sequence[Token]) -> None:
    outside: list[int] = []
    depth = 0
    for token in tokens:
        if token.kind is Kind.OPEN or token.text == "{":
            outside.append(depth)
        elif token.kind is Kind.CLOSE or token.text == "}":
            depth = outside.pop() if outside else 0
        elif token.is_character("&") or token.text == r"\\":
            depth = outside[-1] if outside else 0
        elif token.kind in (Kind.COMMAND, Kind.MADE):
            depth += 1
        if depth + len(outside) > _DEEPEST:
            raise MathError("The formula is too long to be laid out; break it up.", token.position)


def _check_brackets(tokens: Sequence[Token]) -> None:
    outside: list[int] = []
    unclosed = here = 0
    fenced = False
    for token in tokens:
        if fenced and not token.is_blank:
            fenced = False
        elif token.command in ("left", "middle", "right"):
            fenced = True
        elif token.text in _OPENING or token.command in commands.OPENING:
            here += 1
        elif token.text in _CLOSING or token.command in commands.CLOSING:
            here = max(here - 1, 0)
        elif token.text == "{":
            outside.append(here)
            here = 0
        elif token.text == "}":
            unclosed += here
            here = outside.pop() if outside else 0
        elif token.is_character("&") or token.text == r"\\":
            unclosed += here
            here = 0
        if unclosed + here + sum(outside) > _MOST_UNCLOSED:
            raise MathError("Too many brackets are opened here and never closed.", token.position)
