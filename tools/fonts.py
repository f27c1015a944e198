# ruff: noqa: E501 - the tables of characters and faces are read in columns
r"""Make the fonts of the web book: subsets of open fonts, narrowed, renamed and compressed.

    npm pack @fontsource-variable/source-serif-4 @fontsource-variable/source-sans-3 \
        @fontsource-variable/source-code-pro @fontsource/stix-two-math
    (unpack each into SOURCES/<name of the package>)
    pip install fonttools brotli
    python tools/fonts.py SOURCES sphinx_mi_ext/static/fonts

'Source' is a name that the licence of the Source fonts reserves (SIL Open Font License 1.1, clause 3), so
the modified files are named 'MI ...'. The licence texts are copied beside them. The same sources and the
same versions of fonttools and brotli give the same bytes.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer


def _range(first: int, last: int) -> list[int]:
    return list(range(first, last + 1))


ASCII = _range(0x20, 0x7E)
TYPOGRAPHY = [0xA0, 0x2009, 0x2010, 0x2011, *_range(0x2013, 0x2014), *_range(0x2018, 0x201D), 0x2026, 0x202F]
ACCENTED = [
    0xC9,
    0xD6,
    0xDC,
    0xDF,
    0xE0,
    0xE1,
    0xE4,
    0xE7,
    0xE8,
    0xE9,
    0xEB,
    0xED,
    0xEF,
    0xF1,
    0xF3,
    0xF6,
    0xF8,
    0xFA,
    0xFC,
]
TEXT = [*ASCII, *ACCENTED, *TYPOGRAPHY, 0xA7, 0xB0, 0xB1, 0xB7, 0xD7, 0x2022, 0x2032, 0x2190, 0x2192, 0x2212, 0x21A9]
"""What texts of this book need; the rest of the Latin languages is EXTENDED."""
EXTENDED = sorted({*_range(0xA1, 0xFF), 0x152, 0x153} - set(TEXT))
EUROPEAN = [
    0x106,
    0x107,
    0x10C,
    0x10D,
    0x10F,
    0x111,
    0x117,
    0x119,
    0x11B,
    0x11F,
    0x130,
    0x141,
    0x142,
    0x144,
    0x148,
    0x150,
    0x151,
    0x158,
    0x159,
    0x15A,
    0x15B,
    0x15F,
    0x160,
    0x161,
    0x16B,
    0x171,
    0x17A,
    0x17C,
    0x17D,
    0x17E,
]
"""Letters of names that the Latin part of the fonts does not have."""
ITALIC = [*ASCII, *TYPOGRAPHY, *ACCENTED]
CODE = [*ASCII, 0xA0, 0xB7, 0xD7, 0xE9, *_range(0x2013, 0x2014), *_range(0x2018, 0x201D), 0x2026, 0x2190, 0x2192]
MATH_ALPHABETS = [
    *_range(0x1D434, 0x1D467), 0x210E,  # italic
    *_range(0x1D400, 0x1D433),  # bold
    *_range(0x1D6FC, 0x1D714), *_range(0x1D715, 0x1D71B),  # italic Greek, small
    0x1D6E4, 0x1D6E5, 0x1D6E9, 0x1D6EC, 0x1D6EF, 0x1D6F1, 0x1D6F4, 0x1D6F7, 0x1D6F9, 0x1D6FA,  # italic Greek, those capitals that are not Latin
    0x1D49E, 0x1D49F, 0x1D4A9, 0x1D4AE, 0x1D4B1, 0x1D4B3, 0x1D4B4,  # script C D N S V X Y
    0x1D73D, 0x1D753,  # bold theta and phi
    *_range(0x1D7CE, 0x1D7D7),  # bold digits
]  # fmt: skip
MATH = [
    *ASCII, 0xA0, 0xAC, 0xAF, 0xB1, 0xB7, 0xD7, 0x131, 0x237, 0x2C6, 0x2C7, 0x2D8, 0x2D9, 0x2DC, 0x300, 0x302, 0x303, 0x304, 0x305, 0x307, 0x20D7,
    0x393, 0x394, 0x398, 0x39B, 0x39E, 0x3A0, 0x3A3, 0x3A6, 0x3A8, 0x3A9, *_range(0x3B1, 0x3C9), 0x3D1, 0x3D5, 0x3F1, 0x3F5,
    0x2016, 0x2026, 0x2032, 0x2033, 0x203E, *_range(0x2061, 0x2064), 0x210B, 0x2112, 0x2113, 0x211D, 0x2115,
    *_range(0x2190, 0x2194), 0x21A6, 0x21D2, 0x21D4, 0x2200, 0x2202, 0x2203, 0x2205, 0x2207, 0x2208, 0x2209, 0x220F, 0x2211, 0x2212, 0x2216,
    0x2217, 0x2218, 0x221A, 0x221D, 0x221E, 0x2225, 0x2227, 0x2228, 0x2229, 0x222A, 0x222B, 0x223C, 0x2248, 0x2254, 0x2260, 0x2261, 0x2264,
    0x2265, 0x226A, 0x226B, 0x2282, 0x2286, 0x2295, 0x2297, 0x2299, 0x22A4, 0x22A5, 0x22C5, 0x22EE, 0x22EF, 0x22F1, 0x2308, 0x2309, 0x230A, 0x230B,
    0x23DE, 0x23DF, 0x27E8, 0x27E9, 0xFE00, 0x1D53C, *MATH_ALPHABETS,
]  # fmt: skip
"""What most formulas need."""
LETTERS = sorted(
    {*_range(0x2100, 0x214F), *_range(0x1D49C, 0x1D4CF), *_range(0x1D538, 0x1D56B), *_range(0x1D736, 0x1D755)}
    - set(MATH)
)
"""Script, double-struck and bold italic Greek letters."""
RARE = sorted(
    {
        *_range(0xB0, 0xB0), 0xF7, *_range(0x391, 0x3A9), *_range(0x2C9, 0x2DD), *_range(0x306, 0x338), 0x2020, 0x2021, 0x2022, 0x2034, 0x2044,
        0x2195, 0x21A0, 0x21A9, 0x21AA, 0x21D0, 0x21D1, 0x21D3, 0x21D5, 0x21C0, 0x21BC, 0x27F5, 0x27F6, 0x27F8, 0x27F9, 0x27FA, 0x27FC,
        *_range(0x2200, 0x22FF), *_range(0x231C, 0x231F), 0x23B0, 0x23B1, 0x23DC, 0x23DD, 0x25A1, 0x25A0, 0x25B3, 0x25CB, 0x25CF, 0x2713, 0x27EA, 0x27EB, 0x2A7D, 0x2A7E, 0x2AAF, 0x2AB0,
        *_range(0x1D468, 0x1D49B),  # bold italic
        *_range(0x1D504, 0x1D537),  # Fraktur
        *_range(0x1D5A0, 0x1D5D3), *_range(0x1D670, 0x1D6A3),  # sans-serif, typewriter
        0x1D6A4, 0x1D6A5, *_range(0x1D6A8, 0x1D6E1), *_range(0x1D6E2, 0x1D6FB),  # bold and italic Greek
        *_range(0x1D7D8, 0x1D7E1),  # double-struck digits
    }
    - set(MATH)
)  # fmt: skip
"""What else mathematics of this kind may use."""

SERIF_FEATURES = ("kern", "liga", "onum", "lnum", "pnum")
SANS_FEATURES = ("kern", "liga", "tnum", "lnum")
MATH_FEATURES = ("ssty", "dtls", "flac", "ccmp", "mark", "mkmk")


@dataclass(frozen=True)
class Face:
    """A file to make: from which, under which name, with which characters, axes and features."""

    package: str
    source: str
    target: str
    family: str
    characters: Iterable[int]
    axes: dict[str, float | tuple[float, float]]
    features: tuple[str, ...]
    licence: str


VARIABLE = "@fontsource-variable"
SERIF, SANS, CODE_PRO = f"{VARIABLE}/source-serif-4", f"{VARIABLE}/source-sans-3", f"{VARIABLE}/source-code-pro"
STIX = "@fontsource/stix-two-math"
WEIGHTS = (400, 600)
FACES = (
    Face(SERIF, "source-serif-4-latin-opsz-normal", "mi-serif", "MI Serif", TEXT, {"wght": WEIGHTS, "opsz": 19}, SERIF_FEATURES, "source-serif-4"),
    Face(SERIF, "source-serif-4-latin-opsz-normal", "mi-serif-extended", "MI Serif", EXTENDED, {"wght": WEIGHTS, "opsz": 19}, SERIF_FEATURES, "source-serif-4"),
    Face(SERIF, "source-serif-4-latin-ext-opsz-normal", "mi-serif-european", "MI Serif", EUROPEAN, {"wght": WEIGHTS, "opsz": 19}, SERIF_FEATURES, "source-serif-4"),
    Face(SERIF, "source-serif-4-latin-wght-italic", "mi-serif-italic", "MI Serif", ITALIC, {"wght": 400}, SERIF_FEATURES, "source-serif-4"),
    Face(SANS, "source-sans-3-latin-wght-normal", "mi-sans", "MI Sans", TEXT, {"wght": WEIGHTS}, SANS_FEATURES, "source-sans-3"),
    Face(SANS, "source-sans-3-latin-wght-normal", "mi-sans-extended", "MI Sans", EXTENDED, {"wght": WEIGHTS}, SANS_FEATURES, "source-sans-3"),
    Face(SANS, "source-sans-3-latin-ext-wght-normal", "mi-sans-european", "MI Sans", EUROPEAN, {"wght": WEIGHTS}, SANS_FEATURES, "source-sans-3"),
    Face(CODE_PRO, "source-code-pro-latin-wght-normal", "mi-mono", "MI Mono", CODE, {"wght": 400}, ("kern", "ccmp"), "source-code-pro"),
    Face(STIX, "stix-two-math-latin-400-normal", "mi-math", "MI Math", MATH, {}, MATH_FEATURES, "stix-two-math"),
    Face(STIX, "stix-two-math-latin-400-normal", "mi-math-letters", "MI Math", LETTERS, {}, MATH_FEATURES, "stix-two-math"),
    Face(STIX, "stix-two-math-latin-400-normal", "mi-math-rare", "MI Math", RARE, {}, MATH_FEATURES, "stix-two-math"),
)  # fmt: skip


def make(face: Face, sources: Path, folder: Path) -> Path:
    """Write one font and return its path."""
    font = TTFont(sources / face.package / "files" / f"{face.source}.woff2", recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = list(face.features)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.hinting = False
    options.notdef_outline = True
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=face.characters)
    chosen.subset(font)
    if face.axes:
        # Subset first, then narrow the axes: the other order fails on the variations of glyphs.
        stream = io.BytesIO()
        font.flavor = None
        font.save(stream)
        stream.seek(0)
        font = instancer.instantiateVariableFont(TTFont(stream, recalcTimestamp=False), face.axes)
    _rename(font, face.family, "Italic" if "italic" in face.source else "Regular")
    font.flavor = "woff2"
    target = folder / f"{face.target}.woff2"
    font.save(target)
    return target


def _rename(font: TTFont, family: str, style: str) -> None:
    names = font["name"]
    compact = family.replace(" ", "")
    for number, text in (
        (1, family),
        (2, style),
        (3, f"{family} {style} subset"),
        (4, f"{family} {style}"),
        (6, f"{compact}-{style}"),
    ):
        names.setName(text, number, 3, 1, 0x409)
    for number in (16, 17, 21, 22, 25):
        names.removeNames(nameID=number)


def unicode_range(characters: Iterable[int]) -> str:
    """Return the characters in the notation of CSS."""
    parts: list[list[int]] = []
    for code in sorted(set(characters)):
        if parts and code == parts[-1][1] + 1:
            parts[-1][1] = code
        else:
            parts.append([code, code])
    return ", ".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in parts)


def write_ranges(style: Path, folder: Path) -> None:
    """Tell the style sheet which characters are in the fonts that few pages need, so that only those load them."""
    text = style.read_text(encoding="utf-8")
    for face in FACES:
        text = re.sub(
            rf"({face.target}\.woff2.*?unicode-range: )[^;]*;",
            rf"\g<1>{unicode_range(_characters(folder, face))};",
            text,
        )
    style.write_text(text, encoding="utf-8")


def _characters(folder: Path, face: Face) -> Iterable[int]:
    """Return the characters that were asked for and that the font really has; what came along is left to others."""
    return set(face.characters) & set(TTFont(folder / f"{face.target}.woff2").getBestCmap())


def main(sources: Path, folder: Path) -> None:
    """Make every font, and copy the licences."""
    folder.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        path = make(face, sources, folder)
        font = TTFont(path)
        print(
            f"{path.name:24} {path.stat().st_size:7} bytes {len(font.getGlyphOrder()):5} glyphs{' MATH' if 'MATH' in font else ''}"
        )
        licence = (sources / face.package / "LICENSE").read_text(encoding="utf-8")
        (folder / f"OFL-{face.licence}.txt").write_text(licence, encoding="utf-8")
    write_ranges(Path(__file__).resolve().parent.parent / "sphinx_mi_ext/styles/common/02-fonts.css", folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
