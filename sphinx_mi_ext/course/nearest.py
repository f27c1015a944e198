"""Suggest what an author may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return `'; did you mean "x"?'` for the nearest of `known`, or an empty string where none is near."""
    near = get_close_matches(wrong, sorted(known), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""
