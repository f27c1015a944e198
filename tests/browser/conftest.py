"""A real browser on the flagship: the system's Chromium, served from this machine."""

from __future__ import annotations

import functools
import os
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium. Where it must be there, its absence is an error and not a skipped test."""
    if CHROMIUM is None:
        if os.environ.get("MI_REQUIRE_BROWSER"):
            pytest.fail("Chromium is not installed, and MI_REQUIRE_BROWSER asks for it")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(flagship) -> Iterator[str]:
    """The address of the flagship."""
    handler = functools.partial(Quiet, directory=str(flagship.folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def open_page(chromium: Browser, site: str) -> Iterator:
    """Return a function that opens a page of the flagship at a width, in a theme, with or without JavaScript."""
    contexts = []

    def opened(path: str, *, width: int = 1440, dark: bool = False, scripts: bool = True, touch: bool = False) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            has_touch=touch,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{site}/{path}", wait_until="load")
        return page

    yield opened
    for context in contexts:
        context.close()
