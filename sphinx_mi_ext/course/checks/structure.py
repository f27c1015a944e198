"""Rules of slugs, blocks and the reading order."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_mi_ext.course.finding import Finding, Rule
from sphinx_mi_ext.course.model import Course, Topic
from sphinx_mi_ext.course.nearest import did_you_mean
from sphinx_mi_ext.course.wording import one_line, title_key


def duplicate_slugs(course: Course) -> Iterator[Finding]:
    """Report pages whose slug another page has already."""
    for record in course.duplicates:
        kind, kept = ("topic", course.topics) if isinstance(record, Topic) else ("block", course.blocks)
        message = (
            f"the {kind} '{record.slug}' exists twice, also at {kept[record.slug].location}; rename one of the files"
        )
        yield Finding(Rule.DUPLICATE_SLUG, message, record.location)


def places(course: Course) -> Iterator[Finding]:
    """Report topics that stand in no toctree, or in more than one."""
    for slug, topic in course.topics.items():
        parents = course.places[slug]
        if not parents and not topic.orphan:
            block = course.blocks.get(topic.block)
            where = f"the toctree of '{block.docname}'" if block else "the toctree of its block"
            message = f"the topic '{slug}' stands in no toctree; add it to {where}"
            yield Finding(Rule.TOPIC_WITHOUT_BLOCK, message, topic.location)
        elif len(parents) > 1:
            listed = " and ".join(f"'{parent}'" for parent in parents)
            message = f"the topic '{slug}' stands in the toctrees of {listed}; keep one"
            yield Finding(Rule.TOPIC_IN_TWO_BLOCKS, message, topic.location)


def blocks(course: Course) -> Iterator[Finding]:
    """Report topics whose front matter and toctree disagree on their block."""
    listings: dict[str, list[str]] = {}
    for block in course.blocks.values():
        for slug in block.topics:
            listings.setdefault(slug, []).append(block.slug)
    for slug, topic in course.topics.items():
        listing = listings.get(slug, [])
        if not topic.block or topic.block in listing:
            continue
        if topic.block not in course.blocks:
            hint = did_you_mean(topic.block, course.blocks) or "; write its page, or correct the name"
            message = f"the block '{topic.block}' does not exist{hint}"
        elif listing:
            message = (
                f"the front matter says block '{topic.block}', but the toctree of block '{listing[0]}' lists "
                "the topic; correct one of them"
            )
        elif course.places[slug]:
            message = (
                f"the front matter says block '{topic.block}', but the toctree of '{course.places[slug][0]}' lists "
                "the topic; move the entry"
            )
        else:
            continue  # stands in no toctree: `places` says so
        yield Finding(Rule.BLOCK_MISMATCH, message, topic.location)


def empty_blocks(course: Course) -> Iterator[Finding]:
    """Report blocks whose toctree lists no topic, unless a topic claims the block: then its own finding says more."""
    claimed = {topic.block for topic in course.topics.values()}
    for slug, block in course.blocks.items():
        if not block.topics and slug not in claimed:
            message = f"the toctree of block '{slug}' lists no topic; list its topics, or remove the block"
            yield Finding(Rule.BLOCK_WITHOUT_TOPICS, message, block.location)


def duplicate_titles(course: Course) -> Iterator[Finding]:
    """Report topics whose title an earlier topic has already."""
    first: dict[str, Topic] = {}
    for topic in course.topics.values():
        kept = first.setdefault(title_key(topic.title), topic)
        if kept is not topic and topic.title.strip():
            message = f'the title "{one_line(topic.title)}" is taken, also at {kept.location}; rename one of the topics'
            yield Finding(Rule.DUPLICATE_TITLE, message, topic.location)
