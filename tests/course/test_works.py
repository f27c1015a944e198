"""Works of the bibliography: labels, the parts of an entry as plain text, and the real bibliography."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest
from pybtex.database import BibliographyData, parse_file, parse_string

from sphinx_mi_ext.course.works import Work, works
from tests.course.cases import FOLDER

CASES = FOLDER / "works" / "bibliography.bib"
REAL = Path(__file__).parents[2] / "references.bib"
LATEX = re.compile(r"[\\{}~$]|--|``|''")
FIELDS = ("names", "year", "authors", "title", "venue", "url", "label", "shown_url")


def read(source: str) -> dict[str, Work]:
    return works(parse_string(source, "bibtex").entries)


@pytest.fixture(scope="module")
def real() -> dict[str, Work]:
    return works(parse_file(REAL).entries)


def test_the_entries_of_a_bibliography(data_regression):
    found = works(parse_file(CASES).entries)
    shown = {key: {name: getattr(work, name) for name in FIELDS if getattr(work, name)} for key, work in found.items()}
    data_regression.check(shown, fullpath=CASES.with_suffix(".yml"))


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        ("One, A.", "One"),
        ("One, A. and Two, B.", "One and Two"),
        ("One, A. and Two, B. and Three, C.", "One et al."),
        ("One, A. and others", "One et al."),
        ("One, A. and Two, B. and others", "One et al."),
        ("Alan One", "One"),
        ("{The One Group}", "The One Group"),
        ("{One and Two}", "One and Two"),
    ],
)
def test_names(authors: str, names: str):
    (work,) = read(f"@misc{{a, author = {{{authors}}}, title = {{T}}, year = 2000}}").values()
    assert (work.names, work.label) == (names, f"{names}, 2000")


def test_authors_come_before_editors():
    (work,) = read("@book{a, author = {One, A.}, editor = {Two, B.}, title = {T}, year = 1}").values()
    assert (work.names, work.authors) == ("One", "One, A.")


def test_letters_follow_the_keys_and_not_the_order_of_the_file():
    entries = list(parse_file(CASES).entries.items())
    labels = {key: work.label for key, work in works(dict(entries)).items()}
    assert [labels[f"same-{letter}"] for letter in "abc"] == [f"Belrose, 2023{letter}" for letter in "abc"]
    assert labels["other-year"] == "Belrose, 2024"
    for seed in range(5):
        random.Random(seed).shuffle(entries)
        assert {key: work.label for key, work in works(dict(entries)).items()} == labels


def test_a_work_of_its_own_has_no_letter_and_further_entries_change_no_other_label():
    one = "@misc{k1, author = {A, B}, year = 2000}"
    assert [work.label for work in read(one).values()] == ["A, 2000"]
    both = read(one + "@misc{k2, author = {A, C}, year = 2000} @misc{k3, author = {A, C and D, E}, year = 2000}")
    assert {key: work.year for key, work in both.items()} == {"k1": "2000a", "k2": "2000b", "k3": "2000"}


def test_labels_stay_apart_where_the_alphabet_ends():
    source = "".join(f"@misc{{k{n:03}, author = {{A, B}}, year = 2000}}\n" for n in range(60))
    found = [work.year for work in read(source).values()]
    assert len(set(found)) == 60
    assert (found[0], found[25], found[26], found[27], found[52]) == ("2000a", "2000z", "2000aa", "2000ab", "2000ba")


def test_an_empty_bibliography_has_no_works():
    assert works(BibliographyData().entries) == {}


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://arxiv.org/abs/1", "arxiv.org/abs/1"),
        ("http://www.x.org/", "x.org"),
        ("https://x.org/a/index.html", "x.org/a"),
        ("https://x.org/www.html", "x.org/www.html"),
        ("", ""),
    ],
)
def test_an_address_is_shown_as_a_reader_would_say_it(address: str, shown: str):
    work = Work(key="a", names="A", year="1", authors="A", title="T", venue="", url=address)
    assert work.shown_url == shown


def test_every_entry_of_the_book_has_a_label_of_its_own(real: dict[str, Work]):
    assert len(real) > 200
    assert [label for label, count in Counter(work.label for work in real.values()).items() if count > 1] == []
    assert [work.key for work in real.values() if not re.fullmatch(r"\S.*, (\d{4}|n\.d\.)[a-z]?", work.label)] == []
    assert [work.key for work in real.values() if not (work.authors and work.title)] == []


def test_no_latex_is_left_over_in_the_book(real: dict[str, Work]):
    shown = [(key, name, getattr(work, name)) for key, work in real.items() for name in FIELDS]
    assert [item for item in shown if item[1] not in {"url", "shown_url"} and LATEX.search(item[2])] == []
    assert [item for item in shown if item[1] == "url" and re.search(r"[\\{}\s]", item[2])] == []


def test_every_address_of_the_book_is_one(real: dict[str, Work]):
    assert [work.url for work in real.values() if work.url and not re.match(r"https?://[^/]+\.[^/]+", work.url)] == []


def test_names_of_the_book_are_decoded(real: dict[str, Work]):
    letters = "".join(work.authors for work in real.values())
    assert {"é", "ó", "š"} <= set(letters)
