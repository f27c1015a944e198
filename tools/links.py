"""Check the links within a built web book: each page, file and anchor that is linked to must exist.

`python -m tools.links FOLDER` prints a line for each link that leads nowhere, and exits with 1 if there is one.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


@dataclass
class _Page(HTMLParser):
    """The anchors of a page, and the links in it with their lines."""

    anchors: set[str] = field(default_factory=set)
    links: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        for name in ("id", "name"):
            if value := values.get(name):
                self.anchors.add(value)
        target = values.get("href" if tag in {"a", "link"} else "src")
        if target:
            self.links.append((target, self.getpos()[0]))


def broken_links(folder: Path) -> list[str]:
    """Return a sentence for each link of the pages below `folder` that leads nowhere."""
    paths = (path for path in sorted(folder.rglob("*.html")) if "_static" not in path.relative_to(folder).parts)
    pages = {path: _read(path) for path in paths}
    found = []
    for path, page in pages.items():
        for link, line in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            problem = _problem(path, unquote(parts.path), unquote(parts.fragment), folder, pages)
            if problem:
                found.append(f"{path.relative_to(folder)}:{line}: {link}: {problem}")
    return found


def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def _problem(source: Path, path: str, fragment: str, folder: Path, pages: dict[Path, _Page]) -> str:
    start = folder if path.startswith("/") else source.parent
    target = (start / path.lstrip("/")).resolve() if path else source
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return "no such page or file"
    known = pages.get(target)
    if fragment and known is not None and fragment not in known.anchors:
        return f"the page has no anchor '{fragment}'"
    return ""


def main(arguments: list[str]) -> int:
    """Check the folder that is named; return the exit code."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: python -m tools.links FOLDER", file=sys.stderr)
        return 2
    found = broken_links(Path(arguments[0]).resolve())
    print("\n".join([*found, f"links within the book: {len(found)} broken"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
