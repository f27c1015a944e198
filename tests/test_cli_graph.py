"""`mi-course path` and `mi-course graph`: golden files of a course whose titles try to break out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from sphinx_mi_ext.cli import main
from tests.conftest import small_course, topic

CASES = Path(__file__).parent / "cases" / "cli"
GOLDEN = {
    "path.txt": ("path", "turned"),
    "path-known.txt": ("path", "turned", "--know", "matrices"),
    "path-nothing-left.txt": ("path", "vectors", "--know", "matrices"),
    "path-slow.txt": ("path", "matrices", "--words-per-minute", "70"),
    "path.json": ("path", "turned", "--know", "vectors", "--json"),
    "graph.dot": ("graph",),
    "graph.mermaid": ("graph", "--format", "mermaid"),
    "graph.json": ("graph", "--format", "json"),
}


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def on_the_course(command, *arguments):
    """The command with the folder where it belongs: behind the slug of a path."""
    at = 1 if command == "path" else 0
    return (command, *arguments[:at], CASES / "course", *arguments[at:])


@pytest.mark.parametrize("name", GOLDEN)
def test_golden(name, file_regression):
    result = run(*on_the_course(*GOLDEN[name]))
    assert (result.exit_code, result.stderr) == (0, "")
    file_regression.check(result.stdout, fullpath=CASES / name, newline="")


@pytest.mark.parametrize("name", GOLDEN)
def test_no_title_controls_a_terminal_or_turns_a_line(name):
    shown = run(*on_the_course(*GOLDEN[name])).stdout
    assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", shown) == []


def test_no_title_ends_its_quotes():
    for line in run(*on_the_course("graph")).stdout.splitlines():
        assert re.fullmatch(r'[^"]*|[^"]*"([^"\\<>]|\\.)*"[^"]*', line), line
    for line in run(*on_the_course("graph", "--format", "mermaid")).stdout.splitlines():
        assert re.fullmatch(r'[^"]*|[^"]*"[^"<>%`{}&]*"\]', line), line


def test_json_has_the_titles_as_they_are():
    topics = json.loads(run(*on_the_course("graph", "--format", "json")).stdout)["topics"]
    assert topics[2]["title"] == '"Quotes", \\N back\\slash, `ticks`, #35; &lt; <script>alert("1")</script>'
    assert topics[3]["prerequisites"] == ["quotes"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("turnd",), "Error: 'turnd' is not a topic of this course; did you mean \"turned\"?\n"),
        (
            ("turned", "--know", "matrix"),
            "Error: 'matrix' is not a topic of this course; did you mean \"matrices\"?\n",
        ),
    ],
)
def test_an_unknown_slug_is_one_clear_sentence(arguments, message):
    result = run(*on_the_course("path", *arguments))
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", message)


def test_a_circle_is_one_clear_sentence(tmp_path):
    files = small_course() | {"topics/a": topic("Title A", "b", block="one")}
    for name, text in files.items():
        path = tmp_path / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    result = run("path", "d", tmp_path)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: there is no path to 'd': the prerequisites form a circle: 'a', 'b'")
    drawn = run("graph", tmp_path, "--format", "mermaid")
    assert drawn.exit_code == 0
    assert "t1 --> t2\n" in drawn.stdout
    assert "t2 --> t1\n" in drawn.stdout


@pytest.mark.parametrize("command", [("path", "a"), ("graph",)])
def test_a_folder_without_topics_is_one_clear_sentence(command, tmp_path):
    result = run(*command, tmp_path)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: no topic in ")
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("command", ["check", "graph", "path"])
def test_help_says_what_a_command_is_for(command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "FOLDER" in result.stdout
    assert command in run("--help").stdout
