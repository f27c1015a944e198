"""`mi-course path`: what to read for a goal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from sphinx_mi_ext.cli.source import folder_argument, load, pattern_options, words_option
from sphinx_mi_ext.course.paths import LearningPath, PathError, learning_path
from sphinx_mi_ext.course.wording import one_line


@click.command()
@click.argument("slug")
@folder_argument
@click.option("--know", multiple=True, metavar="SLUG", help="A topic that you know, with all that it requires.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON in place of a table.")
@pattern_options
@words_option
def path(
    slug: str,
    folder: Path,
    know: tuple[str, ...],
    as_json: bool,
    topics: tuple[str, ...],
    blocks: tuple[str, ...],
    words_per_minute: int,
) -> None:
    """Say what to read to understand the topic SLUG of the course in FOLDER, in which order, and how long it takes."""
    course, _ = load(folder, topics=topics, blocks=blocks, words_per_minute=words_per_minute)
    try:
        found = learning_path(course, slug, know)
    except PathError as error:
        raise click.ClickException(str(error)) from error
    click.echo(_json(found) if as_json else "\n".join(_table(found)))


def _table(path: LearningPath) -> Iterator[str]:
    """Yield a line a step: its number, minutes, slug and title; then the total."""
    slugs = [one_line(step.topic.slug) for step in path.steps]
    width = max(map(len, slugs), default=0)
    for number, (step, slug) in enumerate(zip(path.steps, slugs, strict=True), start=1):
        line = f"{number:>3}  {_time(step.minutes):>10}  {slug:<{width}}  {one_line(step.topic.title)}"
        yield line.rstrip()
    count = len(path.steps)
    left = f"{count} topic{'s' if count != 1 else ''}, {_time(path.minutes)}" if count else "nothing is left to read"
    known = len(path.known)
    yield f"{left}; {known} known" if known else left


def _time(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02} min" if hours else f"{rest} min"


def _json(path: LearningPath) -> str:
    steps = [
        {
            "slug": step.topic.slug,
            "title": step.topic.title,
            "difficulty": step.topic.difficulty,
            "minutes": step.minutes,
        }
        for step in path.steps
    ]
    known = [topic.slug for topic in path.known]
    said = {"goal": path.goal.slug, "minutes": path.minutes, "steps": steps, "known": known}
    return json.dumps(said, indent=2)
