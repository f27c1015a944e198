"""From a folder of sources to a course, without Sphinx. The only file access of the pure core."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from itertools import pairwise
from pathlib import Path, PurePosixPath

from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from sphinx_mi_ext.course.finding import Finding
from sphinx_mi_ext.course.frontmatter import read_block, read_front_matter, read_topic
from sphinx_mi_ext.course.model import Course, Location, Page, Run, Term, assemble
from sphinx_mi_ext.course.words import count_words

SUFFIX = ".md"
_NOT_SOURCES = frozenset({"_build", "_static", "_templates", ".git", ".venv", ".nox"})


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive in a source: what stands behind its name, its options, its body, and its line."""

    name: str
    argument: str
    options: Mapping[str, str]
    body: str
    line: int
    body_line: int


def read_course(
    folder: Path,
    *,
    topics: Sequence[str] = ("topics/**",),
    blocks: Sequence[str] = ("blocks/**",),
    root: str = "index",
    words_per_minute: int = Course.words_per_minute,
) -> tuple[Course, tuple[Finding, ...]]:
    """Return the course in `folder` and what is wrong with its front matter.

    `topics` and `blocks` are patterns of document names, as in `course_topics` and `course_blocks`,
    and `words_per_minute` is the reading speed. Raises OSError where a file cannot be read.
    """
    pages: dict[str, Page] = {}
    toctrees: dict[str, tuple[str, ...]] = {}
    findings: list[Finding] = []
    sources = {_docname(path, folder): path for path in _sources(folder)}
    for docname, path in sources.items():
        text = path.read_text(encoding="utf-8-sig")
        kind = "topic" if _matches(docname, topics) else "block" if _matches(docname, blocks) else None
        page, toctree, found = _read_page(text, docname, kind, sources)
        pages[docname] = page
        toctrees[docname] = toctree
        findings.extend(found)
    return assemble(pages, toctrees, root, words_per_minute=words_per_minute), tuple(findings)


def directives(text: str, line: int = 1) -> Iterator[Directive]:
    """Yield the directives of MyST Markdown with their lines, those within others included."""
    parser = MarkdownIt("commonmark").use(front_matter_plugin).use(colon_fence_plugin)
    for token in parser.parse(text):
        if token.type not in {"fence", "colon_fence"} or token.map is None or not token.info.startswith("{"):
            continue
        name, _, argument = token.info.removeprefix("{").partition("}")
        options, body, skipped = _options(token.content)
        here = line + token.map[0]
        yield Directive(name.strip(), argument.strip(), options, body, here, here + 1 + skipped)
        yield from directives(body, here + 1 + skipped)


def _options(content: str) -> tuple[dict[str, str], str, int]:
    """Split the `:key: value` lines off the content of a directive."""
    options: dict[str, str] = {}
    lines = content.splitlines()
    skipped = 0
    for text in lines:
        key, colon, value = text.strip().removeprefix(":").partition(":")
        if not (text.strip().startswith(":") and colon and key and not text.strip().startswith("::")):
            break
        options[key] = value.strip()
        skipped += 1
    return options, "\n".join(lines[skipped:]), skipped


def _read_page(
    text: str, docname: str, kind: str | None, sources: Mapping[str, Path]
) -> tuple[Page, tuple[str, ...], tuple[Finding, ...]]:
    path = docname + SUFFIX
    found = list(directives(text))
    toctree = tuple(
        name
        for item in found
        if item.name == "toctree"
        for name in _entries(item.body, docname, sources, "glob" in item.options)
    )
    page = Page(docname=docname, terms=tuple(_terms(found, docname, path)))
    if kind is None:
        return page, toctree, ()
    matter, findings = read_front_matter(text, path)
    slug = docname.removesuffix("/index").rpartition("/")[2]
    if kind == "topic":
        topic, more = read_topic(matter, docname=docname, slug=slug, path=path, heading=_heading(text))
        page = replace(page, topic=replace(topic, words=count_words(text)))
    else:
        block, more = read_block(matter, docname=docname, slug=slug, path=path, heading=_heading(text))
        page = replace(page, block=block)
    return page, toctree, (*findings, *more)


def _terms(found: Sequence[Directive], docname: str, path: str) -> Iterator[Term]:
    for item in found:
        if item.name == "definition" and item.argument:
            aliases = tuple(part.strip() for part in item.options.get("aliases", "").split(",") if part.strip())
            body = (Run("text", " ".join(item.body.split())),)
            yield Term(
                name=item.argument,
                aliases=aliases,
                docname=docname,
                anchor="",
                body=body,
                location=Location(path, item.line),
            )


def _entries(body: str, docname: str, sources: Mapping[str, Path], glob: bool) -> Iterator[str]:
    """Yield the documents that the lines of a toctree name."""
    for line in filter(None, (line.strip() for line in body.splitlines())):
        target = line.rpartition("<")[2].removesuffix(">") if line.endswith(">") else line
        name = target.removeprefix("/") if target.startswith("/") else str(PurePosixPath(docname).parent / target)
        name = _normalised(name.removesuffix(SUFFIX))
        if glob:
            yield from sorted(other for other in sources if fnmatchcase(other, name) and other != docname)
        elif name in sources:
            yield name


def _normalised(name: str) -> str:
    parts: list[str] = []
    for part in name.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in {"", ".", ".."}:
            parts.append(part)
    return "/".join(parts)


def _heading(text: str) -> str:
    tokens = MarkdownIt("commonmark").use(front_matter_plugin).parse(text)
    for token, content in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            return content.content
    return ""


def _sources(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob(f"*{SUFFIX}")):
        if not _NOT_SOURCES.intersection(path.relative_to(folder).parts):
            yield path


def _docname(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix().removesuffix(SUFFIX)


def _matches(docname: str, patterns: Sequence[str]) -> bool:
    # `**` of Sphinx's patterns crosses folders, as every `*` does here.
    return any(fnmatchcase(docname, pattern.replace("**", "*")) for pattern in patterns)
