"""The theme's style sheet without what a course does not use."""

from __future__ import annotations

import pytest

from sphinx_mi_ext.ext.lean import lean, rules


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (".bd-main{color:red}", ".bd-main{color:red}"),
        (".fa-bars:before{content:'}'}", ""),
        (".carousel,.bd-main{color:red}", ".bd-main{color:red}"),
        ("@media print{.modal{x:y}.bd-main{x:y}}", "@media print{.bd-main{x:y}}"),
        ("@media print{.modal{x:y}}", ""),
        ("@font-face{src:url(fa.woff2)}p{x:y}", "p{x:y}"),
        ("a:not(.btn-primary,.x){x:y}", "a:not(.btn-primary,.x){x:y}"),
        (":root{--a:1;--b:var(--a);--c:2}p{x:var(--b)}", ":root{--a:1;--b:var(--a);}p{x:var(--b)}"),
        (".p-3{x:y}.prev-next-area{x:y}.pst-x{x:y}", ".prev-next-area{x:y}.pst-x{x:y}"),
        ('p{background:url("data:image/svg+xml;{}")}', 'p{background:url("data:image/svg+xml;{}")}'),
        ("/* .bd-main{x:y} */p{x:y}", "p{x:y}"),
    ],
)
def test_only_what_is_used_stays(css: str, expected: str) -> None:
    assert lean(css) == expected


def test_rules_are_found_within_strings_and_at_rules() -> None:
    assert list(rules("@charset 'x';a{b:';}'}@media x{c{d:e}}")) == [
        ("@charset 'x'", ""),
        ("a", "b:';}'"),
        ("@media x", "c{d:e}"),
    ]
