"""Front matter of topics and blocks, read from the source, since MyST hands on strings without lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sphinx.util.matching import Matcher

from sphinx_mi_ext.course.frontmatter import FrontMatter, read_front_matter
from sphinx_mi_ext.ext.config import options
from sphinx_mi_ext.ext.log import log_finding

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

_KEY = "sphinx_mi_ext:front_matter"


def kind_of(config: Config, docname: str) -> str | None:
    """Return 'topic' or 'block' where the patterns say so, else None."""
    chosen = options(config)
    if Matcher(chosen.topics).match(docname):
        return "topic"
    return "block" if Matcher(chosen.blocks).match(docname) else None


def slug_of(docname: str) -> str:
    """Return the last part of a document's name; a folder's index has the folder's."""
    return docname.removesuffix("/index").rpartition("/")[2]


def source_path(env: BuildEnvironment, docname: str) -> str:
    """Return the path of a document's file below the source folder."""
    return env.doc2path(docname, base=False).as_posix()


def front_matter_of(env: BuildEnvironment) -> FrontMatter:
    """Return the front matter of the document that is being read."""
    matter: FrontMatter = env.current_document.get(_KEY) or FrontMatter({}, {})
    return matter


def note_front_matter(app: Sphinx, docname: str, content: list[str]) -> None:
    """Keep the front matter of a page while it is read, and mend what MyST would stumble over.

    YAML that cannot be read is replaced, in as many lines, by the title that could be saved of it:
    one fault gives one warning, ours, and the page keeps its name and its line numbers.
    """
    if kind_of(app.config, docname) is None:
        return
    matter, findings = read_front_matter(content[0], source_path(app.env, docname))
    app.env.current_document[_KEY] = matter
    for finding in findings:
        log_finding(finding, app.env)
    if matter.broken:
        lines = content[0].splitlines(keepends=True)
        title = {"title": matter.data["title"]} if "title" in matter.data else {"orphan": True}
        mended = ["---\n", json.dumps(title) + "\n", *["\n"] * (matter.body_line - 3), "---\n"]
        content[0] = "".join([*mended, *lines[matter.body_line :]])


def setup_front_matter(app: Sphinx) -> None:
    """Read front matter before the parser does."""
    # Last of the handlers: others may still change the text, and the lines of what they leave count.
    app.connect("source-read", note_front_matter, priority=900)
