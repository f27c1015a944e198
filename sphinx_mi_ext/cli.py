"""The command `mi-course`."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from sphinx_mi_ext.course import checks
from sphinx_mi_ext.course.finding import Severity
from sphinx_mi_ext.course.reader import read_course


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sphinx-mi-ext", prog_name="mi-course")
def main() -> None:
    """Check a course book written in MyST Markdown."""


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default="docs")
@click.option("--topics", multiple=True, default=["topics/**"], show_default=True, help="Pattern of the topics.")
@click.option("--blocks", multiple=True, default=["blocks/**"], show_default=True, help="Pattern of the blocks.")
def check(folder: Path, topics: tuple[str, ...], blocks: tuple[str, ...]) -> None:
    """Check the course in FOLDER without building it; the exit code is 1 where there are errors."""
    try:
        course, findings = read_course(folder, topics=topics, blocks=blocks)
    except OSError as error:
        raise click.ClickException(f"{error.filename} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise click.ClickException(f"a source file is not UTF-8: {error}") from error
    if not course.topics:
        patterns = ", ".join(topics)
        raise click.ClickException(f"no topic in {folder} matches {patterns}; name the folder, or give --topics")
    every = sorted({*findings, *checks.run(course)}, key=lambda item: (item.location, item.rule.value))
    for finding in every:
        place = folder / finding.location.path
        click.echo(
            f"{place}:{finding.location.line or 1}: {finding.rule.severity}: {finding.message} [{finding.rule.value}]"
        )
    counts = Counter(finding.rule.severity for finding in every)
    said = ", ".join(f"{counts[severity]} {severity}{'s' if counts[severity] != 1 else ''}" for severity in Severity)
    click.echo(f"{len(course.topics)} topics in {len(course.blocks)} blocks: {said}", err=True)
    sys.exit(1 if counts[Severity.ERROR] else 0)
