"""A run of a lab: its seed, its results with their expected ranges, and its files."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from house import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DOCS = Path(__file__).resolve().parents[2]
RESULTS = DOCS / "labs" / "results"
FIGURES = DOCS / "figures"


class OutOfRangeError(ValueError):
    """A measured value left the range that its lab declares for it."""


class Lab:
    """Record what one lab measures, and write it where the book reads it.

    `name` is the slug of the topic. `seed` seeds Python, numpy and torch. `settings` are the
    numbers that a reader needs to repeat the run; they are written beside the results.
    """

    def __init__(self, name: str, *, seed: int = 0, settings: Mapping[str, Any] | None = None) -> None:
        self.name = name
        self.seed = seed
        self.settings = dict(settings or {})
        self.results: dict[str, Any] = {}
        self.expected: dict[str, tuple[float, float]] = {}
        self._started = time.process_time()
        seed_everything(seed)

    def record(self, key: str, value: Any, *, expect: tuple[float, float] | None = None) -> None:
        """Keep `value` (a number, a string, or a list of numbers) under the dotted name `key`.

        With `expect`, raise OutOfRangeError when the value, or any item of a list, lies outside of
        the closed range `(low, high)`. Ranges, not digits, because another build of the
        numerical libraries changes the last digits.
        """
        if key in self.results:
            raise KeyError(f"{self.name}: {key!r} is recorded twice")
        value = _plain(value)
        if expect is not None:
            low, high = expect
            for item in value if isinstance(value, list) else [value]:
                if not low <= item <= high:
                    raise OutOfRangeError(f"{self.name}: {key} is {item:.4g}, expected between {low} and {high}")
            self.expected[key] = (low, high)
        self.results[key] = value
        print(f"  {key:<32} {_shown(value)}", flush=True)

    def progress(self, text: str) -> None:
        """Tell the person who waits what the lab is doing."""
        print(f"  ... {text} ({time.process_time() - self._started:.0f} s)", flush=True)

    def figure(
        self, *, width: float = 4.0, height: float = 2.7, columns: int = 1, rows: int = 1, **options: Any
    ) -> Any:
        """Return `(fig, axes)` of matplotlib in the style of the book; sizes in inches.

        A phone is as wide as a figure of 3.3 inches: draw each panel that size, and give `save` a list of them.
        """
        return style.figure(width=width, height=height, columns=columns, rows=rows, **options)

    def save(self, figures: Figure | Sequence[Figure], name: str) -> None:
        """Write one figure, or several as panels side by side, to `docs/figures/<lab>-<name>.svg`."""
        FIGURES.mkdir(parents=True, exist_ok=True)
        path = FIGURES / f"{self.name}-{name}.svg"
        panels = list(figures) if isinstance(figures, Sequence) else [figures]
        path.write_text(style.to_svg(panels, salt=path.stem), encoding="utf-8")
        print(f"  figure {path.name}", flush=True)

    def write(self) -> None:
        """Write the results to `docs/labs/results/<lab>.json`, the same bytes for the same results."""
        RESULTS.mkdir(parents=True, exist_ok=True)
        record = {
            "lab": self.name,
            "seed": self.seed,
            "settings": self.settings,
            "results": self.results,
            "expected": {key: list(bounds) for key, bounds in self.expected.items()},
        }
        text = json.dumps(record, indent=2, ensure_ascii=False) + "\n"
        (RESULTS / f"{self.name}.json").write_text(text, encoding="utf-8")
        print(f"{self.name}: {time.process_time() - self._started:.1f} CPU seconds", flush=True)


def seed_everything(seed: int) -> None:
    """Seed Python, numpy and torch (each where it is installed), and hold torch to one thread.

    Two threads of a small model on a shared machine wait for each other longer than they compute.
    """
    random.seed(seed)
    try:
        import numpy
    except ImportError:
        pass
    else:
        numpy.random.seed(seed)
    try:
        import torch
    except ImportError:
        return
    torch.set_num_threads(1)
    torch.manual_seed(seed)


def _plain(value: Any) -> Any:
    """Turn numpy and torch scalars and arrays into Python numbers, rounded to six digits."""
    if hasattr(value, "detach"):
        value = value.detach()
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return float(f"{value:.6g}")
    return value


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list):
        return "[" + ", ".join(_shown(item) for item in value[:8]) + (", ...]" if len(value) > 8 else "]")
    return str(value)
