"""Ways of edges on a grid of cards: along rows, in the gutters between columns, in the gaps above rows.

Routes are found first by the names of the channels they use, without a search; how wide a channel
must be follows from how many routes run side by side in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

Cell = tuple[int, int]
"""Row and column."""
_SHARED = 3
"""Edges that are hidden at rest share at most so many tracks of a channel, or the map would have holes."""


class Way(Enum):
    """How an edge runs, in words of its source and its target."""

    STRAIGHT = "along the row of both"
    ALONG_THEN_DOWN = "along the source's row, then in the target's gutter"
    DOWN_THEN_ALONG = "in the source's gutter, then along the target's row"
    AROUND = "in the source's gutter, in the gap above the target, in the target's gutter"


@dataclass(frozen=True, slots=True)
class Route:
    """An edge, by the indices of its ends, and how it runs. `inside` says whether it is visible at rest."""

    source: int
    target: int
    way: Way
    inside: bool


@dataclass(slots=True)
class Channel:
    """A gutter or a gap. All branches of one source share a track: they are one line that forks."""

    _spans: dict[tuple[str, int], tuple[int, int, bool]] = field(default_factory=dict)
    tracks: dict[tuple[str, int], int] = field(default_factory=dict)
    count: int = 0

    def add(self, key: tuple[str, int], ends: Cell, *, inside: bool) -> None:
        """Note that the line `key` runs between two places of the channel."""
        low, high, shown = self._spans.get(key, (*ends, False))
        self._spans[key] = (min(low, *ends), max(high, *ends), shown or inside)

    def assign(self) -> None:
        """Give each line a track: the shortest first, each the first track that is free along it."""
        visible = self._coloured(inside=True)
        hidden = self._coloured(inside=False)
        shared = min(_SHARED, max(hidden.values(), default=-1) + 1)
        self.tracks = {key: track % _SHARED for key, track in hidden.items()}
        self.tracks |= {key: track + shared for key, track in visible.items()}
        self.count = shared + max(visible.values(), default=-1) + 1

    def _coloured(self, *, inside: bool) -> dict[tuple[str, int], int]:
        found: dict[tuple[str, int], int] = {}
        busy: list[list[tuple[int, int]]] = []
        spans = [(high - low, low, key, high) for key, (low, high, shown) in self._spans.items() if shown == inside]
        for _length, low, key, high in sorted(spans):
            free = (all(high < start or low > end for start, end in taken) for taken in busy)
            track = next((track for track, fits in enumerate(free) if fits), len(busy))
            if track == len(busy):
                busy.append([])
            busy[track].append((low, high))
            found[key] = track
        return found


def routes(
    cells: Sequence[Cell], lanes: Sequence[int], edges: Iterable[tuple[int, int]]
) -> tuple[list[Route], Mapping[int, Channel], Mapping[int, Channel]]:
    """Return the routes of `edges` (source, target), the gutters by column and the gaps by row that they use.

    Gutter n is left of column n, gap n above row n. `cells` and `lanes` say where each card lies.
    """
    taken: dict[int, set[int]] = {}
    for row, column in cells:
        taken.setdefault(row, set()).add(column)
    found: list[Route] = []
    gutters: dict[int, Channel] = {}
    gaps: dict[int, Channel] = {}
    for source, target in edges:
        route = Route(source, target, _way(cells[source], cells[target], taken), lanes[source] == lanes[target])
        found.append(route)
        _occupy(route, cells, gutters, gaps)
    for channel in (*gutters.values(), *gaps.values()):
        channel.assign()
    return found, gutters, gaps


def _way(start: Cell, end: Cell, taken: Mapping[int, set[int]]) -> Way:
    (row, column), (to_row, to_column) = start, end

    def free(where: int) -> bool:
        return not any(column < other < to_column for other in taken[where])

    if to_column > column and free(row):
        return Way.STRAIGHT if row == to_row else Way.ALONG_THEN_DOWN
    if to_column > column and row != to_row and free(to_row):
        return Way.DOWN_THEN_ALONG
    return Way.AROUND


def _occupy(route: Route, cells: Sequence[Cell], gutters: dict[int, Channel], gaps: dict[int, Channel]) -> None:
    """Note what a route takes. Rows have odd places along a gutter, gaps even ones."""
    (row, column), (to_row, to_column) = cells[route.source], cells[route.target]
    out, into = ("out", route.source), ("into", route.source)

    def take(channels: dict[int, Channel], number: int, key: tuple[str, int], ends: Cell) -> None:
        channels.setdefault(number, Channel()).add(key, ends, inside=route.inside)

    if route.way is Way.ALONG_THEN_DOWN:
        take(gutters, to_column, out, (2 * row + 1, 2 * to_row + 1))
    elif route.way is Way.DOWN_THEN_ALONG:
        take(gutters, column + 1, out, (2 * row + 1, 2 * to_row + 1))
    elif route.way is Way.AROUND:
        take(gutters, column + 1, out, (2 * row + 1, 2 * to_row))
        take(gutters, to_column, into, (2 * to_row, 2 * to_row + 1))
        take(gaps, to_row, out, (2 * (column + 1), 2 * to_column))
