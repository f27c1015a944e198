"""The node classes of a course.

Each derives from a standard docutils node, so that a writer that knows nothing of courses writes
it as that; only what HTML needs beyond it is made by a visitor of our own. The classes at the end
are made for HTML writers alone, after all decisions, and never reach another writer.
"""

from __future__ import annotations

from docutils import nodes


class definition_box(nodes.admonition):
    """A definition. First child a `box_head`; `term_name` holds the term as plain text."""


class pause_box(nodes.admonition):
    """A question to the reader. First child a `box_head`, then the question, then at most one `answer_box`."""


class answer_box(nodes.admonition):
    """The answer to a question. First child a `box_head`."""


class box_head(nodes.title):
    """The head of a box: its kind (`box_kind`), then its name."""


class box_kind(nodes.inline):
    """The kind of a box, as a reader sees it."""


class sidenote(nodes.inline):
    """A short numbered note where it was written; a transform makes it a footnote and its mark."""


class margin_note(nodes.inline):
    """An unnumbered note beside the text; writers without a margin show it in place."""


class topic_list(nodes.General, nodes.Element):
    """A place for a list of topics; replaced by a post-transform in every builder."""


class term_list(nodes.General, nodes.Element):
    """A place for the glossary; replaced by a post-transform in every builder."""


class course_map(nodes.General, nodes.Element):
    """A place for a map of the course; replaced by a post-transform in every builder."""


class path_list(nodes.General, nodes.Element):
    """A place for a learning path; replaced by a post-transform in every builder."""


class planned_reference(nodes.inline):
    """A mention of a topic that is not written yet."""


# For HTML writers alone.


class html_part(nodes.General, nodes.Inline, nodes.Element):
    """HTML that a template has written; `html` holds it."""


class note_mark(nodes.Inline, nodes.Element):
    """The mark of a note: a link to it where it stands in the margin, a button where it is folded."""


class note_body(nodes.Inline, nodes.TextElement):
    """A note within a paragraph: it may contain inline nodes only."""


class note_paragraph(nodes.Inline, nodes.TextElement):
    """A paragraph of a note within a paragraph."""


class note_aside(nodes.General, nodes.Element):
    """A note with content that no paragraph may contain, beside the block that has its mark."""


class noted_block(nodes.General, nodes.Element):
    """A block together with the notes that belong beside it."""


class hover(nodes.Inline, nodes.TextElement):
    """A link and the card that pointing at it shows."""


class hover_link(nodes.reference):
    """The link of a `hover`; `card` is the id of its card."""


class hover_card(nodes.Inline, nodes.TextElement):
    """The card of a `hover`."""
