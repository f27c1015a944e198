"""One look for every figure of the book.

Figures are drawn in the light palette with literal colours, so that any program can show
the file. The web book puts the SVG into the page and exchanges these colours for the theme's,
which is how one file serves light and dark. So use only the colours named here; for a scale from
nothing to much use `RAMP`, which varies the opacity of one colour and works on any ground.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK = "#23262b"
"""Text, and the lines that carry the argument when there is just one."""
INK_SOFT = "#5a5e66"
"""Tick labels, secondary text."""
LINE = "#8a867c"
"""Axes, grids, guides."""
PALETTE = ("#0f5f78", "#b3631a", "#5b4a93", "#38692f", "#a23a22")
"""Series colours in the order of use: petrol, ochre, violet, green, red. Told apart with each of
the common colour-vision deficiencies in this order; label lines directly all the same."""

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_GAP = 18.0  # points between panels
_LAYOUT_FONT = "DejaVu Sans"  # wider than the font that is shown, so labels that fit here fit there
_SHOWN_FONT = "'MI Sans', 'Source Sans 3', 'Helvetica Neue', Arial, sans-serif"


def _ramp() -> Any:
    from matplotlib.colors import LinearSegmentedColormap, to_rgb

    red, green, blue = to_rgb(PALETTE[0])
    return LinearSegmentedColormap.from_list("house", [(red, green, blue, 0.04), (red, green, blue, 1.0)])


def __getattr__(name: str) -> Any:
    # matplotlib takes a second to import; only labs that draw should pay for it.
    if name == "RAMP":
        return _ramp()
    raise AttributeError(name)


def figure(*, width: float, height: float, columns: int, rows: int, **options: Any) -> Any:
    """Return `(fig, axes)`: width and height in inches, axes an array when there are several."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    plt.rcParams.update(
        {
            "svg.fonttype": "none",
            "font.family": _LAYOUT_FONT,
            "font.size": 10.5,
            "text.color": INK,
            "axes.labelcolor": INK,
            "axes.edgecolor": LINE,
            "axes.linewidth": 0.8,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlesize": 10.5,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            "axes.prop_cycle": mpl.cycler(color=PALETTE),
            "xtick.color": LINE,
            "ytick.color": LINE,
            "xtick.labelcolor": INK_SOFT,
            "ytick.labelcolor": INK_SOFT,
            "grid.color": LINE,
            "grid.alpha": 0.3,
            "lines.linewidth": 1.8,
            "legend.frameon": False,
            "figure.facecolor": "none",
            "axes.facecolor": "none",
        }
    )
    return plt.subplots(rows, columns, figsize=(width, height), layout="constrained", **options)


def to_svg(figures: Sequence[Figure], *, salt: str) -> str:
    """Return one SVG with the figures side by side; the same figures give the same text.

    Each of several figures is a nested `<svg class="panel">`, which the web book may stack where a
    screen is too narrow for a row. `salt` makes the identifiers inside unique to this file.
    """
    panels = [_element(figure, salt=f"{salt}-{number}") for number, figure in enumerate(figures)]
    sizes = [tuple(float(part) for part in panel.get("viewBox", "").split()[2:]) for panel in panels]
    root = panels[0]
    if len(panels) > 1:
        width = sum(size[0] for size in sizes) + _GAP * (len(sizes) - 1)
        root = ElementTree.Element(f"{{{_SVG}}}svg", {"viewBox": f"0 0 {width:g} {max(size[1] for size in sizes):g}"})
        left = 0.0
        for panel, (panel_width, panel_height) in zip(panels, sizes, strict=True):
            panel.attrib.update(
                {"class": "panel", "x": f"{left:g}", "width": f"{panel_width:g}", "height": f"{panel_height:g}"}
            )
            root.append(panel)
            left += panel_width + _GAP
    _, _, full_width, full_height = root.get("viewBox", "").split()
    root.attrib.update({"width": f"{full_width}pt", "height": f"{full_height}pt", "font-family": _SHOWN_FONT})
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _element(fig: Figure, *, salt: str) -> ElementTree.Element:
    """Draw `fig` and drop what a page has no use for: metadata, group names, a font at each text."""
    import matplotlib as mpl

    stream = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": salt}):
        fig.savefig(stream, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    svg = stream.getvalue()
    root = ElementTree.fromstring(svg[svg.index("<svg") :])
    for metadata in root.findall(f"{{{_SVG}}}metadata"):
        root.remove(metadata)
    # A style sheet within a figure would hold for the whole page that contains it; attributes do not.
    for definitions in root.findall(f"{{{_SVG}}}defs"):
        for sheet in definitions.findall(f"{{{_SVG}}}style"):
            definitions.remove(sheet)
        if not len(definitions):
            root.remove(definitions)
    root.attrib.update({"stroke-linejoin": "round", "stroke-linecap": "butt"})
    for group in root.iter(f"{{{_SVG}}}g"):
        group.attrib.pop("id", None)
    for text in root.iter(f"{{{_SVG}}}text"):
        text.set("style", text.get("style", "").replace(f"font-family: '{_LAYOUT_FONT}'; ", ""))
        text.set("style", text.get("style", "").replace(f"'{_LAYOUT_FONT}'", _SHOWN_FONT))
    for element in root.iter():
        for name, value in element.attrib.items():
            # Six decimals of a point are a thousandth of what a screen can show.
            element.set(name, re.sub(r"(\d+\.\d{2})\d+", r"\1", " ".join(value.split())))
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    return root
