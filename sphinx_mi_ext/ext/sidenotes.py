"""`{sidenote}` and `{marginnote}`, and what becomes of a page's footnotes while it is read.

A sidenote is a footnote: the role writes the mark and the footnote that MyST's `[^name]` would,
so that docutils numbers both kinds in the order of their marks and every builder writes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from docutils.transforms.references import Footnotes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxRole
from sphinx.util.nodes import make_id

from sphinx_mi_ext.course.finding import Rule
from sphinx_mi_ext.ext.builders import builder_of, is_web
from sphinx_mi_ext.ext.log import warn
from sphinx_mi_ext.nodes import margin_note, sidenote

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx


class _InlineNoteRole(SphinxRole):
    def parse_text(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the text of the role as inline markup of the language that the page is written in."""
        # The inliner has what its `memo` is asked for: document, reporter and language.
        return self.inliner.parse(self.text, self.lineno, self.inliner, self.inliner.parent)  # type: ignore[arg-type]


class SidenoteRole(_InlineNoteRole):
    """A short numbered note: an automatically numbered footnote, written where its mark stands."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the note in place, so that it is translated with the sentence it stands in."""
        text, messages = self.parse_text()
        note = sidenote("", "", *text)
        self.set_source_info(note)
        return [note], messages


class MarginNoteRole(_InlineNoteRole):
    """A short unnumbered note: an inline node, which builders without a margin write in place."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the note where it was written."""
        text, messages = self.parse_text()
        note = margin_note("", "", *text)
        self.set_source_info(note)
        note["ids"].append(make_id(self.env, self.inliner.document, "margin-note"))
        return [note], messages


class MakeFootnotes(SphinxTransform):
    """Make each sidenote a mark and a footnote, and count all notes of a page in the order of their marks.

    .. code-block:: text

        paragraph: ... footnote_reference ...
        footnote, at the end of the document: paragraph: the text
    """

    # After translation (20), and before docutils (and MyST two steps before it) gives the marks their numbers.
    default_priority = Footnotes.default_priority - 10

    def apply(self, **kwargs: Any) -> None:
        """Replace the notes."""
        document = self.document
        for number, note in enumerate(list(document.findall(sidenote)), start=1):
            name = f"sidenote-{number}"
            footnote = nodes.footnote("", nodes.paragraph("", "", *note.children), auto=1, names=[name])
            mark = nodes.footnote_reference("", auto=1, refname=name)
            footnote.source, footnote.line = mark.source, mark.line = note.source, note.line
            note.parent.replace(note, mark)
            document += footnote
            document.note_explicit_target(footnote, footnote)
            document.note_autofootnote(footnote)
            document.note_autofootnote_ref(mark)
            document.note_footnote_ref(mark)
        marks = [mark for mark in document.findall(nodes.footnote_reference) if mark in document.autofootnote_refs]
        document.autofootnote_refs[:] = marks
        places: dict[str, int] = {}
        for place, mark in enumerate(marks):
            places.setdefault(mark.get("refname", ""), place)
        document.autofootnotes.sort(key=lambda note: places.get(next(iter(note["names"]), ""), len(places)))


class MoveNotesOutOfTitles(SphinxTransform):
    """Put a margin note of a heading below it: what stands in a heading is repeated in every table of contents."""

    # Before titles are collected, when the document has been read (880).
    default_priority = 700

    def apply(self, **kwargs: Any) -> None:
        """Look at the headings of sections."""
        for title in self.document.findall(nodes.title):
            if isinstance(title.parent, nodes.section):
                for note in list(title.findall(margin_note)):
                    note.parent.remove(note)
                    title.parent.insert(title.parent.index(title) + 1, nodes.paragraph("", "", note))


class ReportMarksWithoutFootnote(SphinxTransform):
    """Warn of a mark such as `[^name]` that has no footnote, and show it as it was typed."""

    # Before docutils (and MyST two steps before it) gives the marks their numbers and counts this one.
    default_priority = Footnotes.default_priority - 5

    def apply(self, **kwargs: Any) -> None:
        """Look for marks whose name nothing has."""
        for mark in list(self.document.findall(nodes.footnote_reference)):
            name = mark.get("refname")
            if name is None or name in self.document.nameids or not mark.rawsource.startswith("[^"):
                continue
            message = f"the mark [^{name}] has no footnote; write '[^{name}]: ...', or correct its name"
            warn(Rule.FOOTNOTE_MISSING, message, location=mark)
            if mark in self.document.autofootnote_refs:
                self.document.autofootnote_refs.remove(mark)
            self.document.footnote_refs.pop(name, None)
            mark.parent.replace(mark, nodes.Text(mark.rawsource))


class BracketMarginNotes(SphinxPostTransform):
    """Set a margin note apart from the text around it where there is no margin."""

    # Before anything turns text into something else; the order among post-transforms does not matter.
    default_priority = 200

    def run(self, **kwargs: Any) -> None:
        """Put the note into brackets, in every builder but those that move it."""
        if is_web(builder_of(self.env)):
            return
        for note in self.document.findall(margin_note):
            note.insert(0, nodes.Text("["))
            note.append(nodes.Text("]"))


def setup_sidenotes(app: Sphinx) -> None:
    """Register the roles and transforms."""
    app.add_role("sidenote", SidenoteRole())
    app.add_role("marginnote", MarginNoteRole())
    app.add_node(sidenote)
    app.add_node(margin_note)
    app.add_transform(MakeFootnotes)
    app.add_transform(MoveNotesOutOfTitles)
    app.add_transform(ReportMarksWithoutFootnote)
    app.add_post_transform(BracketMarginNotes)
