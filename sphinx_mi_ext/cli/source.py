"""Where a command reads its course: the folder and the options that all commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from sphinx_mi_ext.course.finding import Finding
from sphinx_mi_ext.course.model import Course
from sphinx_mi_ext.course.reader import read_course

folder_argument = click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default="docs"
)
words_option = click.option(
    "--words-per-minute",
    type=click.IntRange(min=1),
    default=Course.words_per_minute,
    show_default=True,
    help="Reading speed, as in course_words_per_minute.",
)


def pattern_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command be told which documents are topics and blocks."""
    for name in ("blocks", "topics"):
        option = click.option(
            f"--{name}", multiple=True, default=[f"{name}/**"], show_default=True, help=f"Pattern of the {name}."
        )
        command = option(command)
    return command


def load(folder: Path, *, topics: tuple[str, ...], **options: Any) -> tuple[Course, tuple[Finding, ...]]:
    """Return the course in `folder`, or end the command with a sentence that says why there is none."""
    try:
        course, findings = read_course(folder, topics=topics, **options)
    except OSError as error:
        raise click.ClickException(f"{error.filename} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise click.ClickException(f"a source file is not UTF-8: {error}") from error
    if not course.topics:
        patterns = ", ".join(topics)
        raise click.ClickException(f"no topic in {folder} matches {patterns}; name the folder, or give --topics")
    return course, findings
