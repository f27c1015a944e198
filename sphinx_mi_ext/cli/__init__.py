"""The command `mi-course`: one module a subcommand."""

from __future__ import annotations

import click

from sphinx_mi_ext.cli.check import check
from sphinx_mi_ext.cli.graph import graph
from sphinx_mi_ext.cli.path import path


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sphinx-mi-ext", prog_name="mi-course")
def main() -> None:
    """Check a course book written in MyST Markdown, and ask what its graph of prerequisites knows."""


main.add_command(check)
main.add_command(graph)
main.add_command(path)
