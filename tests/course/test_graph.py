"""Cycles and closures: small graphs by hand, and networkx as an oracle for many."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_mi_ext.course.graph import closure, cycles

GRAPHS = {
    "nothing": ({}, []),
    "one node": ({"a": ""}, []),
    "a line": ({"a": "b", "b": "c", "c": ""}, []),
    "a diamond": ({"a": "bc", "b": "d", "c": "d", "d": ""}, []),
    "itself": ({"a": "a"}, []),
    "itself in a line": ({"a": "ab", "b": "b"}, []),
    "two": ({"b": "a", "a": "b"}, ["ab"]),
    "two and itself": ({"a": "ab", "b": "ab"}, ["ab"]),
    "three": ({"c": "a", "a": "b", "b": "c"}, ["abc"]),
    "three the other way": ({"a": "c", "b": "a", "c": "b"}, ["acb"]),
    "the shortest of a group": ({"a": "b", "b": "c", "c": "da", "d": "c"}, ["cd"]),
    "the first of equals": ({"a": "cb", "b": "a", "c": "a"}, ["ab"]),
    "a chord": ({"a": "b", "b": "c", "c": "d", "d": "ab"}, ["bcd"]),
    "two groups": ({"d": "c", "c": "d", "a": "bc", "b": "a"}, ["ab", "cd"]),
    "a group behind another": ({"a": "b", "b": "ac", "c": "d", "d": "ce", "e": ""}, ["ab", "cd"]),
    "nodes that are no keys": ({"a": "xb", "b": "ya"}, ["ab"]),
    "only nodes that are no keys": ({"a": "x", "b": "x"}, []),
    "an edge twice": ({"a": "bb", "b": "aa"}, ["ab"]),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_cycles(name: str):
    graph, expected = GRAPHS[name]
    assert ["".join(cycle) for cycle in cycles(graph)] == expected


@pytest.mark.parametrize(
    ("node", "expected"),
    [("a", "bcd"), ("b", "cd"), ("d", ""), ("e", "f"), ("f", "e"), ("g", ""), ("x", ""), ("nowhere", "")],
)
def test_closure(node: str, expected: str):
    graph = {"a": "bbx", "b": "c", "c": "d", "d": "", "e": "f", "f": "e", "g": "g"}
    assert closure(graph, node) == set(expected)


def test_closure_of_a_long_chain_needs_no_recursion():
    graph = {str(number): [str(number + 1)] for number in range(20_000)}
    assert len(closure(graph, "0")) == 19_999


GRAPH = st.dictionaries(st.sampled_from("abcdefg"), st.lists(st.sampled_from("abcdefgxy"), max_size=4), max_size=7)


@given(GRAPH, st.randoms(use_true_random=False))
def test_the_order_of_nodes_and_edges_does_not_matter(graph: dict[str, list[str]], rng: random.Random):
    shuffled = {node: rng.sample(before, len(before)) for node, before in rng.sample([*graph.items()], len(graph))}
    assert [*cycles(shuffled)] == [*cycles(graph)]
    assert all(closure(shuffled, node) == closure(graph, node) for node in graph)


@given(GRAPH)
def test_cycles_are_circles_of_edges_that_share_no_node(graph: dict[str, list[str]]):
    found = [*cycles(graph)]
    nodes = [node for cycle in found for node in cycle]
    assert len(nodes) == len(set(nodes))
    for cycle in found:
        assert len(cycle) > 1
        assert cycle[0] == min(cycle)
        assert all(after in graph[node] for node, after in zip(cycle, [*cycle[1:], cycle[0]], strict=True))


@given(GRAPH)
def test_the_closure_is_what_stays_when_edges_are_followed(graph: dict[str, list[str]]):
    for node in graph:
        found = closure(graph, node)
        around = {before for one in {node, *found} for before in graph[one] if before in graph}
        assert around - {node} == found
        assert node not in found


@given(GRAPH)
def test_cycles_are_those_of_networkx(graph: dict[str, list[str]]):
    networkx = pytest.importorskip("networkx", reason="the oracle")
    oracle = networkx.DiGraph()
    oracle.add_nodes_from(graph)
    oracle.add_edges_from((node, end) for node in graph for end in graph[node] if end in graph and end != node)
    expected = []
    for group in networkx.strongly_connected_components(oracle):
        circles = [tuple(circle) for circle in networkx.simple_cycles(oracle.subgraph(group))]
        turned = [circle[(at := circle.index(min(circle))) :] + circle[:at] for circle in circles]
        if turned:
            expected.append(min(turned, key=lambda circle: (len(circle), circle)))
    groups = {node: min(group) for group in networkx.strongly_connected_components(oracle) for node in group}
    assert [*cycles(graph)] == sorted(expected, key=lambda circle: groups[circle[0]])


@given(GRAPH)
def test_the_closure_is_that_of_networkx(graph: dict[str, list[str]]):
    networkx = pytest.importorskip("networkx", reason="the oracle")
    oracle = networkx.DiGraph((node, end) for node in graph for end in graph[node] if end in graph)
    oracle.add_nodes_from(graph)
    for node in graph:
        assert closure(graph, node) == networkx.descendants(oracle, node) - {node}
