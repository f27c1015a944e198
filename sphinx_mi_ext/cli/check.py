"""`mi-course check`: what is wrong with a course."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from sphinx_mi_ext.cli.source import folder_argument, load, pattern_options
from sphinx_mi_ext.course import checks
from sphinx_mi_ext.course.finding import Severity


@click.command()
@folder_argument
@pattern_options
def check(folder: Path, topics: tuple[str, ...], blocks: tuple[str, ...]) -> None:
    """Check the course in FOLDER without building it; the exit code is 1 where there are errors."""
    course, findings = load(folder, topics=topics, blocks=blocks)
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
