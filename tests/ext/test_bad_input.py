"""Bad input gets one clear warning at its place, and nothing of the author's text is lost."""

from __future__ import annotations

import re

import pytest

from tests.conftest import block, index, small_course, topic

BIB = 'extensions = ["sphinx_mi_ext"]\nmyst_enable_extensions = ["amsmath", "colon_fence", "dollarmath"]\nbibtex_bibfiles = []\n'

CASES: dict[str, tuple[dict[str, str | None], list[str]]] = {
    "unknown prerequisite": (
        {"topics/c": topic("Title C", "bb", block="two", body="Kept.")},
        [r"topics/c\.md:4: WARNING: prerequisite 'bb' is not a topic.*\[course\.unknown-prerequisite\]"],
    ),
    "nearest slug": (
        {
            "topics/matrices": topic("Matrices", block="two"),
            "topics/c": topic("Title C", "matrixes", block="two", body="Kept."),
            "blocks/two": block("Block Two", "matrices", "c", "d"),
        },
        [r"topics/c\.md:4: WARNING: .*did you mean \"matrices\"\?.*\[course\.unknown-prerequisite\]"],
    ),
    "itself": (
        {"topics/c": topic("Title C", "c", block="two", body="Kept.")},
        [r"topics/c\.md:4: WARNING: 'c' names itself.*\[course\.self-prerequisite\]"],
    ),
    "circle": (
        {"topics/a": topic("Title A", "b", block="one", body="Kept.")},
        [
            r"topics/a\.md:4: WARNING: prerequisites form a circle: 'a' requires 'b' \(topics/a\.md:4\), "
            r"'b' requires 'a' \(topics/b\.md:5\); .*\[course\.prerequisite-cycle\]"
        ],
    ),
    "duplicate slug": (
        {
            "topics/more/a": topic("Another", block="two", body="Kept."),
            "blocks/two": block("Block Two", "c", "d", "more/a"),
        },
        [
            r"topics/more/a\.md:2: WARNING: the topic 'a' exists twice, also at topics/a\.md:2.*\[course\.duplicate-slug\]"
        ],
    ),
    "duplicate definition": (
        {
            "topics/a": topic("Title A", block="one", body=":::{definition} Thing\nOne.\n:::"),
            "topics/b": topic("Title B", "a", block="one", body="Kept.\n\n:::{definition} thing\nTwo.\n:::"),
        },
        [
            r"topics/b\.md:9: WARNING: 'thing' is defined twice, also at topics/a\.md:6.*\[course\.duplicate-definition\]"
        ],
    ),
    "missing title": (
        {"topics/c": "---\nblock: two\n---\n\nKept.\n"},
        [r"topics/c\.md:1: WARNING: title is missing.*\[course\.title\]"],
    ),
    "empty title": (
        {"topics/c": "---\nblock: two\ntitle:\n---\n\nKept.\n"},
        [r"topics/c\.md:3: WARNING: title is empty.*\[course\.title\]"],
    ),
    "title twice": (
        {"topics/c": "---\ntitle: Title C\nblock: two\n---\n\n# Other Title\n\nKept.\n"},
        [r"topics/c\.md:6: WARNING: the page has a heading of level one, 'Other Title'.*\[course\.title\]"],
    ),
    "wrong type": (
        {"topics/c": topic("Title C", block="two", description="[a, list]", body="Kept.")},
        [r"topics/c\.md:4: WARNING: description is \['a', 'list'\]; it must be text.*\[course\.front-matter\]"],
    ),
    "unknown key": (
        {"topics/c": topic("Title C", block="two", dificulty="advanced", body="Kept.")},
        [r"topics/c\.md:4: WARNING: unknown key 'dificulty'; did you mean \"difficulty\"\?.*\[course\.front-matter\]"],
    ),
    "invalid YAML": (
        {"topics/c": "---\ntitle: Title: C\nblock: two\n---\n\nKept.\n"},
        [r"topics/c\.md:2: WARNING: the front matter is not valid YAML.*\[course\.front-matter\]"],
    ),
    "unknown difficulty": (
        {"topics/c": topic("Title C", block="two", difficulty="intermediat", body="Kept.")},
        [
            r"topics/c\.md:4: WARNING: difficulty is 'intermediat'; .*did you mean \"intermediate\"\?.*\[course\.front-matter\]"
        ],
    ),
    "mark without a footnote": (
        {"topics/c": topic("Title C", block="two", body="Kept.[^nowhere]")},
        [r"topics/c\.md:6: WARNING: the mark \[\^nowhere\] has no footnote.*\[course\.footnote-missing\]"],
    ),
    "footnote without a mark": (
        {"topics/c": topic("Title C", block="two", body="Text.\n\n[^alone]: Kept.")},
        [r"topics/c\.md:8: WARNING: Footnote \[#\] is not referenced\. \[ref\.footnote\]"],
    ),
    "pause without a body": (
        {"topics/c": topic("Title C", block="two", body=":::{pause-and-think} Kept.\n:::")},
        [r"topics/c\.md:6: WARNING: a pause-and-think box has no question.*\[course\.empty-pause\]"],
    ),
    "empty answer": (
        {"topics/c": topic("Title C", block="two", body="::::{pause-and-think} T\nKept.\n:::{answer}\n:::\n::::")},
        [r"topics/c\.md:8: WARNING: an answer is empty.*\[course\.empty-pause\]"],
    ),
    "stray answer": (
        {"topics/c": topic("Title C", block="two", body=":::{answer}\nKept.\n:::")},
        [r"topics/c\.md:6: WARNING: an answer stands outside.*\[course\.stray-answer\]"],
    ),
    "definition without a term": (
        {"topics/c": topic("Title C", block="two", body=":::{definition}\nKept.\n:::")},
        [r"topics/c\.md:6: WARNING: a definition has no term.*\[course\.empty-definition\]"],
    ),
    "definition without a text": (
        {"topics/c": topic("Title C", block="two", body=":::{definition} Kept.\n:::")},
        [r"topics/c\.md:6: WARNING: the definition of 'Kept\.' has no text.*\[course\.empty-definition\]"],
    ),
    "unknown citation key": (
        {"topics/c": topic("Title C", block="two", body="Kept. {cite:p}`nobody1999`")},
        [r"topics/c\.md:6: WARNING: could not find bibtex key \"nobody1999\" \[bibtex\.key_not_found\]"],
    ),
    "formula": (
        {"topics/c": topic("Title C", block="two", body="Text.\n\nA formula $\\frobnicate{Kept.}$ here.")},
        [r"topics/c\.md:8: WARNING: the formula '.*frobnicate.*' cannot be read: .*frobnicate.*\[course\.math\]"],
    ),
    "topic in no toctree": (
        {"blocks/two": block("Block Two", "d"), "topics/c": topic("Title C", block="two", body="Kept.")},
        [
            r"topics/c\.md:2: WARNING: the topic 'c' stands in no toctree; add it to the toctree of 'blocks/two'.*\[course\.topic-without-block\]"
        ],
    ),
    "topic in two toctrees": (
        {"blocks/two": block("Block Two", "c", "d", "a"), "topics/a": topic("Title A", block="one", body="Kept.")},
        [
            r"topics/a\.md:2: WARNING: the topic 'a' stands in the toctrees of 'blocks/one' and 'blocks/two'.*\[course\.topic-in-two-blocks\]"
        ],
    ),
    "wrong block": (
        {"topics/c": topic("Title C", block="one", body="Kept.")},
        [
            r"topics/c\.md:2: WARNING: the front matter says block 'one', but the toctree of block 'two'.*\[course\.block-mismatch\]"
        ],
    ),
    "unknown block": (
        {"topics/c": topic("Title C", block="twoo", body="Kept.")},
        [
            r"topics/c\.md:2: WARNING: the block 'twoo' does not exist; did you mean \"two\"\?.*\[course\.block-mismatch\]"
        ],
    ),
    "measured value that is not there": (
        {"topics/c": topic("Title C", block="two", body="Kept. {measured}`speed .2f`")},
        [r"topics/c\.md:6: WARNING: the result file 'c\.json' is not there; run the lab .*\[course\.measured\]"],
    ),
    "broken figure": (
        {
            "topics/c": topic("Title C", block="two", body="Kept.\n\n![A plot](../figures/plot.svg)"),
            "figures/plot.svg": "<svg",
        },
        [r"topics/c\.md:8: WARNING: figures/plot\.svg: .*\[course\.figure\]"],
    ),
    "selection": (
        {"index": index("blocks/one", "blocks/two") + "\n```{topic-list}\n:difficulty: hard\n```\nKept.\n"},
        [r"index\.md:8: WARNING: the difficulty 'hard' does not exist.*\[course\.unknown-selection\]"],
    ),
    "path to nowhere": (
        {"index": index("blocks/one", "blocks/two") + "\nKept.\n\n```{learning-path} topic-d\n```\n"},
        [
            r"index\.md:10: WARNING: 'topic-d' is not a topic of this course; choose one of its slugs "
            r"\[course\.unknown-selection\]"
        ],
    ),
    "path for a reader who knows what is not there": (
        {
            "topics/matrices": topic("Matrices", block="two"),
            "blocks/two": block("Block Two", "matrices", "c", "d"),
            "index": index("blocks/one", "blocks/two") + "\nKept.\n\n```{learning-path} d\n:know: a, matrixes\n```\n",
        },
        [
            r"index\.md:10: WARNING: 'matrixes' is not a topic.*did you mean \"matrices\"\?.*\[course\.unknown-selection\]"
        ],
    ),
    "path through a circle": (
        {
            "topics/a": topic("Title A", "b", block="one"),
            "index": index("blocks/one", "blocks/two") + "\nKept.\n\n```{learning-path} d\n```\n",
        },
        [r"topics/a\.md:4: WARNING: prerequisites form a circle.*\[course\.prerequisite-cycle\]"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_one_fault_gives_one_warning_and_the_text_is_shown(build, name):
    changes, expected = CASES[name]
    book = build(small_course() | changes, conf=BIB)
    assert len(book.warnings) == len(expected), book.warnings
    for warning, pattern in zip(book.warnings, expected, strict=True):
        assert re.search(pattern, warning), warning
    written = {str(path.relative_to(book.source)).removesuffix(".md") for path in book.source.rglob("*.md")}
    pages = {docname: book.page(docname).get_text() for docname in written}
    if any("Kept." in (text or "") for text in changes.values()):
        assert any("Kept." in text for text in pages.values())


def test_the_title_of_broken_front_matter_is_saved(build):
    book = build(small_course() | {"topics/c": "---\ntitle: Title: C\nblock: two\n---\n\nKept.\n"}, conf=BIB)
    assert book.page("topics/c").h1.get_text().startswith("Title: C")


def test_warnings_can_be_suppressed_by_their_names(build):
    conf = BIB + 'suppress_warnings = ["course.self-prerequisite"]\n'
    assert build(small_course() | {"topics/c": topic("Title C", "c", block="two")}, conf=conf).warnings == []


def test_an_option_of_the_wrong_type_is_named(build):
    book = build(small_course(), conf=BIB + "course_words_per_minute = 'fast'\n")
    assert len(book.warnings) == 1
    assert re.search(r"course_words_per_minute is 'fast'; it must be of type int.*\[course\.option\]", book.warnings[0])
