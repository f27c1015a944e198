"""The one command of a clean checkout."""

from __future__ import annotations

import subprocess
import sys

import pytest

import run


@pytest.fixture
def calls(monkeypatch):
    """Record what would be run, and say that it went well."""
    made: list[list[str]] = []

    def pretend(command, **options):
        made.append(list(command))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(run.subprocess, "run", pretend)
    monkeypatch.setattr(run, "_has_nox", lambda: True)
    return made


def test_sessions_go_to_nox(calls):
    assert run.main(["lint", "types"]) == 0
    assert calls[-1][1:] == ["-m", "nox", "--session", "lint", "types"]


def test_arguments_behind_two_dashes_go_to_the_session(calls):
    run.main(["labs", "--", "attention-mechanism"])
    assert calls[-1][1:] == ["-m", "nox", "--session", "labs", "--", "attention-mechanism"]


@pytest.mark.parametrize("arguments", [[], ["--list"]])
def test_options_alone_go_to_nox_as_they_are(calls, arguments):
    run.main(arguments)
    assert calls[-1][1:] == ["-m", "nox", *arguments]


def test_an_old_python_is_refused_with_a_sentence(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 10))
    assert run.main([]) == 2
    assert capsys.readouterr().err == "run.py: Python 3.11 or newer is needed, and this is 3.10\n"


def test_a_missing_venv_module_is_named(monkeypatch, capsys):
    monkeypatch.setattr(run, "_has_nox", lambda: False)
    monkeypatch.setattr(run.subprocess, "run", lambda command, **options: subprocess.CompletedProcess(command, 1))
    assert run.main(["html"]) == 2
    assert "apt install python3-venv" in capsys.readouterr().err
