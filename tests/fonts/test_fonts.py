"""The fonts that are shipped: named as their licence allows, with its text, and fit for math."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

font_library = pytest.importorskip("fontTools.ttLib")
pytest.importorskip("brotli")

PACKAGE = Path(__file__).resolve().parents[2] / "sphinx_mi_ext"
FONTS = PACKAGE / "static/fonts"
FILES = sorted(FONTS.glob("*.woff2"))
STYLE = (PACKAGE / "styles/common/02-fonts.css").read_text("utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_font_has_a_reserved_name(path: Path) -> None:
    with font_library.TTFont(path) as font:
        names = {record.toUnicode() for record in font["name"].names if record.nameID in {1, 3, 4, 6, 16}}
    assert not any("source" in name.casefold() for name in names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_font_is_used(path: Path) -> None:
    assert f"fonts/{path.name}" in STYLE


def test_each_licence_is_shipped() -> None:
    licences = sorted(FONTS.glob("OFL-*.txt"))
    assert [path.stem for path in licences] == [
        "OFL-source-code-pro",
        "OFL-source-sans-3",
        "OFL-source-serif-4",
        "OFL-stix-two-math",
    ]
    assert all("SIL OPEN FONT LICENSE" in path.read_text("utf-8").upper() for path in licences)


def test_math_has_its_table_and_signs_that_grow() -> None:
    with font_library.TTFont(FONTS / "mi-math.woff2") as font:
        table = font["MATH"].table
        grows = set(table.MathVariants.VertGlyphCoverage.glyphs)
        characters = font.getBestCmap()
    for sign in "∑∫√({[|‖":
        assert characters[ord(sign)] in grows


def test_ranges_of_a_family_do_not_overlap() -> None:
    ranges: dict[str, set[int]] = {}
    for family, shown in re.findall(r'font-family: "(MI \w+)"[^}]*unicode-range: ([^;]+);', STYLE):
        points: set[int] = set()
        for part in shown.split(","):
            first, _, last = part.strip().removeprefix("U+").partition("-")
            points |= set(range(int(first, 16), int(last or first, 16) + 1))
        assert not points & ranges.setdefault(family, set())
        ranges[family] |= points
