"""Every colour that text or a line has reaches its contrast on every ground it stands on, light and dark."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parent.parent / "sphinx_mi_ext/styles/common/01-tokens.css"
_PAIR = re.compile(r"--mi-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")

TEXT = [
    *product(["ink", "ink-2", "link"], ["paper", "wash", "raise"]),
    *product(["ink", "ink-2", "link", "def"], ["def-bg"]),
    *product(["ink", "ink-2", "link", "pause"], ["pause-bg"]),
    *product(["aside", "warn", "tip", "pause", "def"], ["paper"]),
    *product(["c-key", "c-str", "c-com", "c-num", "c-name", "ink"], ["code-bg", "raise"]),
    ("paper", "link"),  # the action of the first page
]
"""Pairs of text and ground: 4.5 to 1 (WCAG 2.2, 1.4.3)."""
LINES = [
    *product(["focus"], ["paper", "wash", "raise", "def-bg", "pause-bg"]),
    *product(["line-2"], ["paper", "wash", "raise"]),
    *product(["fig-1", "fig-2", "fig-3", "fig-4", "fig-5"], ["paper"]),
    *product(["fig-2", "fig-3", "fig-4"], ["paper", "raise"]),  # the difficulties on the map
]
"""Lines that carry meaning, borders of controls, the focus ring: 3 to 1 (WCAG 2.2, 1.4.11)."""


def palette(theme: str) -> dict[str, str]:
    return {name: light if theme == "light" else dark for name, light, dark in _PAIR.findall(TOKENS.read_text("utf-8"))}


def luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), TEXT)
def test_text_can_be_read(theme: str, front: str, ground: str) -> None:
    colors = palette(theme)
    assert contrast(colors[front], colors[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), LINES)
def test_lines_can_be_seen(theme: str, front: str, ground: str) -> None:
    colors = palette(theme)
    assert contrast(colors[front], colors[ground]) >= 3


def test_each_color_is_in_the_test() -> None:
    seen = {name for pair in [*TEXT, *LINES] for name in pair}
    # Decoration: hair lines beside other signs.
    assert set(palette("light")) - seen == {"line", "link-line", "pause-line"}
