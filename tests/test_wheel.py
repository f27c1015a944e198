"""What a user installs: the wheel, alone in a clean environment."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import CONF, block, index, topic

ROOT = Path(__file__).parent.parent


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.mark.wheel
def test_the_wheel_holds_what_pages_need_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"sphinx_mi_ext"}
    for needed in ("static/mi-course.js", "static/fonts/mi-math.woff2", "templates/mi/topic-header.html", "py.typed"):
        assert f"sphinx_mi_ext/{needed}" in names
    assert any("OFL" in name for name in names)


@pytest.mark.wheel
def test_the_wheel_builds_a_course_of_two_pages_in_a_clean_environment(wheel, tmp_path):
    environment = tmp_path / "env"
    venv.create(environment, with_pip=True)
    python = environment / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=tmp_path)
    source = tmp_path / "course"
    files = {
        "conf.py": CONF + 'html_theme = "sphinx_book_theme"\n',
        "index.md": index("blocks/one"),
        "blocks/one.md": block("Block One", "a", "b"),
        "topics/a.md": topic("Title A", block="one", body="A note.[^n] $x^2$\n\n[^n]: Here."),
        "topics/b.md": topic("Title B", "a", block="one"),
    }
    for name, text in files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    run(python, "-m", "sphinx", "-b", "dirhtml", "-W", "-n", "-q", source, tmp_path / "out", cwd=tmp_path)
    page = (tmp_path / "out" / "topics" / "b" / "index.html").read_text(encoding="utf-8")
    assert "Title A" in page
    said = run(environment / python.parent.name / "mi-course", "check", source, cwd=tmp_path)
    assert said == ""
