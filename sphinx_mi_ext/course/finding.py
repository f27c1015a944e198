"""What a check has to say of a course, and the rules that it can speak of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

from sphinx_mi_ext.course.model import Location


class Severity(StrEnum):
    """How much a finding matters: an error breaks what a reader sees, a warning misleads."""

    ERROR = "error"
    WARNING = "warning"


class Rule(Enum):
    """Every rule that a course is checked against.

    The value is the rule's code: the subtype of its warning in Sphinx (`course.<code>`). The text
    is its documentation, from which its page in the guide is made.
    """

    severity: Severity
    documentation: str

    def __new__(cls, code: str, severity: Severity, documentation: str) -> Rule:
        """Keep severity and documentation beside the code."""
        rule = object.__new__(cls)
        rule._value_ = code
        rule.severity = severity
        rule.documentation = documentation
        return rule

    FRONT_MATTER = (
        "front-matter",
        Severity.ERROR,
        (
            "The YAML between the two lines of three dashes cannot be read, a key has a value of the wrong type or a "
            "value that is not offered, or a key is not known. The message names what is allowed, and the nearest "
            "known key."
        ),
    )
    TITLE = (
        "title",
        Severity.ERROR,
        (
            "A topic or block has no title, or says its title twice. Give `title` in the front matter, and start "
            "the page with text or a heading of level two."
        ),
    )
    UNKNOWN_PREREQUISITE = (
        "unknown-prerequisite",
        Severity.ERROR,
        "A prerequisite names no topic of the course. The message offers the nearest slug.",
    )
    SELF_PREREQUISITE = (
        "self-prerequisite",
        Severity.ERROR,
        "A topic names itself as its prerequisite. Remove the entry.",
    )
    PREREQUISITE_CYCLE = (
        "prerequisite-cycle",
        Severity.ERROR,
        "Topics require one another in a circle, so that none of them can be read first. Remove one of the edges.",
    )
    ORDER = (
        "order",
        Severity.WARNING,
        (
            "A prerequisite comes later in the reading order than the topic that requires it, so a reader meets it too "
            "late. Move one of them in its toctree, or remove the entry."
        ),
    )
    REDUNDANT = (
        "redundant",
        Severity.WARNING,
        (
            "A prerequisite is named twice, or another prerequisite requires it already. The message names the way. "
            "Remove the entry: whoever follows the others has read it."
        ),
    )
    DIFFICULTY_FALLS = (
        "difficulty-falls",
        Severity.WARNING,
        (
            "A topic requires one that is harder than itself, so its reader has to be further than it says. Correct "
            "the `difficulty` of one of them, or remove the entry."
        ),
    )
    PREREQUISITE_TITLE = (
        "prerequisite-title",
        Severity.WARNING,
        (
            "A prerequisite is given with a title that its page does not have. White space, case and the form of "
            "quotation marks do not matter. Correct the title, or write just the slug."
        ),
    )
    DUPLICATE_TITLE = (
        "duplicate-title",
        Severity.WARNING,
        "Two topics have the same title, so that readers and search cannot tell them apart. Rename one of them.",
    )
    BLOCK_WITHOUT_TOPICS = (
        "block-without-topics",
        Severity.WARNING,
        "The toctree of a block lists no topic, so the block is empty. List its topics, or remove the block.",
    )
    DUPLICATE_SLUG = (
        "duplicate-slug",
        Severity.ERROR,
        "Two topics, or two blocks, have the same slug. The first in reading order keeps it; rename the other file.",
    )
    DUPLICATE_DEFINITION = (
        "duplicate-definition",
        Severity.WARNING,
        "A term, or one of its aliases, is defined in two places. Keep one definition and refer to it with `{term}`.",
    )
    TOPIC_WITHOUT_BLOCK = (
        "topic-without-block",
        Severity.WARNING,
        "A topic stands in no toctree, so no reader finds it. Add it to the toctree of its block.",
    )
    TOPIC_IN_TWO_BLOCKS = (
        "topic-in-two-blocks",
        Severity.WARNING,
        "A topic stands in more than one toctree, so its place in the reading order is not clear. Keep one.",
    )
    BLOCK_MISMATCH = (
        "block-mismatch",
        Severity.WARNING,
        (
            "The front matter of a topic names another block than the one whose toctree lists it, or a block that does "
            "not exist. Correct `block`, or move the entry."
        ),
    )
    EMPTY_DEFINITION = (
        "empty-definition",
        Severity.ERROR,
        "A definition has no term or no text. Write the term behind `{definition}` and the text below it.",
    )
    EMPTY_PAUSE = (
        "empty-pause",
        Severity.ERROR,
        (
            "A pause-and-think box has no question, or its answer is empty. Write the question into the box, "
            "and its answer into `{answer}`."
        ),
    )
    STRAY_ANSWER = (
        "stray-answer",
        Severity.WARNING,
        "An answer stands outside of a pause-and-think box. Move it into the box of its question.",
    )
    FOOTNOTE_MISSING = (
        "footnote-missing",
        Severity.WARNING,
        (
            "A mark such as `[^name]` has no footnote with this name, and is shown as it was typed. Write the "
            "footnote, or correct the name."
        ),
    )
    MATH = (
        "math",
        Severity.WARNING,
        "A formula cannot be read, and its source is shown instead. The message says where in the formula.",
    )
    MEASURED = (
        "measured",
        Severity.WARNING,
        (
            "A measured value cannot be shown: the result file or the key is not there, or the format does not fit. "
            "Run the lab, or correct the key."
        ),
    )
    FIGURE = (
        "figure",
        Severity.WARNING,
        "An SVG file cannot be read as XML, so it is shown as an image and keeps its own colours. Save it again.",
    )
    UNKNOWN_SELECTION = (
        "unknown-selection",
        Severity.WARNING,
        (
            "A list of topics or a map selects a block, difficulty, category or goal that the course does not have, or "
            "a learning path names a topic that it does not have. The message offers the nearest name."
        ),
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """One violation of a rule: a sentence that says what is wrong and what to do, at a place."""

    rule: Rule
    message: str
    location: Location
