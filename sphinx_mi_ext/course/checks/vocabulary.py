"""Rules of definitions."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_mi_ext.course.finding import Finding, Rule
from sphinx_mi_ext.course.model import Course


def duplicate_definitions(course: Course) -> Iterator[Finding]:
    """Report names that an earlier definition has already."""
    for term in course.terms:
        for name in term.names:
            first = course.term_index[name.casefold()]
            if first is not term:
                message = f"'{name}' is defined twice, also at {first.location}; keep one definition"
                yield Finding(Rule.DUPLICATE_DEFINITION, message, term.location)
