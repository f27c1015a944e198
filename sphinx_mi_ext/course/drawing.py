"""The graph of a course in the formats of drawing programs. All text of authors is escaped."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from sphinx_mi_ext.course.model import Block, Course, Topic
from sphinx_mi_ext.course.wording import one_line

_DOT = str.maketrans({"\\": "\\\\", '"': '\\"', "&": "&amp;", "<": "&lt;", ">": "&gt;"})
_PLAIN_IN_MERMAID = frozenset(" ,.!?-'")


def dot(course: Course) -> str:
    """Return the graph in the language of Graphviz: an arrow leads from a prerequisite to what requires it."""
    lines = ["digraph course {", "  rankdir=TB;", '  node [shape=box, style=rounded, fontname="sans-serif"];']
    numbers = _numbers(course)
    for number, (block, topics) in enumerate(_groups(course), start=1):
        indent = "    " if block else "  "
        if block:
            lines += [f"  subgraph cluster_{number} {{", f"{indent}label={_dot_text(block.title)};"]
        lines += [f"{indent}{numbers[topic.slug]} [label={_dot_text(topic.title)}];" for topic in topics]
        lines += ["  }"] if block else []
    lines += [f"  {before} -> {after};" for before, after in _arrows(course)]
    return "\n".join([*lines, "}", ""])


def mermaid(course: Course) -> str:
    """Return the graph as a flowchart of Mermaid."""
    lines = ["flowchart TB"]
    numbers = _numbers(course)
    for number, (block, topics) in enumerate(_groups(course), start=1):
        indent = "    " if block else "  "
        lines += [f"  subgraph b{number}[{_mermaid_text(block.title)}]"] if block else []
        lines += [f"{indent}{numbers[topic.slug]}[{_mermaid_text(topic.title)}]" for topic in topics]
        lines += ["  end"] if block else []
    lines += [f"  {before} --> {after}" for before, after in _arrows(course)]
    return "\n".join([*lines, ""])


def as_json(course: Course) -> str:
    """Return blocks and topics in reading order as JSON, in ASCII, each topic with its prerequisites."""
    blocks = [{"slug": slug, "title": block.title, "topics": block.topics} for slug, block in course.blocks.items()]
    topics = [
        {
            "slug": slug,
            "title": topic.title,
            "block": block.slug if (block := course.block_of(topic)) else None,
            "difficulty": topic.difficulty,
            "category": topic.category,
            "minutes": course.minutes(topic),
            "prerequisites": course.graph[slug],
        }
        for slug, topic in course.topics.items()
    ]
    return json.dumps({"blocks": blocks, "topics": topics}, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Course], str]] = {"dot": dot, "mermaid": mermaid, "json": as_json}


def _numbers(course: Course) -> dict[str, str]:
    """Return a name for each topic that every format takes as it is."""
    return {slug: f"t{number}" for number, slug in enumerate(course.topics, start=1)}


def _groups(course: Course) -> Iterator[tuple[Block | None, list[Topic]]]:
    """Yield the blocks with their topics, each topic once, and then the topics without a block."""
    groups: dict[str, list[Topic]] = {slug: [] for slug in course.blocks}
    rest: list[Topic] = []
    for topic in course.topics.values():
        block = course.block_of(topic)
        (groups[block.slug] if block else rest).append(topic)
    yield from ((course.blocks[slug], topics) for slug, topics in groups.items() if topics)
    if rest:
        yield None, rest


def _arrows(course: Course) -> Iterator[tuple[str, str]]:
    numbers = _numbers(course)
    for slug, ends in course.graph.items():
        yield from ((numbers[before], numbers[slug]) for before in ends)


def _dot_text(text: str) -> str:
    return f'"{one_line(text).translate(_DOT)}"'


def _mermaid_text(text: str) -> str:
    """Return text in quotes, with all that could have a meaning as numbered entities of Mermaid."""
    safe = (char if char.isalnum() or char in _PLAIN_IN_MERMAID else f"#{ord(char)};" for char in one_line(text))
    return f'"{"".join(safe)}"'
