"""YAML with the line of everything. Lines are counted from zero, as YAML counts them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

_DEPTH = 3
_STRING = "tag:yaml.org,2002:str"
_MERGE = "tag:yaml.org,2002:merge"

Place = tuple[str | int, ...]
"""The keys and list positions that lead to a value."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A YAML document: its value, the lines of its keys and list items, and the keys that stand twice.

    `repeated` has, for each of them, the key, the line where it stands first, and its own line.
    `lines` goes three levels down, as deep as any schema here: through aliases the levels may be endless.
    """

    data: Any
    lines: Mapping[Place, int]
    repeated: tuple[tuple[str, int, int], ...]


def load(source: str) -> Tree | None:
    """Read one YAML document, or return None where there is none.

    Every key is the text that was typed: `on` and `1` are no boolean and no number. Raises
    `yaml.YAMLError`, or RecursionError where the source is nested too deeply.
    """
    loader = _Loader(source)
    node = loader.get_single_node()
    if node is None:
        return None
    repeated = tuple(sorted(_name_keys(node), key=lambda item: item[2]))
    data = loader.construct_document(node)  # this also puts merged keys (`<<`) into the nodes
    return Tree(data, dict(_lines(node, ())), repeated)


def problem_of(error: yaml.YAMLError | RecursionError, source: str) -> tuple[str, int]:
    """Return what is wrong with `source`, in a few words, and the line."""
    if isinstance(error, yaml.reader.ReaderError):
        return f"it contains the character {chr(error.character)!r}", source.count("\n", 0, error.position)
    if not isinstance(error, yaml.MarkedYAMLError):
        return "it is nested too deeply", 0
    mark = error.problem_mark
    if error.context_mark is not None and (mark is None or mark.index >= len(source)):
        mark = error.context_mark  # what is missing at the end was opened there
    return error.problem or str(error), mark.line if mark is not None else 0


class _Loader(yaml.SafeLoader):
    """A loader that says where a value stands that does not fit its type, such as the 45th of a month."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Make the value of `node`."""
        try:
            return super().construct_object(node, deep)
        except (ValueError, LookupError, AttributeError, ArithmeticError) as error:
            problem = f"'{node.value}' cannot be read as {node.tag.rpartition(':')[2]}: {error}"
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from None


def _name_keys(root: yaml.Node) -> Iterator[tuple[str, int, int]]:
    """Make text of each key, and yield those that their mapping has already."""
    stack, seen = [root], set()
    while stack:
        node = stack.pop()
        if not isinstance(node, yaml.CollectionNode) or node in seen:  # an alias leads to the same node again
            continue
        seen.add(node)
        if isinstance(node, yaml.SequenceNode):
            stack.extend(node.value)
            continue
        first: dict[str, int] = {}
        for key, value in node.value:
            stack.extend((key, value))
            if isinstance(key, yaml.ScalarNode) and key.tag != _MERGE:
                key.tag = _STRING
                line = key.start_mark.line
                if key.value in first:
                    yield key.value, first[key.value], line
                first.setdefault(key.value, line)


def _lines(node: yaml.Node, place: Place) -> Iterator[tuple[Place, int]]:
    parts: list[tuple[str | int, yaml.Node, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode):
        parts = [(str(key.value), key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        parts = [(index, value, value) for index, value in enumerate(node.value)]
    for name, head, value in parts:
        here = (*place, name)
        yield here, head.start_mark.line
        if len(here) < _DEPTH:
            yield from _lines(value, here)
