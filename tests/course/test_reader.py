"""From a folder of sources to a course."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from sphinx_mi_ext.course.finding import Finding
from sphinx_mi_ext.course.model import Course
from sphinx_mi_ext.course.reader import directives, read_course

Read = Callable[..., tuple[Course, tuple[Finding, ...]]]

INDEX = """# Home

```{toctree}
:maxdepth: 2
:caption: Blocks

blocks/one
The second <blocks/two.md>
https://example.org/
nowhere
```
"""
BLOCK = "---\ntitle: {}\n---\n\n:::{{toctree}}\n{}\n:::\n"
TOPIC = "---\ntitle: {}\n---\n\nText.\n"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that writes files and reads the course."""

    def run(files: Mapping[str, str | bytes], **options) -> tuple[Course, tuple[Finding, ...]]:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_course(tmp_path, **options)

    return run


def test_a_folder_is_read_in_the_order_of_its_toctrees(read: Read):
    course, findings = read(
        {
            "index.md": INDEX,
            "blocks/one.md": BLOCK.format("One", "/topics/b\n../topics/a"),
            "blocks/two.md": BLOCK.format("Two", ":glob:\n\n/topics/more/*"),
            "topics/a.md": TOPIC.format("A"),
            "topics/b.md": "\ufeff# B from its heading\n",
            "topics/more/y.md": TOPIC.format("Y"),
            "topics/more/x/index.md": TOPIC.format("X"),
            "topics/notes.txt": "not a source",
            "_build/topics/a.md": ":::{definition} Not a source\nText.\n:::\n",
        }
    )
    assert findings == ()
    assert {slug: topic.title for slug, topic in course.topics.items()} == {
        "b": "B from its heading",
        "a": "A",
        "x": "X",
        "y": "Y",
    }
    assert list(course.topics) == ["b", "a", "x", "y"]
    assert course.terms == ()
    assert {slug: block.topics for slug, block in course.blocks.items()} == {"one": ("b", "a"), "two": ("x", "y")}


def test_findings_have_the_file_and_the_line(read: Read):
    _, findings = read({"topics/a.md": "---\r\ntitle: A\r\nblok: one\r\n---\r\n", "blocks/b.md": "Text."})
    assert [(item.rule.value, str(item.location)) for item in findings] == [
        ("title", "blocks/b.md:1"),
        ("front-matter", "topics/a.md:3"),
    ]


def test_definitions_are_found_in_boxes_and_lists_with_their_lines(read: Read):
    course, _ = read(
        {
            "index.md": "\ufeff---\ntitle: Home\n---\n\n:::{definition} Feature\n:aliases: trait, a property\n\nA *thing*\n"
            "of the input.\n:::\n\n- In a list\n\n  ::::{note}\n  :::{definition} Neuron\n  One unit.\n  :::\n  ::::\n\n"
            "```\n:::{definition} Only shown\n:::\n```\n"
        }
    )
    shown = [(term.name, term.aliases, term.location.line, term.body[0].text) for term in course.terms]
    assert shown == [
        ("Feature", ("trait", "a property"), 5, "A *thing* of the input."),
        ("Neuron", (), 15, "One unit."),
    ]


def test_which_documents_are_topics_and_blocks_can_be_chosen(read: Read):
    course, findings = read(
        {"lessons/deep/a.md": TOPIC.format("A"), "parts/p.md": TOPIC.format("P"), "topics/t.md": "No title"},
        topics=["lessons/**"],
        blocks=["parts/*"],
        root="parts/p",
    )
    assert (list(course.topics), list(course.blocks), findings) == (["a"], ["p"], ())


def test_a_folder_without_sources_is_an_empty_course(read: Read):
    course, findings = read({})
    assert (course.topics, course.blocks, course.terms, findings) == ({}, {}, (), ())


def test_a_file_that_is_not_utf8_is_refused(read: Read):
    with pytest.raises(UnicodeDecodeError):
        read({"topics/a.md": "é".encode("latin-1")})


def test_directives_know_the_lines_of_what_they_contain():
    text = (
        "One.\n\n::::{outer} with *words*\n:a: 1\n:b:\n\n:::{inner}\nText\n:::\n::::\n\n```{code} x\n:c: 2\nbody\n```\n"
    )
    shown = [(item.name, item.argument, dict(item.options), item.line, item.body_line) for item in directives(text)]
    assert shown == [
        ("outer", "with *words*", {"a": "1", "b": ""}, 3, 6),
        ("inner", "", {}, 7, 8),
        ("code", "x", {"c": "2"}, 12, 14),
    ]
