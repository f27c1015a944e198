"""The words that the command line counts, beside those that Sphinx counts."""

from __future__ import annotations

import pickle

from sphinx_mi_ext.course.reader import read_course
from tests.conftest import DOCS, small_course, topic


def test_words_of_the_flagship_are_those_of_sphinx_within_a_tenth(flagship):
    with (flagship.folder.parent / "doctrees" / "environment.pickle").open("rb") as file:
        env = pickle.load(file)
    pages = env.domaindata["course"]["pages"]
    course, _ = read_course(DOCS)
    counted = {slug: (topic.words, pages[topic.docname].topic.words) for slug, topic in course.topics.items()}
    assert len(counted) == len(flagship.topics)
    assert {slug: words for slug, words in counted.items() if not 0.9 <= words[0] / words[1] <= 1.1} == {}


def test_minutes_of_a_small_course_are_those_of_sphinx(build):
    body = "Word word. " * 350 + "\n\n```python\nnot read\n```\n\n$$ x $$\n"
    book = build(small_course() | {"topics/d": topic("Title D", "c", block="two", body=body)})
    read, _ = read_course(book.source)
    built = book.app.env.get_domain("course").course
    assert [read.minutes(item) for item in read.topics.values()] == [1, 1, 1, 5]
    assert [built.minutes(item) for item in built.topics.values()] == [1, 1, 1, 5]
