"""The command line: findings, sentences for errors, exit codes."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from sphinx_mi_ext.cli import main
from tests.conftest import small_course, topic


@pytest.fixture
def course(tmp_path):
    def write(files):
        for name, text in files.items():
            path = tmp_path / f"{name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


def check(*arguments):
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


def test_a_good_course_has_no_findings(course):
    result = check(course(small_course()))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == "4 topics in 2 blocks: 0 errors, 0 warnings\n"


def test_findings_have_a_place_and_errors_an_exit_code(course):
    folder = course(small_course() | {"topics/c": topic("Title C", "zzz", block="two")})
    result = check(folder)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{folder}/topics/c.md:4: error: prerequisite 'zzz' is not a topic")
    assert result.stdout.rstrip().endswith("[unknown-prerequisite]")
    assert result.stderr.endswith("1 error, 0 warnings\n")


def test_warnings_alone_do_not_fail(course):
    body = ":::{definition} Thing\nText.\n:::\n\n:::{definition} Thing\nText.\n:::"
    result = check(course(small_course() | {"topics/c": topic("Title C", "b", block="two", body=body)}))
    assert result.exit_code == 0
    assert "warning: 'Thing' is defined twice" in result.stdout


def test_a_folder_without_topics_is_one_clear_sentence(tmp_path):
    result = check(tmp_path)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: no topic in ")
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_folder_that_is_not_there_is_one_clear_sentence(tmp_path):
    result = check(tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "does not exist" in result.stderr


def test_a_file_that_is_not_utf8_is_one_clear_sentence(course):
    folder = course(small_course())
    (folder / "topics" / "a.md").write_bytes(b"---\ntitle: \xff\n---\n")
    result = check(folder)
    assert result.exit_code == 1
    assert "not UTF-8" in result.stderr


def test_the_flagship_has_no_findings():
    from tests.conftest import DOCS

    result = check(DOCS)
    assert result.stdout == ""
    assert result.exit_code == 0
