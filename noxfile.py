"""Everything that the project does, one session each: `nox` builds the book, `nox -s tests` tests it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.sessions = ["html"]
nox.options.default_venv_backend = "venv"
nox.options.reuse_existing_virtualenvs = True

ROOT = Path(__file__).parent
DOCS = ROOT / "docs"
BUILD = DOCS / "_build"


def dependencies(session: nox.Session, *groups: str) -> None:
    """Install the project and the dependency groups."""
    pyproject = nox.project.load_toml("pyproject.toml")
    session.install("-e", ".", *(nox.project.dependency_groups(pyproject, *groups) if groups else ()))


@nox.session
def html(session: nox.Session) -> None:
    """Build the web book, with warnings as errors, and say where to open it."""
    dependencies(session)
    target = BUILD / "dirhtml"
    strict = ["--nitpicky", "--fail-on-warning", "--keep-going"]
    session.run("sphinx-build", "-b", "dirhtml", "-j", "auto", *strict, *session.posargs, str(DOCS), str(target))
    session.log(f"The book is built. Open {(target / 'index.html').as_uri()}")
    session.log(f"or read it as a server shows it: python -m http.server -d {target.relative_to(ROOT)}")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests; arguments go to pytest. Tests in a browser run where Chromium is installed."""
    dependencies(session, "tests")
    session.run("pytest", *(session.posargs or ["-n", "auto", "--dist", "loadgroup"]))


@nox.session
def lint(session: nox.Session) -> None:
    """Check style (ruff), layers (import-linter) and markup (sphinx-lint)."""
    dependencies(session, "lint")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports")
    session.run("sphinx-lint", "--enable", "all", "--disable", "line-too-long", "docs", "README.md", "CONTRIBUTING.md")


@nox.session
def types(session: nox.Session) -> None:
    """Check types (mypy, strict)."""
    dependencies(session, "types")
    session.install("nox")
    session.run("mypy", *session.posargs)


@nox.session
def live(session: nox.Session) -> None:
    """Serve the book, and rebuild and reload it when a file changes."""
    dependencies(session, "live")
    watch = ["--watch", "sphinx_mi_ext", "--watch", "references.bib"]
    session.run("sphinx-autobuild", "-b", "dirhtml", *watch, *session.posargs, str(DOCS), str(BUILD / "live"))


@nox.session
def linkcheck(session: nox.Session) -> None:
    """Check links: those within the book must lead somewhere; those to other hosts are reported."""
    dependencies(session)
    strict = ["--nitpicky", "--fail-on-warning", "--keep-going"]
    session.run("sphinx-build", "-b", "dirhtml", *strict, "-q", str(DOCS), str(BUILD / "dirhtml"))
    session.run("python", "-m", "tools.links", str(BUILD / "dirhtml"))
    session.run(
        "sphinx-build",
        "-b",
        "linkcheck",
        "-q",
        *session.posargs,
        str(DOCS),
        str(BUILD / "linkcheck"),
        success_codes=[0, 1],
    )
    session.log(f"Links to other hosts: {(BUILD / 'linkcheck' / 'output.txt').relative_to(ROOT)}")


@nox.session
def labs(session: nox.Session) -> None:
    """Run the labs again, or those that are named, and write their results and figures."""
    pyproject = nox.project.load_toml("pyproject.toml")
    session.install(*nox.project.dependency_groups(pyproject, "labs"))
    folder = DOCS / "labs"
    programs = {path.stem.replace("_", "-"): path for path in sorted(folder.glob("*.py"))}
    wanted = [name.replace("_", "-") for name in session.posargs] or list(programs)
    if unknown := [name for name in wanted if name not in programs]:
        session.error(f"no lab is called {', '.join(unknown)}; there are {', '.join(programs)}")
    for number, name in enumerate(wanted, start=1):
        session.log(f"lab {number} of {len(wanted)}: {name}")
        # One thread: two threads of a small model wait for each other longer than they compute.
        session.run("python", str(programs[name]), env={"OMP_NUM_THREADS": "1"})


@nox.session(default=False)
def clean(session: nox.Session) -> None:
    """Remove what was built."""
    shutil.rmtree(BUILD, ignore_errors=True)
    session.log(f"removed {os.path.relpath(BUILD, ROOT)}")
