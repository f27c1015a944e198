"""The graph of prerequisites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def cycles(graph: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield one shortest cycle for each group of nodes that require one another.

    `graph` maps a node to the nodes before it; nodes that are no keys are ignored. A cycle starts
    at its smallest node and follows the edges; self-loops are not reported.
    """
    for group in _components(graph):
        if len(group) > 1:
            yield min((_shortest_cycle(graph, node, group) for node in sorted(group)), key=lambda c: (len(c), c))


def closure(graph: Mapping[str, Sequence[str]], node: str) -> frozenset[str]:
    """Return the nodes before `node`, the nodes before them, and so on, without `node` itself."""
    found: set[str] = set()
    stack = list(graph.get(node, ()))
    while stack:
        before = stack.pop()
        if before not in found and before in graph:
            found.add(before)
            stack.extend(graph[before])
    return frozenset(found - {node})


def _components(graph: Mapping[str, Sequence[str]]) -> Iterator[frozenset[str]]:
    """Yield the sets of nodes that reach one another, by mutual closure."""
    before = {node: closure(graph, node) for node in graph}
    seen: set[str] = set()
    for node in sorted(graph):
        if node not in seen:
            group = frozenset({node} | {other for other in before[node] if node in before[other]})
            seen |= group
            yield group


def _shortest_cycle(graph: Mapping[str, Sequence[str]], start: str, group: frozenset[str]) -> tuple[str, ...]:
    paths: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for path in paths:
        for node in sorted(set(graph[path[-1]]) & group):
            if node == start and len(path) > 1:
                return path
            if node not in seen:
                seen.add(node)
                paths.append((*path, node))
    raise ValueError(f"{start!r} lies on no cycle")
