"""The rules of a course, one module a family. A check takes the course and yields findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sphinx_mi_ext.course.checks import prerequisites, structure, vocabulary
from sphinx_mi_ext.course.finding import Finding
from sphinx_mi_ext.course.model import Course

Check = Callable[[Course], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    structure.duplicate_slugs,
    structure.places,
    structure.blocks,
    structure.empty_blocks,
    structure.duplicate_titles,
    prerequisites.targets,
    prerequisites.circles,
    prerequisites.edges,
    prerequisites.titles,
    vocabulary.duplicate_definitions,
)


def run(course: Course) -> tuple[Finding, ...]:
    """Return what all checks find, by place."""
    findings = (finding for check in CHECKS for finding in check(course))
    return tuple(sorted(findings, key=lambda item: (item.location.path, item.location.line or 0, item.rule.value)))
