"""LaTeX as tokens that remember where the author wrote them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from .errors import MathError

__all__ = ["Kind", "Token", "made", "tokenize", "write"]

_NONCHARACTERS: Final = range(0xFDD0, 0xFDF0)


class Kind(Enum):
    """What a token is."""

    COMMAND = auto()
    OPEN = auto()
    CLOSE = auto()
    CHARACTER = auto()
    SPACE = auto()
    PARAGRAPH = auto()
    MADE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    r"""One unit of LaTeX.

    ``text`` is what math-core will read (``\alpha``, ``{``, ``x``); ``position`` is the offset, in what the
    author wrote, of what it was made from; ``macro`` names the author's macro whose body it comes from.
    """

    kind: Kind
    text: str
    position: int
    macro: str | None = None

    @property
    def command(self) -> str | None:
        r"""The name without its backslash (``alpha``, ``,``), None for all that is no command."""
        return self.text[1:] if self.kind is Kind.COMMAND else None

    def is_character(self, characters: str) -> bool:
        """Tell whether this is one of some characters, written plainly and not as a command."""
        return self.kind is Kind.CHARACTER and self.text in characters

    @property
    def is_blank(self) -> bool:
        """Whether this shows nothing between two symbols of a formula."""
        return self.kind in (Kind.SPACE, Kind.PARAGRAPH)


def made(text: str, source: Token) -> Token:
    """Make a token that the author did not write, blamed on one that the author did."""
    return Token(Kind.MADE, text, source.position, source.macro)


def tokenize(latex: str) -> list[Token]:
    r"""Split LaTeX into tokens; comments go, blank lines stay as PARAGRAPH.

    Raises MathError for a lone backslash at the end and for characters that XML or HTML forbid
    (https://www.w3.org/TR/xml/#charsets, https://html.spec.whatwg.org/#preprocessing-the-input-stream).
    """
    tokens: list[Token] = []
    at = 0
    while at < len(latex):
        start, character = at, latex[at]
        if character == "\\":
            at = _end_of_command(latex, at)
            tokens.append(Token(Kind.COMMAND, latex[start:at], start))
        elif character == "%":
            at = _end_of_comment(latex, at)
        elif character.isspace():
            at = _end_of_space(latex, at)
            paragraph = latex.count("\n", start, at) > 1
            tokens.append(Token(Kind.PARAGRAPH if paragraph else Kind.SPACE, " ", start))
        else:
            _refuse_forbidden(character, at)
            kind = {"{": Kind.OPEN, "}": Kind.CLOSE}.get(character, Kind.CHARACTER)
            tokens.append(Token(kind, character, start))
            at += 1
    return tokens


def write(tokens: Iterable[Token]) -> tuple[str, list[int]]:
    """Write tokens as LaTeX; return it with the offset in it at which each token starts."""
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    after_word = False
    for token in tokens:
        # A command's name must not swallow the letter or star that follows in another token.
        if after_word and token.kind is Kind.CHARACTER and (_is_letter(token.text) or token.text == "*"):
            parts.append(" ")
            length += 1
        starts.append(length)
        parts.append(token.text)
        length += len(token.text)
        after_word = token.kind is Kind.COMMAND and _is_letter(token.text[-1])
    return "".join(parts), starts


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _end_of_command(latex: str, at: int) -> int:
    end = at + 1
    if end == len(latex):
        raise MathError("The backslash at the end is followed by no command.", at)
    if not _is_letter(latex[end]):
        _refuse_forbidden(latex[end], end)
        return end + 1
    while end < len(latex) and _is_letter(latex[end]):
        end += 1
    return end


def _end_of_comment(latex: str, at: int) -> int:
    end = latex.find("\n", at)
    if end < 0:
        return len(latex)
    # TeX drops the line's end and the indentation of the next line, but not a blank line that follows.
    end += 1
    while end < len(latex) and latex[end] in " \t":
        end += 1
    return end


def _end_of_space(latex: str, at: int) -> int:
    while at < len(latex) and latex[at].isspace():
        _refuse_forbidden(latex[at], at)
        at += 1
    return at


def _refuse_forbidden(character: str, at: int) -> None:
    code = ord(character)
    # The last two code points of each plane and one range in between are no characters.
    control = unicodedata.category(character) in ("Cc", "Cs") and character not in "\t\n\r"
    if control or code & 0xFFFE == 0xFFFE or code in _NONCHARACTERS:
        raise MathError(f"The character U+{code:04X} cannot stand in a formula.", at)
