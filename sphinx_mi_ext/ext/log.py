"""The one way in which the Sphinx layer warns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinx_mi_ext.course.finding import Finding, Rule

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger("sphinx_mi_ext")

TYPE = "course"


def warn(rule: Rule, message: str, *, location: Node | tuple[str, int | None] | str) -> None:
    """Log a warning of `rule` at a node, at `(docname, line)`, or at `'path:line'`."""
    logger.warning(message, type=TYPE, subtype=rule.value, location=location)


def log_finding(finding: Finding, env: BuildEnvironment) -> None:
    """Log a finding of the pure core at its place below the source folder."""
    place = finding.location
    warn(rule=finding.rule, message=finding.message, location=f"{env.srcdir / place.path}:{place.line or 1}")
