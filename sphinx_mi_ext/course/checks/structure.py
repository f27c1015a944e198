"""Rules of slugs, blocks and the reading order."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_mi_ext.course.finding import Finding, Rule
from sphinx_mi_ext.course.model import Course, Topic
from sphinx_mi_ext.course.nearest import did_you_mean


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
    for slug, topic in course.topics.items():
        listing = [block.slug for block in course.blocks.values() if slug in block.topics]
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
