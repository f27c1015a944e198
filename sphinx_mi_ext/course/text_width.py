"""How wide a text is, and where it breaks, without a renderer.

Widths are those of an Arial-metric font (Liberation Sans), which most sans-serif fonts do not
exceed by much; a safety factor covers the rest.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SAFETY = 1.06
_OTHER = 640
_WIDE = 1000
# Thousandths of the size of the type, and the characters that are so wide.
_CHARACTERS = {
    191: "'",
    222: "ijl‘’",
    260: "|¦",
    278: " !,./:;I[\\]ft\xa0·ÌÍÎÏìíîï",
    333: "()-`r¡¨\xad²³´¸¹“”",
    355: '"{}',
    389: "*ºª",
    469: "^°",
    500: "Jcksvxyzçýÿ",
    556: "#$0123456789?L_abdeghnopqu¢£¤¥§«»àáâãäåèéêëðñòóôõöùúûüþ–¶±÷¯",
    584: "+<=>~¬×µ",
    611: "FTZ¿ßø",
    667: "&ABEKPSVXYÀÁÂÃÄÅÈÉÊËÝÞ",
    722: "CDHNRUwÇÐÑÙÚÛÜ",
    778: "GOQÒÓÔÕÖØ©®",
    833: "Mm¼½¾",
    889: "%æ",
    944: "W",
    1000: "Æ—…←",
    1015: "@",
}
_WIDTHS = {character: width for width, characters in _CHARACTERS.items() for character in characters}
_Piece = tuple[str, float, float]
_PIECE = re.compile(r"[^\s-]*-+|[^\s-]+")


def text_width(text: str, size: float) -> float:
    """Return the width of `text` in type of `size`, in the unit of `size`; rather too much than too little."""
    return sum(map(_thousandths, text)) * size * _SAFETY / 1000


def wrapped(text: str, size: float, room: float, most: int = 4) -> tuple[str, ...]:
    """Return `text` in as few lines as fit `room`, and these as even as can be.

    Lines break at spaces and behind hyphens, and within a word that is wider than the room. What
    does not fit into `most` lines is cut, with an ellipsis.
    """
    pieces = _pieces(text, size, room)
    if not pieces:
        return ("",)
    lines = _filled(pieces, room)
    low, high = max(width for _, _, width in pieces), room
    for _ in range(6 if len(lines) > 1 else 0):
        middle = (low + high) / 2
        tried = _filled(pieces, middle)
        if len(tried) <= len(lines):
            high, lines = middle, tried
        else:
            low = middle
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1], size, room)]
    return tuple(lines)


def _cut(line: str, size: float, room: float) -> str:
    while line and text_width(line + "…", size) > room:
        line = line[:-1].rstrip()
    return line + "…"


def _pieces(text: str, size: float, room: float) -> list[_Piece]:
    """Return what a line may not break within, each with the space behind it and its own width."""
    space = text_width(" ", size)
    found: list[_Piece] = []
    for word in text.split():
        parts = [part for piece in _PIECE.findall(word) for part in _broken(piece, size, room)]
        found += [(part, 0.0, width) for part, width in parts]
        found[-1] = (found[-1][0], space, found[-1][2])
    return found


def _broken(word: str, size: float, room: float) -> list[tuple[str, float]]:
    """Return a word in parts that each fit the room, with their widths."""
    parts = []
    while (width := text_width(word, size)) > room and len(word) > 1:
        end = len(word) - 1
        while end > 1 and text_width(word[:end] + "-", size) > room:
            end -= 1
        part = word[:end] + "-"
        parts.append((part, text_width(part, size)))
        word = word[end:]
    return [*parts, (word, width)]


def _filled(pieces: list[_Piece], room: float) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for piece, space, width in pieces:
        if line and used + width > room + 1e-9:
            lines.append(line.rstrip())
            line, used = "", 0.0
        line += piece + " " if space else piece
        used += width + space
    return [*lines, line.rstrip()]


@lru_cache(maxsize=4096)
def _thousandths(character: str) -> int:
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character):
        return 0
    return _WIDE if unicodedata.east_asian_width(character) in "WF" else _OTHER
