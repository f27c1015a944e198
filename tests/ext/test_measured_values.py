"""Measured values: the result file, the key, and the number as a reader sees it."""

from __future__ import annotations

import json
import math
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_mi_ext.ext.measured import MeasuredError, format_value, lookup, read_results

RESULTS: dict[str, Any] = {
    "loss": 0.25,
    "heads": [3, 5, 8],
    "scale.k10": 1.5,
    "scale.k10.sd": 0.1,
    "scale": [7],
    "empty": [],
    "nested": [[1, 2], [3, 4]],
    "heads.1": "a key of its own",
    "one": {"two": 2},
}
LABS = sorted((Path(__file__).parents[2] / "docs" / "labs" / "results").glob("*.json"))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("loss", 0.25),
        ("heads", [3, 5, 8]),
        ("heads.0", 3),
        ("heads.2", 8),
        ("heads.02", 8),
        ("heads.1", "a key of its own"),
        ("scale.k10", 1.5),
        ("scale.k10.sd", 0.1),
        ("scale.0", 7),
        ("nested.1", [3, 4]),
        ("one", {"two": 2}),
    ],
)
def test_a_key_leads_to_its_value_and_an_index_to_an_item(key: str, value: Any):
    assert lookup(RESULTS, key) == value


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("los", "there is no result 'los'; did you mean \"loss\"?"),
        ("scale.k10.s", "there is no result 'scale.k10.s'; did you mean \"scale.k10.sd\"?"),
        ("quantum", "there is no result 'quantum'"),
        ("", "there is no result ''"),
        (".", "there is no result '.'"),
        ("heads.3", "'heads' has 3 items, so there is no item 3"),
        ("empty.0", "'empty' has 0 items, so there is no item 0"),
        ("heads.-1", "there is no result 'heads.-1'"),
        ("heads.first", "there is no result 'heads.first'"),
        ("heads.²", "there is no result 'heads.²'"),
        ("loss.0", "there is no result 'loss.0'"),
        ("nested.1.0", "there is no result 'nested.1.0'"),
        ("one.two", "there is no result 'one.two'"),
    ],
)
def test_a_wrong_key_is_named_and_the_nearest_offered(key: str, message: str):
    with pytest.raises(MeasuredError) as caught:
        lookup(RESULTS, key)
    assert str(caught.value).startswith(message)


@given(st.dictionaries(st.text(max_size=3), st.lists(st.integers(), max_size=3)), st.text(max_size=5))
def test_any_key_gives_a_value_or_a_sentence(results: dict[str, Any], key: str):
    with suppress(MeasuredError):
        value = lookup(results, key)
        assert value in results.values() or value in results[key.rpartition(".")[0]]


@pytest.mark.parametrize(
    ("value", "spec", "shown"),
    [
        (0.70724, ".2f", "0.71"),
        (0.70724, "", "0.70724"),
        (0.631, ".0%", "63%"),
        (-0.631, ".1%", "−63.1%"),
        (20000, ",", "20,000"),
        (-1234567.891, ",.1f", "−1,234,567.9"),
        (-3, "", "−3"),
        (0.5, "+.1f", "+0.5"),
        (-0.04, ".1f", "−0.0"),
        (2, ".2f", "2.00"),
        (7, "03d", "007"),
        (1.0, "g", "1"),
        (6.15458e-16, "", "6.15458e-16"),
        (-2.5e-7, ".1e", "-2.5e-07"),
        ("induction-head", "", "induction-head"),
        ("a-b", ">5", "  a-b"),
        (True, "", "True"),
    ],
)
def test_a_value_is_formatted_with_a_minus_sign(value: Any, spec: str, shown: str):
    assert format_value(value, spec) == shown


@pytest.mark.parametrize(
    ("value", "spec"),
    [(0.5, "d"), (0.5, "nonsense"), ("text", ".2f"), ([8, 10], ".2f"), ({"a": 1}, "d"), (3, ".2d")],
)
def test_a_format_that_does_not_fit_is_named_with_the_value(value: Any, spec: str):
    with pytest.raises(MeasuredError) as caught:
        format_value(value, spec)
    assert str(caught.value) == f"the format '{spec}' does not fit {value!r}"


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12), st.integers(0, 6))
def test_what_is_shown_is_the_number(value: float, places: int):
    shown = format_value(value, f",.{places}f")
    assert "-" not in shown
    assert math.isclose(float(shown.replace("−", "-").replace(",", "")), value, abs_tol=0.51 * 10**-places)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, None])
def test_what_is_no_number_is_reported(value: float | None):
    with pytest.raises(MeasuredError):
        format_value(value, "")


def test_the_results_of_a_file_are_read(tmp_path: Path):
    path = tmp_path / "a-lab.json"
    path.write_text(json.dumps({"lab": "a-lab", "settings": {"loss": 1}, "results": RESULTS | {"é": "–"}}), "utf-8")
    assert read_results(path) == RESULTS | {"é": "–"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "the result file 'a-lab.json' is not there; run the lab"),
        (b"", "the result file 'a-lab.json' is not JSON: "),
        (b'{"results": {"a": 1}', "the result file 'a-lab.json' is not JSON: "),
        (b'{"results": {"\xe9": 1}}', "the result file 'a-lab.json' is not JSON: "),
        (b"[]", "the result file 'a-lab.json' has no 'results'; run the lab again"),
        (b"null", "the result file 'a-lab.json' has no 'results'"),
        (b'{"result": {}}', "the result file 'a-lab.json' has no 'results'"),
        (b'{"results": [1]}', "the result file 'a-lab.json' has no 'results'"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_what_to_do(tmp_path: Path, content: bytes | None, message: str):
    path = tmp_path / "a-lab.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(MeasuredError) as caught:
        read_results(path)
    assert str(caught.value).startswith(message)
    assert "run the lab" in str(caught.value)
    assert str(tmp_path) not in str(caught.value)


def test_a_folder_is_no_result_file(tmp_path: Path):
    with pytest.raises(MeasuredError, match="is not there"):
        read_results(tmp_path)


@pytest.mark.parametrize("path", LABS, ids=lambda path: path.stem)
def test_every_result_of_the_book_can_be_shown(path: Path):
    results = read_results(path)
    assert results
    for key, value in results.items():
        assert lookup(results, key) is value
        for number, item in enumerate(value if isinstance(value, list) else []):
            assert lookup(results, f"{key}.{number}") is item
        assert format_value(value, "") not in {"", "nan", "inf", "−inf", "None"}
