"""The graph of prerequisites: circles, closures, reduction and order.

A graph maps each node to the nodes before it, in reading order. Ends that are no keys, and edges
from a node to itself, are ignored throughout.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush

Graph = Mapping[str, Sequence[str]]


class CircleError(ValueError):
    """Nodes that require one another have no order."""


def cycles(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Yield one shortest cycle for each group of nodes that require one another.

    A cycle starts at its smallest node and follows the edges; of equally short ones the first in
    the order of the nodes' names is taken. Groups come by their smallest node.
    """
    edges = _edges(graph)
    for group in sorted((sorted(group) for group in components(graph) if len(group) > 1), key=lambda group: group[0]):
        members = set(group)
        yield _shortest_cycle({node: sorted(members.intersection(edges[node])) for node in group})


def closure(graph: Graph, node: str) -> frozenset[str]:
    """Return the nodes before `node`, the nodes before them, and so on, without `node` itself."""
    found: set[str] = set()
    stack = list(graph.get(node, ()))
    while stack:
        before = stack.pop()
        if before not in found and before in graph:
            found.add(before)
            stack.extend(graph[before])
    return frozenset(found - {node})


def components(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Yield the sets of nodes that reach one another, each behind those that it requires (Kosaraju)."""
    edges = _edges(graph)
    after = _turned(edges)
    seen: set[str] = set()
    for root in reversed(_left(after)):
        if root in seen:
            continue
        seen.add(root)
        group = [root]
        for node in group:
            fresh = [before for before in edges[node] if before not in seen]
            seen.update(fresh)
            group.extend(fresh)
        yield tuple(group)


def without_circles(graph: Graph) -> dict[str, tuple[str, ...]]:
    """Return `graph` without the edges between nodes that require one another."""
    group_of = {node: number for number, group in enumerate(components(graph)) for node in group}
    return {
        node: tuple(before for before in ends if group_of[before] != group_of[node])
        for node, ends in _edges(graph).items()
    }


class Closures:
    """The closures of all nodes at once, as one integer a node: bit n stands for the n-th node of the graph."""

    def __init__(self, graph: Graph) -> None:
        edges = _edges(graph)
        self._bit = {node: 1 << number for number, node in enumerate(edges)}
        self._sets: dict[str, int] = {}
        for group in components(edges):
            own = found = 0
            for node in group:
                own |= self._bit[node]
                for before in edges[node]:
                    found |= self._bit[before] | self._sets.get(before, 0)
            for node in group:
                self._sets[node] = (found | own) & ~self._bit[node]

    def requires(self, node: str, before: str) -> bool:
        """Return whether `before` is in the closure of `node`."""
        return bool(self._sets[node] & self._bit[before])

    def size(self, node: str) -> int:
        """Return how many nodes are in the closure of `node`."""
        return self._sets[node].bit_count()

    def not_implied(self, nodes: Sequence[str]) -> tuple[str, ...]:
        """Return those of `nodes` that no other of them requires, where none is in a circle."""
        implied = 0
        for node in nodes:
            implied |= self._sets[node]
        return tuple(node for node in nodes if not self._bit[node] & implied)

    def of(self, node: str) -> frozenset[str]:
        """Return the closure of `node`."""
        return frozenset(before for before, bit in self._bit.items() if self._sets[node] & bit)


def reduction(graph: Graph, closures: Closures) -> dict[str, tuple[str, ...]]:
    """Return the fewest edges with the same closures: those that no other edge of their node implies.

    `closures` are those of `graph`, which must have no circle.
    """
    return {node: closures.not_implied(ends) for node, ends in _edges(graph).items()}


def detour(graph: Graph, closures: Closures, node: str, end: str) -> Iterator[str]:
    """Yield the nodes of a way from `node` to `end` that is not the edge between them, both ends included.

    At each fork the node with the smallest closure is taken, so that the way is short, if not always
    the shortest. Raises ValueError where there is none.
    """
    yield node
    ends = [other for other in graph[node] if other not in {node, end}]
    while node != end:
        forks = [other for other in ends if other in graph and (other == end or closures.requires(other, end))]
        node = min(forks, key=closures.size)
        yield node
        ends = list(graph[node])


def order(graph: Graph) -> list[str]:
    """Return the nodes so that each stands behind those that it requires, else in the order of the graph.

    Raises CircleError where nodes require one another.
    """
    edges = _edges(graph)
    after = _turned(edges)
    nodes = list(edges)
    number_of = {node: number for number, node in enumerate(nodes)}
    missing = {node: len(ends) for node, ends in edges.items()}
    ready = [number for number, node in enumerate(nodes) if not missing[node]]
    heapify(ready)
    found: list[str] = []
    while ready:
        node = nodes[heappop(ready)]
        found.append(node)
        for behind in after[node]:
            missing[behind] -= 1
            if not missing[behind]:
                heappush(ready, number_of[behind])
    if len(found) < len(nodes):
        circle = next(cycles(graph))
        raise CircleError(f"the prerequisites form a circle: {', '.join(repr(node) for node in circle)}")
    return found


def _edges(graph: Graph) -> dict[str, tuple[str, ...]]:
    """Return the edges between different nodes of the graph, each once."""
    return {
        node: tuple(before for before in dict.fromkeys(ends) if before in graph and before != node)
        for node, ends in graph.items()
    }


def _turned(edges: Graph) -> dict[str, list[str]]:
    turned: dict[str, list[str]] = {node: [] for node in edges}
    for node, ends in edges.items():
        for before in ends:
            turned[before].append(node)
    return turned


def _left(edges: Graph) -> list[str]:
    """Return the nodes in the order in which a depth-first search leaves them."""
    left: list[str] = []
    seen: set[str] = set()
    for root in edges:
        stack = [] if root in seen else [(root, iter(edges[root]))]
        seen.add(root)
        while stack:
            node, ends = stack[-1]
            end = next((end for end in ends if end not in seen), None)
            if end is None:
                left.append(node)
                stack.pop()
            else:
                seen.add(end)
                stack.append((end, iter(edges[end])))
    return left


def _shortest_cycle(edges: dict[str, list[str]]) -> tuple[str, ...]:
    """Return the shortest cycle of a group; `edges` has its nodes and their ends in order, and is used up.

    A cycle is looked for from its smallest node, which is then taken away with all that lies on no
    cycle any more. So a long circle is walked once, and not from each of its nodes.
    """
    after = _turned(edges)
    best: tuple[str, ...] = ()
    for start in list(edges):
        if start in edges:
            best = _cycle_through(start, edges, len(best) or len(edges) + 1) or best
            _take_away(start, edges, after)
    return best


def _cycle_through(start: str, edges: Graph, limit: int) -> tuple[str, ...]:
    """Return the first of the shortest cycles through `start` with fewer than `limit` nodes, if there is one."""
    came_from = {start: ""}
    level = [start]
    for _ in range(limit - 1):
        further: list[str] = []
        for node in level:
            for before in edges[node]:
                if before == start:
                    return _walked(came_from, node)
                if before not in came_from:
                    came_from[before] = node
                    further.append(before)
        level = further
    return ()


def _walked(came_from: Mapping[str, str], node: str) -> tuple[str, ...]:
    path = []
    while node:
        path.append(node)
        node = came_from[node]
    return tuple(reversed(path))


def _take_away(start: str, edges: dict[str, list[str]], after: dict[str, list[str]]) -> None:
    """Remove `start`, and whatever no cycle can pass any more."""
    stack = [start]
    while stack:
        node = stack.pop()
        if node not in edges:
            continue
        before, behind = edges.pop(node), after.pop(node)
        for others, links in ((before, after), (behind, edges)):
            for other in others:
                links[other].remove(node)
                if not links[other]:
                    stack.append(other)
