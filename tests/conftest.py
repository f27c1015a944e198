"""Build small courses, and look at what came out."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sphinx.testing.util import SphinxTestApp

pytest_plugins = ["sphinx.testing.fixtures"]

ROOTS = Path(__file__).parent / "roots"
DOCS = Path(__file__).parent.parent / "docs"
CONF = """
extensions = ["sphinx_mi_ext"]
myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
myst_footnote_transition = False
nitpicky = True
"""
_COLOR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Book:
    """A course that was built."""

    app: SphinxTestApp

    @property
    def source(self) -> Path:
        return Path(self.app.srcdir)

    @property
    def warnings(self) -> list[str]:
        """The warnings, without colour, with paths below the source folder."""
        text = _COLOR.sub("", self.app.warning.getvalue())
        return [line.replace(f"{self.source}/", "") for line in text.splitlines() if line.strip()]

    def text(self, name: str) -> str:
        """The text of a file that was written."""
        return (Path(self.app.outdir) / name).read_text(encoding="utf-8")

    def page(self, docname: str) -> BeautifulSoup:
        """A page that an HTML builder wrote, as a browser's parser reads it."""
        name = f"{docname}.html"
        if self.app.builder.name == "dirhtml" and not docname.endswith("index"):
            name = f"{docname}/index.html"
        return parsed(self.text(name))


def parsed(html: str) -> BeautifulSoup:
    """A page as a browser's parser reads it; of the XHTML of an EPUB, what follows its declaration."""
    return BeautifulSoup(re.sub(r"^<\?xml[^>]*\?>", "", html), "html5lib")


Build = Callable[..., Book]


@pytest.fixture
def build(tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> Build:
    """Return a function that writes files, if any are given, and builds what is in the source folder.

    `files` maps a name (without `.md`, unless it has a suffix) to its text, or to None to remove it.
    """

    previous: list[SphinxTestApp] = []

    def run(
        files: Mapping[str, str | None] | None = None,
        *,
        builder: str = "html",
        root: str | None = None,
        conf: str = CONF,
        **options: Any,
    ) -> Book:
        source = tmp_path / "source"
        if root is not None and not source.exists():
            shutil.copytree(ROOTS / root, source)
        source.mkdir(exist_ok=True)
        if not (source / "conf.py").exists():
            (source / "conf.py").write_text(conf, encoding="utf-8")
        for name, text in (files or {}).items():
            path = source / (name if "." in name.rpartition("/")[2] else f"{name}.md")
            if text is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for app in previous:
            app.cleanup()  # or the next one finds its nodes registered
        app = make_app(builder, srcdir=source, **options)
        previous[:] = [app]
        app.build()
        return Book(app)

    return run


def topic(title: str, *prerequisites: str, body: str = "Text.", **fields: str) -> str:
    """The source of a topic."""
    lines = [f"title: {title}", *(f"{name}: {value}" for name, value in fields.items())]
    if prerequisites:
        lines.append(f"prerequisites: [{', '.join(prerequisites)}]")
    return "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"


def block(title: str, *topics: str, description: str = "") -> str:
    """The source of a block that lists topics."""
    listed = "\n".join(f"/topics/{slug}" for slug in topics)
    return f"---\ntitle: {title}\ndescription: {description!r}\n---\n\nWhy.\n\n```{{toctree}}\n{listed}\n```\n"


def index(*docnames: str) -> str:
    """The source of the front page."""
    return "# Home\n\n```{toctree}\n" + "\n".join(docnames) + "\n```\n"


def small_course(**changes: str | None) -> dict[str, str | None]:
    """Two blocks, four topics: a; b after a; c after b; d after c."""
    files: dict[str, str | None] = {
        "index": index("blocks/one", "blocks/two"),
        "blocks/one": block("Block One", "a", "b"),
        "blocks/two": block("Block Two", "c", "d"),
        "topics/a": topic("Title A", block="one", difficulty="foundational"),
        "topics/b": topic("Title B", "a", block="one", difficulty="foundational"),
        "topics/c": topic("Title C", "b", block="two", difficulty="intermediate"),
        "topics/d": topic("Title D", "c", block="two", difficulty="advanced"),
    }
    return files | {name.replace("__", "/"): text for name, text in changes.items()}


@dataclass(frozen=True)
class Flagship:
    """The course in `docs/`, built as its readers get it."""

    folder: Path
    log: str

    def page(self, docname: str) -> BeautifulSoup:
        return parsed((self.folder / docname / "index.html").read_text(encoding="utf-8"))

    @property
    def topics(self) -> list[str]:
        return sorted(path.name for path in (self.folder / "topics").iterdir() if path.is_dir())


@pytest.fixture(scope="session")
def flagship(tmp_path_factory: pytest.TempPathFactory) -> Flagship:
    """Build the course in `docs/` once."""
    folder = tmp_path_factory.mktemp("flagship")
    command = [sys.executable, "-m", "sphinx", "-b", "dirhtml", "--nitpicky", "-q", "-d", str(folder / "doctrees")]
    done = subprocess.run([*command, str(DOCS), str(folder / "html")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Flagship(folder / "html", done.stderr)
