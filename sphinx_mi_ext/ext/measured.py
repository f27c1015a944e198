"""`{measured}`: a number that a lab has measured, taken from its result file."""

from __future__ import annotations

import json
from math import isfinite
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from sphinx_mi_ext.course.finding import Rule
from sphinx_mi_ext.course.nearest import did_you_mean
from sphinx_mi_ext.ext.config import options
from sphinx_mi_ext.ext.frontmatter import slug_of
from sphinx_mi_ext.ext.log import warn

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx


class MeasuredError(ValueError):
    """A measured value cannot be shown; the message says why."""


class MeasuredRole(SphinxRole):
    """Show a measured value: `{measured}` with `key`, `key format`, or `lab/key format`.

    Without a lab's name it is the lab of the topic's slug. `format` is Python's format
    specification; an index behind a dot takes one item of a list.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the value as text; where there is none, the key as it was typed and a warning."""
        name, _, spec = self.text.strip().partition(" ")
        lab, _, key = name.rpartition("/")
        path = self.env.srcdir / options(self.config).results / f"{lab or slug_of(self.env.docname)}.json"
        self.env.note_dependency(str(path))
        try:
            shown = format_value(lookup(read_results(path), key), spec.strip())
        except MeasuredError as error:
            warn(Rule.MEASURED, f"{error} (in '{self.text}')", location=self.get_location())
            return [nodes.literal(self.text, self.text)], []
        return [nodes.inline(self.rawtext, shown, classes=["mi-measured"])], []


def read_results(path: Path) -> dict[str, Any]:
    """Return the `results` of a result file."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise MeasuredError(f"the result file '{path.name}' is not there; run the lab") from None
    except ValueError as error:
        raise MeasuredError(f"the result file '{path.name}' is not JSON: {error}; run the lab again") from None
    if not isinstance(record, dict) or not isinstance(record.get("results"), dict):
        raise MeasuredError(f"the result file '{path.name}' has no 'results'; run the lab again")
    results: dict[str, Any] = record["results"]
    return results


def lookup(results: dict[str, Any], key: str) -> Any:
    """Return the value of `key`, or the item of a list for `key.index`."""
    if key in results:
        return results[key]
    name, _, index = key.rpartition(".")
    if isinstance(results.get(name), list) and index.isdecimal():
        if int(index) < len(results[name]):
            return results[name][int(index)]
        raise MeasuredError(f"'{name}' has {len(results[name])} items, so there is no item {index}")
    raise MeasuredError(f"there is no result '{key}'{did_you_mean(key, results)}")


def format_value(value: Any, spec: str) -> str:
    """Return `value` as a reader sees it: formatted, with a minus sign instead of a hyphen."""
    if value is None or (isinstance(value, float) and not isfinite(value)):
        raise MeasuredError(f"the result is {value}, which is no number; run the lab again")
    try:
        text = format(value, spec)
    except (TypeError, ValueError):
        raise MeasuredError(f"the format '{spec}' does not fit {value!r}") from None
    return text.replace("-", "−") if isinstance(value, int | float) and "e" not in text else text


def setup_measured(app: Sphinx) -> None:
    """Register the role."""
    app.add_role("measured", MeasuredRole())
