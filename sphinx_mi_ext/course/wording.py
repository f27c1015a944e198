"""Titles as readers see them: which are the same, and how one stands on a line of plain text."""

from __future__ import annotations

from unicodedata import category, normalize

_PLAIN = str.maketrans(dict.fromkeys("‘’‚‛`´′", "'") | dict.fromkeys("“”„‟«»″", '"'))
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of the text around them."""


def same_title(one: str, other: str) -> bool:
    """Return whether two titles differ at most in white space, case and the form of quotation marks."""
    return title_key(one) == title_key(other)


def title_key(title: str) -> str:
    """Return what titles that readers take for the same have in common."""
    return " ".join(normalize("NFKC", title.translate(_PLAIN)).casefold().split())


def one_line(text: str) -> str:
    """Return text without line breaks, and without what would control a terminal or turn the rest of the line."""
    shown = (" " if category(char) in {"Cc", "Zl", "Zp", "Cs"} else char for char in text if char not in _TURNING)
    return " ".join("".join(shown).split())
