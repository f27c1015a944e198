"""Inflections: a term is found under the forms in which a sentence mentions it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_mi_ext.course.inflection import base_forms
from tests.course.cases import FOLDER

FORMS = [
    (term.strip(), form.strip())
    for line in (FOLDER / "inflections.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
    for term, _, forms in [line.partition(":")]
    for form in forms.split(",")
]


@pytest.mark.parametrize(("term", "form"), FORMS)
def test_the_form_leads_to_the_term(term: str, form: str):
    assert term.casefold() in base_forms(form)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Feature", ["feature", "features", "featurees"]),
        ("features", ["features", "feature"]),
        ("activation  \n patches", ["activation patches", "activation patch", "activation patche"]),
        ("loss", ["loss"]),
        ("classes", ["classes", "class", "classe", "classis"]),
        ("matrices", ["matrices", "matrix", "matrex", "matrice"]),
        ("head’s", ["head’s", "head", "head’"]),
        ("as", ["as"]),
        ("", ["", "s", "es"]),
    ],
)
def test_the_forms_stand_likeliest_first(form: str, expected: list[str]):
    assert [*base_forms(form)] == expected


@given(st.one_of(st.text(), st.text("aeisuxzchvfmno'’ ", max_size=8)))
def test_any_text_is_its_own_first_form_and_no_form_stands_twice(text: str):
    forms = base_forms(text)
    assert forms[0] == " ".join(text.split()).casefold()
    assert len(forms) == len(set(forms))
    assert base_forms(text.upper().casefold()) == base_forms(text.casefold().upper().casefold())


@given(st.from_regex(r"[a-z]{4,12}", fullmatch=True))
def test_the_plural_of_a_regular_noun_leads_to_it_and_back(word: str):
    sibilant = word.endswith(("s", "x", "z", "ch", "sh"))
    plural = word[:-1] + "ies" if word.endswith("y") and word[-2] not in "aeiou" else word + ("es" if sibilant else "s")
    assert word in base_forms(plural)
    if not word.endswith(("s", "y")):
        assert plural in base_forms(word)
