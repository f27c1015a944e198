"""The shelf: where the cards, lanes and edges of a course map lie.

Blocks are lanes, topics flow from left to right and from top to bottom in reading order, in a fixed
number of columns. Coordinates grow to the right and downwards; what they are drawn with is not
decided here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sphinx_mi_ext.course.routes import Cell, Channel, Route, Way, routes
from sphinx_mi_ext.course.text_width import text_width, wrapped

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """What the shelf is made of, in pixels."""

    columns: int = 4
    width: float = 936
    text: float = 14.5
    small: float = 12.5
    leading: float = 1.28
    padding: float = 14
    """Beside the text of a card, left and right."""
    head: float = 34
    """The height of a lane's title."""
    gutter: float = 26
    edge: float = 12
    """The gutter before the first column and behind the last."""
    track: float = 5
    least: float = 120
    """The width that a card has at least; the drawing grows for it."""

    @property
    def small_line(self) -> float:
        """The height of the line below a card's title."""
        return self.small * 1.5


@dataclass(frozen=True, slots=True)
class Card:
    """A topic: its box, and its title in lines."""

    x: float
    y: float
    width: float
    height: float
    lane: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """From a prerequisite to a topic, by their indices; `back` where the prerequisite comes later in the book."""

    source: int
    target: int
    points: tuple[Point, ...]
    inside: bool

    @property
    def back(self) -> bool:
        """Whether the prerequisite comes later in the reading order."""
        return self.source > self.target


@dataclass(frozen=True, slots=True)
class Lane:
    """The ground of a block."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Shelf:
    """A course map, laid out."""

    width: float
    height: float
    cards: tuple[Card, ...]
    lanes: tuple[Lane, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class _Axis:
    """Along one direction: where each cell begins, and where the channel before it begins and how wide it is."""

    cells: tuple[float, ...]
    channels: tuple[float, ...]
    widths: tuple[float, ...]
    end: float


def shelf(lanes: Sequence[Sequence[str]], needs: Sequence[Sequence[int]], sizes: Sizes | None = None) -> Shelf:
    """Return the layout of topics with the titles `lanes`, lane by lane; no lane may be empty.

    Topics are counted through all lanes from nought; `needs` has the prerequisites of each.
    """
    sizes = sizes or Sizes()
    cells, lane_of, rows = _cells([len(lane) for lane in lanes], sizes.columns)
    edges = [(before, topic) for topic, ends in enumerate(needs) for before in ends]
    found, gutters, gaps = routes(cells, lane_of, edges)
    columns, wide = _columns(gutters, sizes)
    titles = [title for lane in lanes for title in lane]
    lines = [wrapped(title, sizes.text, wide - 2 * sizes.padding) for title in titles]
    heights = [0.0] * (rows[-1] if rows else 0)
    for (row, _), text in zip(cells, lines, strict=True):
        heights[row] = max(heights[row], len(text) * sizes.text * sizes.leading + sizes.small_line + 14)
    along = _rows(heights, rows, gaps, sizes)
    cards = tuple(
        Card(columns.cells[column], along.cells[row], wide, heights[row], lane, text)
        for (row, column), lane, text in zip(cells, lane_of, lines, strict=True)
    )
    drawn = tuple(_drawn(route, cells, cards, (columns, gutters), (along, gaps), sizes.track) for route in found)
    grounds = []
    for start, end in zip([0, *rows], rows, strict=False):
        top = along.channels[start] - sizes.head
        bottom = along.cells[end - 1] + heights[end - 1] + 12
        grounds.append(Lane(0, top, columns.end, bottom - top))
    return Shelf(columns.end, along.end, cards, tuple(grounds), drawn)


def small_text(numbers: Sequence[str], size: float, room: float) -> str:
    """Return as many of the numbers as fit `room`, with dots between them."""
    text = " · ".join(numbers)
    left = list(numbers)
    while text_width(text, size) > room and len(left) > 1:
        left.pop()
        text = " · ".join([*left, "…"])
    return text


def _cells(counts: Sequence[int], columns: int) -> tuple[list[Cell], list[int], list[int]]:
    """Return the cell and the lane of each topic, and the row behind the last one of each lane."""
    cells: list[Cell] = []
    lane_of: list[int] = []
    rows: list[int] = []
    first = 0
    for lane, count in enumerate(counts):
        cells += [(first + place // columns, place % columns) for place in range(count)]
        lane_of += [lane] * count
        first += -(-count // columns)
        rows.append(first)
    return cells, lane_of, rows


def _columns(gutters: Mapping[int, Channel], sizes: Sizes) -> tuple[_Axis, float]:
    """Return the columns, and the width of a card."""
    widths = [
        max(
            sizes.gutter if 0 < number < sizes.columns else sizes.edge,
            sizes.track * (gutters[number].count + 1) + 8 if number in gutters else 0,
        )
        for number in range(sizes.columns + 1)
    ]
    wide = max(sizes.least, (sizes.width - sum(widths)) / sizes.columns)
    channels = [sum(widths[:number]) + number * wide for number in range(sizes.columns + 1)]
    cells = [start + width for start, width in zip(channels, widths, strict=True)]
    return _Axis(tuple(cells[:-1]), tuple(channels), tuple(widths), cells[-1]), wide


def _rows(heights: Sequence[float], ends: Sequence[int], gaps: Mapping[int, Channel], sizes: Sizes) -> _Axis:
    """Return the rows; above the first one of each lane is room for its title, and between lanes some more."""
    firsts = {0, *ends}
    cells, channels, widths = [], [], []
    y = 0.0
    for row, height in enumerate(heights):
        if row in firsts:
            y += (10 if row else 0) + sizes.head
        widths.append(
            max(2.0 if row in firsts else 10.0, sizes.track * (gaps[row].count + 1) + 4 if row in gaps else 0)
        )
        channels.append(y)
        y += widths[-1]
        cells.append(y)
        y += height + (12 if row + 1 in firsts else 0)
    return _Axis(tuple(cells), tuple(channels), tuple(widths), y)


def _drawn(
    route: Route,
    cells: Sequence[Cell],
    cards: Sequence[Card],
    gutters: tuple[_Axis, Mapping[int, Channel]],
    gaps: tuple[_Axis, Mapping[int, Channel]],
    step: float,
) -> Edge:
    """Return a route with its points. It leaves a card at the middle of its side, and enters above the middle."""

    def x(number: int, key: str) -> float:
        axis, channels = gutters
        track = channels[number].tracks[key, route.source]
        return axis.channels[number] + axis.widths[number] - 6 - step * (track + 0.5)

    def y(number: int) -> float:
        axis, channels = gaps
        return axis.channels[number] + 4 + step * (channels[number].tracks["out", route.source] + 0.5)

    source, target = cards[route.source], cards[route.target]
    column, (to_row, to_column) = cells[route.source][1], cells[route.target]
    start = (source.x + source.width, source.y + source.height / 2)
    end = (target.x, target.y + target.height / 2 - 6)
    if route.way is Way.STRAIGHT:
        end = (end[0], start[1])
        middle: list[Point] = []
    elif route.way is Way.AROUND:
        out, into, gap = x(column + 1, "out"), x(to_column, "into"), y(to_row)
        middle = [(out, start[1]), (out, gap), (into, gap), (into, end[1])]
    else:
        out = x(to_column if route.way is Way.ALONG_THEN_DOWN else column + 1, "out")
        middle = [(out, start[1]), (out, end[1])]
    points = tuple((round(px, 1), round(py, 1)) for px, py in [start, *middle, end])
    return Edge(route.source, route.target, points, route.inside)
