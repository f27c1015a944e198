"""`mi-course graph`: the graph of prerequisites for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from sphinx_mi_ext.cli.source import folder_argument, load, pattern_options, words_option
from sphinx_mi_ext.course.drawing import FORMATS


@click.command()
@folder_argument
@click.option("--format", "form", type=click.Choice([*FORMATS]), default="dot", show_default=True)
@pattern_options
@words_option
def graph(folder: Path, form: str, topics: tuple[str, ...], blocks: tuple[str, ...], words_per_minute: int) -> None:
    """Write the prerequisites of the course in FOLDER for Graphviz, for Mermaid or as JSON."""
    course, _ = load(folder, topics=topics, blocks=blocks, words_per_minute=words_per_minute)
    click.echo(FORMATS[form](course), nl=False)
