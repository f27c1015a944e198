"""Pages as a reader has them: whole without JavaScript, within the screen, light, and open to everyone."""

from __future__ import annotations

import gzip
import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import DOCS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("flagship")]
TOPICS = sorted(f"topics/{path.stem}/" for path in (DOCS / "topics").glob("*.md"))
PAGES = [
    "",
    "blocks/mathematical-foundations/",
    "appendix/glossary/",
    "appendix/map/",
    "guide/writing/",
    "search/",
    *TOPICS,
]
WIDTHS = [320, 390, 600, 768, 991, 992, 1100, 1199, 1200, 1399, 1400, 1799, 1800, 2560]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways(open_page, path):
    page = open_page(path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{width} px"


@pytest.mark.parametrize("path", [path for path in PAGES if path != "search/"])
def test_nothing_is_lost_without_javascript(open_page, path):
    """The article has the same text, and what is folded opens."""
    texts = {}
    for scripts in (True, False):
        page = open_page(path, width=390, scripts=scripts)
        texts[scripts] = re.sub(r"\s+", " ", page.locator("article").text_content())
        if not scripts:
            for fold in page.locator("details.mi-answer > summary").all():
                fold.click()
            assert all(body.is_visible() for body in page.locator(".mi-answer-body").all())
    assert texts[True] == texts[False]


@pytest.mark.parametrize("path", TOPICS)
def test_a_topic_is_light_and_comes_from_one_host(chromium, site, flagship, path):
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{site}/{path}", wait_until="networkidle")
    context.close()
    assert {urlsplit(url).netloc for url in requests if not url.startswith("data:")} == {urlsplit(site).netloc}
    files = [url for url in requests if not url.startswith("data:")]
    weight = 0
    for url in files:
        name = urlsplit(url).path.lstrip("/")
        data = (flagship.folder / (f"{name}index.html" if name.endswith("/") or not name else name)).read_bytes()
        weight += len(data) if name.endswith("woff2") else len(gzip.compress(data, 9))
    print(f"{path} {len(files)} requests, {weight / 1000:.0f} kB compressed")
    assert len(files) <= 12
    assert weight <= 180_000


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(open_page, path, width, dark):
    page = open_page(path, width=width, dark=dark)
    results = Axe().run(page)
    table = "\n".join(
        f"{found['id']}: {found['help']}: {node['target']} {node['html'][:120]}"
        for found in results.response["violations"]
        for node in found["nodes"][:3]
    )
    assert not table, table


@pytest.mark.parametrize("scripts", [True, False])
def test_dark_follows_the_system(open_page, scripts):
    page = open_page(TOPICS[0], dark=True, scripts=scripts)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor") if scripts else _ground(page)
    red, green, blue = (int(part) for part in re.findall(r"\d+", ground)[:3])
    assert max(red, green, blue) < 60


def _ground(page) -> str:
    """The colour in a corner of the page, for a page whose scripts are off."""
    import struct
    from io import BytesIO
    from zlib import decompress

    png = BytesIO(page.screenshot(clip={"x": 1425, "y": 895, "width": 1, "height": 1}))
    png.seek(8)
    data = b""
    while True:
        length, kind = struct.unpack(">I4s", png.read(8))
        chunk = png.read(length)
        png.read(4)
        if kind == b"IDAT":
            data += chunk
        if kind == b"IEND":
            break
    pixel = decompress(data)[1:4]
    return f"rgb({pixel[0]}, {pixel[1]}, {pixel[2]})"


def test_print_shows_answers_and_notes(open_page):
    page = open_page(TOPICS[0], width=800)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert all(body.is_visible() for body in page.locator(".mi-answer-body").all())
    assert all(note.is_visible() for note in page.locator(".mi-note").all())
    assert not any(button.is_visible() for button in page.locator(".mi-mark-button").all())


def test_a_card_shows_on_hover_and_focus_and_escape_closes_it(open_page):
    page = open_page(TOPICS[0])
    link = page.locator(".mi-hover > a").first
    card = page.locator(".mi-card").first
    assert not card.is_visible()
    link.hover()
    card.wait_for(state="visible")
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")
    page.mouse.move(5, 5)
    link.focus()
    card.wait_for(state="visible")


def test_a_topic_is_marked_as_read_and_stays_so(open_page):
    page = open_page(TOPICS[0])
    button = page.locator("[data-mi-done]")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    page.reload()
    assert page.locator("[data-mi-done]").get_attribute("aria-pressed") == "true"


def test_the_first_tap_opens_a_card_and_the_second_follows_the_link(open_page):
    page = open_page(TOPICS[0], width=390, touch=True)
    link = page.locator(".mi-hover > a").first
    link.tap()
    assert page.locator(".mi-card").first.is_visible()
    before = page.url
    link.tap()
    page.wait_for_function("url => location.href !== url", arg=before)


@pytest.mark.parametrize(("width", "cards"), [(1440, ".mi-map-card"), (390, ".mi-map-list li li > p > a")])
def test_the_map_is_walked_by_keyboard_in_reading_order(open_page, width, cards):
    """One of the drawing and the list is there for everyone, at any width, and not both."""
    page = open_page("appendix/map/", width=width)
    assert [part.is_visible() for part in page.locator(".mi-map-drawing, .mi-map-list").all()] == [
        width == 1440,
        width == 390,
    ]
    wanted = page.locator(cards).evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(wanted) == len(TOPICS)
    page.locator(cards).first.focus()
    walked = []
    for _ in range(3 * len(wanted)):
        href = page.evaluate(
            f"document.activeElement.matches('{cards}') ? document.activeElement.getAttribute('href') : ''"
        )
        walked += [href] if href else []
        page.keyboard.press("Tab")
    assert walked[: len(wanted)] == wanted


def test_a_topic_that_is_chosen_on_the_map_shows_its_closure(open_page):
    page = open_page("appendix/map/?to=tokens-and-embeddings")
    assert page.locator(".mi-map-card.is-chosen").get_attribute("data-slug") == "tokens-and-embeddings"
    assert page.locator(".mi-map-card.is-before").count() == 3
    assert page.locator(".mi-map-card.is-after").count() == 2
    assert page.locator(".mi-map-edges .mi-x.is-before").first.is_visible()
    assert "Topics before it: 3" in page.locator(".mi-map-tools output").text_content()
    page.keyboard.press("Escape")
    assert page.locator(".mi-map-card.is-before, .mi-map-card.is-chosen").count() == 0
    page.locator(".mi-map-tools select").select_option("2")
    assert page.url.endswith("?to=probability-and-information")
