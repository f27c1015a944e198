"""Cycles and closures: small graphs by hand, and networkx as an oracle for many."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_mi_ext.course.graph import (
    CircleError,
    Closures,
    closure,
    components,
    cycles,
    detour,
    order,
    reduction,
    without_circles,
)

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


def test_long_circles_and_chains_need_no_recursion_and_little_time():
    size = 10_000
    ring = {str(number): [str((number + 1) % size)] for number in range(size)}
    (circle,) = cycles(ring)
    assert len(circle) == size
    chain = {str(number): [str(number - 1)] for number in range(1, size)} | {"0": []}
    assert order(chain) == [str(number) for number in range(size)]
    assert sum(1 for _ in components(chain)) == size
    assert Closures(chain).size(str(size - 1)) == size - 1


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        ({}, ""),
        ({"c": "", "b": "", "a": ""}, "cba"),
        ({"c": "a", "b": "", "a": ""}, "bac"),
        ({"a": "ax", "b": "aa"}, "ab"),
        ({"d": "b", "c": "", "b": "a", "a": ""}, "cabd"),
    ],
)
def test_the_order_is_that_of_the_graph_where_the_edges_leave_it_open(graph, expected: str):
    assert "".join(order(graph)) == expected


def test_nodes_in_a_circle_have_no_order():
    with pytest.raises(CircleError, match="the prerequisites form a circle: 'b', 'c'"):
        order({"a": "", "b": "ca", "c": "b", "d": "c"})


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        ({"a": "", "b": "a", "c": "ab"}, {"a": "", "b": "a", "c": "b"}),
        ({"a": "", "b": "a", "c": "b", "d": "cab"}, {"a": "", "b": "a", "c": "b", "d": "c"}),
        ({"a": "", "b": "a", "c": "a", "d": "bca"}, {"a": "", "b": "a", "c": "a", "d": "bc"}),
        ({"a": "ax", "b": "aab"}, {"a": "", "b": "a"}),
    ],
)
def test_reduction(graph, expected):
    assert {node: "".join(ends) for node, ends in reduction(graph, Closures(graph)).items()} == expected


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


@st.composite
def acyclic(draw: st.DrawFn) -> dict[str, list[str]]:
    """A graph without circles, in any order of its nodes."""
    names = draw(st.permutations("abcdefghij"))[: draw(st.integers(0, 10))]
    edges = {name: draw(st.lists(st.sampled_from([*names[:at], "x"]), max_size=5)) for at, name in enumerate(names)}
    return {name: edges[name] for name in draw(st.permutations(names))}


def oracle_of(networkx, graph):
    """The same graph without loops and without ends that are no keys; edges lead to what is required."""
    oracle = networkx.DiGraph()
    oracle.add_nodes_from(graph)
    oracle.add_edges_from((node, end) for node in graph for end in graph[node] if end in graph and end != node)
    return oracle


@given(GRAPH)
def test_components_are_those_of_networkx_and_stand_behind_what_they_require(graph: dict[str, list[str]]):
    networkx = pytest.importorskip("networkx", reason="the oracle")
    found = [frozenset(group) for group in components(graph)]
    assert sorted(map(sorted, found)) == sorted(
        map(sorted, networkx.strongly_connected_components(oracle_of(networkx, graph)))
    )
    place = {node: number for number, group in enumerate(found) for node in group}
    assert all(place[end] <= place[node] for node in graph for end in graph[node] if end in graph)


@given(GRAPH)
def test_all_closures_at_once_are_those_of_each_node(graph: dict[str, list[str]]):
    closures = Closures(graph)
    for node in graph:
        assert closures.of(node) == closure(graph, node)
        assert closures.size(node) == len(closures.of(node))
        assert {before for before in graph if closures.requires(node, before)} == closures.of(node)


@given(GRAPH)
def test_without_circles_there_is_an_order_and_only_edges_of_circles_are_gone(graph: dict[str, list[str]]):
    left = without_circles(graph)
    assert sorted(order(left)) == sorted(graph)
    group_of = {node: group for group in components(graph) for node in group}
    for node, ends in graph.items():
        assert set(left[node]) == {end for end in ends if end in graph and end not in group_of[node]}


@given(acyclic())
def test_the_reduction_is_that_of_networkx(graph: dict[str, list[str]]):
    networkx = pytest.importorskip("networkx", reason="the oracle")
    found = reduction(graph, Closures(graph))
    expected = networkx.transitive_reduction(oracle_of(networkx, graph))
    assert {(node, end) for node in found for end in found[node]} == set(expected.edges)
    assert all(closure(found, node) == closure(graph, node) for node in graph)


@given(acyclic())
def test_the_order_is_that_of_networkx(graph: dict[str, list[str]]):
    networkx = pytest.importorskip("networkx", reason="the oracle")
    turned = oracle_of(networkx, graph).reverse()
    assert order(graph) == [*networkx.lexicographical_topological_sort(turned, key=list(graph).index)]


@given(GRAPH)
def test_nodes_have_an_order_if_there_is_no_cycle(graph: dict[str, list[str]]):
    if [*cycles(graph)]:
        with pytest.raises(CircleError):
            order(graph)
    else:
        assert sorted(order(graph)) == sorted(graph)


@given(acyclic())
def test_a_detour_leads_along_edges_and_not_along_the_one_that_it_replaces(graph: dict[str, list[str]]):
    closures = Closures(graph)
    kept = reduction(graph, closures)
    for node, ends in graph.items():
        for end in {*ends} & graph.keys() - {*kept[node]}:
            way = [*detour(graph, closures, node, end)]
            assert (way[0], way[-1]) == (node, end)
            assert len(way) == len(set(way)) > 2
            assert all(after in graph[before] for before, after in pairwise(way))
