"""Count what a reader reads of a source, without Sphinx."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

_NOT_READ = frozenset(
    (
        *("bibliography", "code", "code-block", "code-cell", "comment", "eval-rst", "glue", "include", "index"),
        *("literalinclude", "math", "mermaid", "raw", "sourcecode", "toctree"),
    )
)
"""Directives whose content is no prose."""

_NOT_SHOWN = frozenset(
    (
        *("container", "cssclass", "div", "figure", "grid", "image", "learning-path", "only", "rst-class"),
        "topic-list",
    )
)
"""Directives whose argument is a path, a class or another setting."""

_UNREAD_ROLES = frozenset({"index", "math", "raw"})
_NOTES = frozenset({"marginnote", "sidenote"})


def count_words(text: str) -> int:
    """Return the number of words of MyST Markdown that are prose: no code blocks, formulas or front matter."""
    return sum(len(piece.split()) for piece in _prose(text))


def _prose(text: str) -> Iterator[str]:
    """Yield the text between formulas and marks."""
    for token in _parser().parse(text):
        if token.type == "inline":
            yield from _inline(token.children or ())
        elif token.type in {"fence", "colon_fence"} and token.info.startswith("{"):
            name, _, argument = token.info.removeprefix("{").partition("}")
            if name in _NOT_READ:
                continue
            if name not in _NOT_SHOWN:
                yield from _prose(argument.strip())
            yield from _prose(_body(token.content))


def _inline(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in {"text", "code_inline"}:
            yield token.content
        elif token.type == "myst_role":
            name = token.meta["name"]
            if name in _NOTES:
                yield from _prose(token.content)
            elif name not in _UNREAD_ROLES:
                yield token.content.partition(" <")[0] if token.content.endswith(">") else token.content


def _body(content: str) -> str:
    """Return the content of a directive without its options."""
    lines = content.splitlines()
    if lines and lines[0].strip() == "---" and "---" in (line.strip() for line in lines[1:]):
        return content  # its options are the front matter of what is parsed next
    while lines and lines[0].startswith(":") and ":" in lines[0][1:] and not lines[0].startswith("::"):
        lines.pop(0)
    return "\n".join(lines)


@cache
def _parser() -> MarkdownIt:
    return (
        MarkdownIt("commonmark")
        .enable("table")
        .use(front_matter_plugin)
        .use(colon_fence_plugin)
        .use(dollarmath_plugin, allow_space=False)
        .use(amsmath_plugin)
        .use(deflist_plugin)
        .use(footnote_plugin)
        .use(myst_block_plugin)
        .use(myst_role_plugin)
    )
