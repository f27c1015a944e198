"""The theme's style sheet without what a course does not use."""

from __future__ import annotations

import pytest

from sphinx_mi_ext.ext.lean import lean


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
        ("a:is(.btn-primary,.x){x:y}", "a:is(.btn-primary,.x){x:y}"),
        (":root{--a:1;--b:var(--a);--c:2}p{x:var(--b)}", ":root{--a:1;--b:var(--a)}p{x:var(--b)}"),
        (":root{--a:1}p{x:calc(1px + var(--a, 2px))}", ":root{--a:1}p{x:calc(1px + var(--a, 2px))}"),
        (":root{--a:var(--b);--b:var(--a)}p{x:y}", "p{x:y}"),
        (".p-3{x:y}.prev-next-area{x:y}.pst-x{x:y}", ".prev-next-area{x:y}.pst-x{x:y}"),
        (".d-none{x:y}.d-block{x:y}#pst-back-to-top{x:y}", ".d-none{x:y}"),
        ('p{background:url("data:image/svg+xml;{}")}', 'p{background:url("data:image/svg+xml;{}")}'),
        ("/* .bd-main{x:y} */p{x:y !important}", "p{x:y!important}"),
    ],
)
def test_only_what_is_used_stays(css: str, expected: str) -> None:
    assert lean(css).replace(" !important", "!important") == expected


def test_doing_it_twice_changes_nothing() -> None:
    css = ":root{--a:1}@media (width > 1px){p > a[href=x]{color:var(--a)}}.card{x:y}"
    assert lean(lean(css)) == lean(css)
