"""Sidenotes: beside their marks where there is room, opened in place where there is not."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("flagship")]
TOPIC = "topics/vectors-and-directions/"


def test_wide_screens_show_each_note_beside_its_mark(open_page):
    page = open_page(TOPIC, width=1440)
    column = page.locator(".bd-article h1").bounding_box()
    bottom = 0.0
    for note in page.locator(".mi-note").all():
        box = note.bounding_box()
        mark = page.locator(f"#{note.get_attribute('id')}-ref").bounding_box()
        assert box["x"] >= column["x"] + column["width"] - 1
        assert box["x"] + box["width"] <= 1440
        # At the height of its mark, or pushed down by the note above it; never over it.
        assert box["y"] >= bottom - 0.5
        assert abs(box["y"] - mark["y"]) < 60 or abs(box["y"] - bottom) < 40
        bottom = box["y"] + box["height"]
    assert bottom > 0
    assert not any(button.is_visible() for button in page.locator(".mi-mark-button").all())


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("key", ["click", "Enter", "Space"])
def test_narrow_screens_open_a_note_in_place(open_page, key, scripts):
    page = open_page(TOPIC, width=390, scripts=scripts)
    button = page.locator(".mi-mark-button").first
    note = page.locator(".mi-note").first
    assert not note.is_visible()
    if key == "click":
        button.click()
    else:
        button.focus()
        page.keyboard.press(key)
    assert note.is_visible()
    mark, box = button.bounding_box(), note.bounding_box()
    assert 0 < box["y"] - mark["y"] < 600
    if key == "click":
        button.click()
    else:
        page.keyboard.press(key)
    assert not note.is_visible()


def test_the_button_says_what_it_opens_and_whether_it_is_open(open_page):
    page = open_page(TOPIC, width=390)
    assert page.get_by_role("button", name="Note 1", expanded=False).count() == 1
    page.get_by_role("button", name="Note 1").first.click()
    assert page.get_by_role("button", name="Note 1", expanded=True).count() == 1
