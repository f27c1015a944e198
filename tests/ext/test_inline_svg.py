"""SVG figures as parts of an HTML page."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from sphinx_mi_ext.ext.config import Options
from sphinx_mi_ext.ext.inline_svg import inline_svg

FIGURES = sorted((Path(__file__).parents[2] / "docs" / "figures").glob("*.svg"))
NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
COLORS = {"#23262b": "--mi-ink", "#0f5f78": "--mi-fig-1"}


def svg(body: str = "", attributes: str = 'viewBox="0 0 90 60"') -> str:
    return f"<svg {NAMESPACES} {attributes}>{body}</svg>"


def inline(source: str, *, alt: str = "A figure", prefix: str = "p-", colors: dict[str, str] | None = None) -> str:
    return inline_svg(source, alt=alt, prefix=prefix, colors=COLORS if colors is None else colors)


def parsed(html: str) -> BeautifulSoup:
    """What a browser makes of it."""
    return BeautifulSoup(html, "html5lib")


def body_of(html: str) -> str:
    """What stands within the one picture."""
    match = re.fullmatch(r"<div[^>]*><svg[^>]*?(?:/>|>(.*)</svg>)</div>", html, re.DOTALL)
    assert match, html
    return match[1] or ""


def references(html: str) -> list[str]:
    """Each id that something on the page points at."""
    return re.findall(r"url\(['\"]?#([^)'\"]+)", html) + re.findall(r'href="#([^"]*)"', html)


def test_a_figure_is_a_picture_with_a_name():
    html = inline(svg("<g/>", 'viewBox="0 0 90 60" width="90pt" height="60pt" x="1" y="2" class="a"'), alt="Two heads")
    (box,) = parsed(html).body.contents
    assert (box.name, box["role"], box["aria-label"], box["class"]) == ("div", "img", "Two heads", ["mi-panels"])
    (picture,) = box.contents
    assert picture.attrs == {"viewBox": "0 0 90 60", "aria-hidden": "true", "style": "max-width:138px"}
    assert picture.namespace == "http://www.w3.org/2000/svg"
    assert "xmlns" not in html


@pytest.mark.parametrize("box", ["0 0 90 60", "0,0,90,60", " 0, 0  90,60 ", "-5 -5 90 60"])
def test_the_width_comes_from_the_view_box(box: str):
    assert "max-width:138px" in inline(svg(attributes=f'viewBox="{box}"'))


@pytest.mark.parametrize(
    "alt", ['"quoted"', "it's", "<b>&amp;</b>", "a & b", '" onload="alert(1)', "é → 🐍", "", "two\nlines"]
)
def test_the_name_is_escaped(alt: str):
    html = inline(svg(), alt=alt)
    (box,) = parsed(html).body.contents
    assert box["aria-label"] == alt
    assert set(box.attrs) == {"class", "role", "aria-label"}
    assert not re.search(r"[<>]", html.partition("<svg")[0][len("<div ") : -1])


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_any_name_is_one_attribute(alt: str):
    html = inline(svg(), alt=alt)
    label = html.partition('aria-label="')[2].partition('">')[0]
    assert not re.search(r'["<>]', label)


def test_ids_get_the_prefix_and_references_follow():
    html = inline(
        svg(
            '<defs><clipPath id="a"/><path id="b-1"/><path id="ab"/></defs>'
            '<g clip-path="url(#a)" style="fill: url(#b-1); stroke: url(#ab)"/><use xlink:href="#b-1"/><use href="#ab"/>'
        )
    )
    assert body_of(html) == (
        '<defs><clipPath id="p-a" /><path id="p-b-1" /><path id="p-ab" /></defs>'
        '<g clip-path="url(#p-a)" style="fill: url(#p-b-1); stroke: url(#p-ab)" />'
        '<use href="#p-b-1" /><use href="#p-ab" />'
    )


def test_one_figure_twice_on_a_page_has_no_id_twice():
    source = svg('<path id="a"/><use xlink:href="#a"/><g mask="url(#a)"/>', 'id="root" viewBox="0 0 9 9"')
    page = inline(source, prefix="figure-1-") + inline(source, prefix="figure-2-")
    ids = re.findall(r' id="([^"]+)"', page)
    assert sorted(ids) == ["figure-1-a", "figure-1-root", "figure-2-a", "figure-2-root"]
    assert sorted(references(page)) == ["figure-1-a"] * 2 + ["figure-2-a"] * 2


@pytest.mark.parametrize("target", ["https://example.org/#a", "#elsewhere", "other.svg#a", "../b/", ""])
def test_links_that_lead_out_of_the_figure_stay(target: str):
    html = inline(svg(f'<path id="a"/><a xlink:href="{target}"/><a href="{target}"/>'))
    assert re.findall(r'href="([^"]*)"', html) == [target, target]


def test_colours_in_styles_become_custom_properties_with_themselves_as_what_is_used_where_there_is_none():
    html = inline(svg('<g style="fill: #23262b; stroke: #0f5f78; opacity: 0.5"/><g style="fill: #ff0000"/>'))
    assert body_of(html) == (
        '<g style="fill:var(--mi-ink,#23262b); stroke:var(--mi-fig-1,#0f5f78); opacity: 0.5" />'
        '<g style="fill: #ff0000" />'
    )


def test_colours_in_attributes_stay_since_these_cannot_hold_a_custom_property():
    assert body_of(inline(svg('<g fill="#23262b"/>'))) == '<g fill="#23262b" />'


def test_colours_are_known_in_any_case_and_in_style_elements():
    html = inline(svg('<style>.a{stroke: #23262B} .b{fill:#0f5f78}</style><g style="fill:#23262B"/>'))
    assert body_of(html) == (
        "<style>.a{stroke:var(--mi-ink,#23262B)} .b{fill:var(--mi-fig-1,#0f5f78)}</style>"
        '<g style="fill:var(--mi-ink,#23262B)" />'
    )


def test_selectors_and_addresses_of_what_the_figure_does_not_have_stay():
    style = "<style>#page .x{fill:url(#gradient)}</style>"
    assert body_of(inline(svg(style + '<g id="x" mask="url(#gradient)"/>'))) == style + (
        '<g id="p-x" mask="url(#gradient)" />'
    )


def test_without_colours_nothing_is_exchanged():
    assert 'style="fill: #23262b"' in inline(svg('<g style="fill: #23262b"/>'), colors={})


def test_panels_become_pictures_of_their_own():
    html = inline(
        svg(
            '\n <svg class="panel" viewBox="0 0 30 60" x="0" width="30" height="60"><g id="a"/></svg>\n'
            ' <svg class="panel" viewBox="0 0 60 60" x="40" width="60" height="60"><use xlink:href="#a"/></svg>\n',
            'viewBox="0 0 100 60" font-family="\'MI Sans\', serif"',
        )
    )
    (box,) = parsed(html).body.contents
    first, second = box.contents
    assert [picture["style"] for picture in (first, second)] == ["max-width:46px", "max-width:92px"]
    for picture in (first, second):
        assert set(picture.attrs) == {"viewBox", "aria-hidden", "style", "font-family"}
        assert (picture["font-family"], picture["aria-hidden"]) == ("'MI Sans', serif", "true")
    assert (first.g["id"], second.use["href"]) == ("p-a", "#p-a")


def test_an_svg_within_a_figure_that_is_no_panel_stays_where_it_is():
    html = inline(svg('<svg viewBox="0 0 5 5" width="5"><g/></svg><g><svg class="panel" viewBox="0 0 1 1"/></g>'))
    (box,) = parsed(html).body.contents
    (picture,) = box.contents
    assert len(picture.find_all("svg")) == 2
    assert picture.svg["width"] == "5"


def test_text_of_a_figure_is_kept_and_escaped():
    html = inline(svg('<text xml:space="preserve"> a &lt;b&gt; &amp;c <tspan> d</tspan> e</text><title>T</title>'))
    text = parsed(html).find("text")
    assert text.get_text() == " a <b> &c  d e"
    assert parsed(html).find("title").get_text() == "T"
    assert parsed(html).find("b") is None


def test_white_space_between_elements_goes():
    assert body_of(inline(svg("\n <g>\n  <path/>\n </g>\n"))) == "<g><path /></g>"


def test_comments_instructions_and_doctypes_do_not_reach_the_page():
    source = (
        '\ufeff<?xml version="1.0" encoding="utf-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><?style x?>' + svg("<!-- secret --><g/><?php x ?>")
    )
    assert body_of(inline(source)) == "<g />"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "the figure is not well-formed XML: "),
        ("<svg", "the figure is not well-formed XML: "),
        (svg("<g>"), "the figure is not well-formed XML: mismatched tag"),
        (svg("&nbsp;"), "the figure is not well-formed XML: undefined entity"),
        ("<html/>", "the figure is not an SVG: its root element is 'html'"),
        (svg(attributes=""), "the figure has the viewBox ''; it must be four numbers"),
        (svg(attributes='viewBox="0 0 90"'), "the figure has the viewBox '0 0 90'"),
        (svg(attributes='viewBox="0 0 90pt 60pt"'), "the figure has the viewBox '0 0 90pt 60pt'"),
        (svg(attributes='viewBox="0 0 nan 60"'), "the figure has the viewBox '0 0 nan 60'"),
        (svg(attributes='viewBox="0 0 inf 60"'), "the figure has the viewBox '0 0 inf 60'"),
        (svg(attributes='viewBox="0 0 0 60"'), "the figure has the viewBox '0 0 0 60'"),
        (svg('<svg class="panel"/>'), "the figure has the viewBox ''"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_sentence(source: str, message: str):
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        inline(source)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_a_figure_of_the_book_is_complete(path: Path):
    """No id stands twice, every reference leads somewhere, no text is lost, and no colour of the house stays literal."""
    source = path.read_text(encoding="utf-8")
    colors = Options().figure_colors
    html = inline(source, prefix="f-", colors=colors)
    ids = Counter(re.findall(r' id="([^"]+)"', html))
    assert [name for name, count in ids.items() if count > 1] == []
    assert set(references(html)) <= set(ids)
    assert all(name.startswith("f-") for name in ids)
    words = [re.sub(r"\s+", "", element.get_text()) for element in parsed(html).find_all("text")]
    expected = [
        re.sub(r"\s+", "", element.get_text()) for element in BeautifulSoup(source, "html5lib").find_all("text")
    ]
    assert words == expected != []
    literal = [color for style in re.findall(r'style="([^"]*)"', html) for color in re.findall(r"[^,](#\w{6})", style)]
    assert set(literal) & set(colors) == set()


def test_a_relative_address_that_is_also_an_id_stays():
    assert 'href="chapter"' in inline(svg('<path id="chapter"/><a href="chapter"/>'))


def test_references_in_quotes_follow():
    html = inline(svg("""<path id="a"/><g style="fill: url('#a')"/><g style='mask: url("#a")'/>"""))
    assert html.count("#p-a") == 2


def test_references_in_style_elements_follow():
    html = inline(svg("<style>.x{fill:url(#a)} #b{stroke:none}</style><path id='a'/><path id='b'/>"))
    assert "<style>.x{fill:url(#p-a)} #p-b{stroke:none}</style>" in html


def test_references_by_name_follow():
    html = inline(svg('<g aria-labelledby="a"><title id="a">T</title></g><animate begin="a.click"/>'))
    assert 'aria-labelledby="p-a"' in html
    assert 'begin="p-a.click"' in html


@pytest.mark.parametrize(
    "body", ["<text>ink: #23262b</text>", "<script>f('ink: #23262b')</script>", '<g data-note="ink: #23262b" />']
)
def test_colours_are_exchanged_in_styles_alone(body: str):
    assert body_of(inline(svg(body))) == body


def test_colours_with_an_opacity_of_their_own_stay():
    assert 'style="fill: #23262b80"' in inline(svg('<g style="fill: #23262b80"/>'))


def test_spaces_between_parts_of_a_text_stay():
    html = inline(svg("<text><tspan>two</tspan> <tspan>words</tspan></text>"))
    assert parsed(html).find("text").get_text() == "two words"


def test_html_within_a_figure_stays_html():
    html = inline(svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"><b>a</b> <i>b</i></p></foreignObject>'))
    paragraph = parsed(html).find("p")
    assert paragraph is not None
    assert paragraph.get_text() == "a b"


def test_definitions_beside_the_panels_are_kept():
    panel = '<svg class="panel" viewBox="0 0 9 9"><g clip-path="url(#a)"/></svg>'
    html = inline(svg(f'<defs><clipPath id="a"/></defs>{panel}{panel}'))
    assert set(references(html)) <= set(re.findall(r' id="([^"]+)"', html))


def test_a_script_is_left_as_it_is():
    script = '<script>if (1 &lt; 2 &amp;&amp; true) { a("#b") }</script>'
    assert body_of(inline(svg(script))) == script
