"""The manifest: there and back, its schema, and sentences for what is wrong."""

from __future__ import annotations

import json

import pytest

from sphinx_mi_ext.course.manifest import SCHEMA, ManifestError, course_of, dump, load, manifest_of, schema
from sphinx_mi_ext.course.model import Course
from sphinx_mi_ext.course.reader import read_course
from tests.conftest import DOCS, small_course, topic


def manifest(course: Course):
    return manifest_of(course, title="A course", address=lambda docname: f"{docname}/", cited={"topics/a": ["key"]})


@pytest.fixture
def small(tmp_path):
    body = ":::{definition} Thing\n:aliases: object\nText \u2028 </script>.\n:::"
    files = small_course() | {
        "topics/a": topic("Title A", block="one", body=body),
        "topics/d": topic("Title D", "c", "a", "{course: other, topic: x}", block="two", body="word " * 700),
    }
    for name, text in files.items():
        path = tmp_path / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return read_course(tmp_path, topics=("topics/**",), blocks=("blocks/**",))[0]


def test_the_schema_in_the_package_is_that_of_the_models():
    assert SCHEMA.read_text(encoding="utf-8") == schema()


def test_there_and_back(small):
    read = course_of(load(dump(manifest(small))))
    assert read.graph == small.graph
    assert list(read.topics) == list(small.topics)
    assert {slug: block.topics for slug, block in read.blocks.items()} == {
        slug: block.topics for slug, block in small.blocks.items()
    }
    assert [read.minutes(one) for one in read.topics.values()] == [small.minutes(one) for one in small.topics.values()]
    assert [(term.name, term.aliases, term.docname) for term in read.terms] == [("Thing", ("object",), "topics/a")]
    assert dump(
        manifest_of(read, title="A course", address=lambda docname: f"{docname}/", cited={"topics/a": ["key"]})
    ) == dump(manifest(small))


def test_the_flagship_comes_back_with_its_graph():
    course, _ = read_course(DOCS, topics=("topics/**",), blocks=("blocks/**",))
    assert course_of(load(dump(manifest(course)))).graph == course.graph


def test_what_a_topic_says(small):
    found = json.loads(dump(manifest(small)))
    assert found["version"] == 1
    assert found["topics"][0]["citations"] == ["key"]
    assert found["topics"][3]["elsewhere"] == [{"course": "other", "topic": "x"}]
    assert found["topics"][3]["prerequisites"] == ["c", "a"]
    assert found["topics"][3]["address"] == "topics/d/"
    assert found["topics"][3]["minutes"] == 5


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data.update(version=2), "version: "),
        (lambda data: data.pop("title"), "title: field required"),
        (lambda data: data.update(extra=1), "extra: "),
        (
            lambda data: data["topics"][3]["prerequisites"].__setitem__(0, 7),
            "topics/3/prerequisites/0: input should be a valid string",
        ),
        (
            lambda data: data["topics"][3]["prerequisites"].__setitem__(0, "zzz"),
            "topics/3/prerequisites/0: 'zzz' is not a topic of the manifest",
        ),
        (lambda data: data["topics"][2].update(slug="a"), "topics/2/slug: the slug 'a' stands twice"),
        (lambda data: data["topics"][2].update(minutes=0), "topics/2/minutes: "),
        (lambda data: data["topics"][2].update(minutes="1"), "topics/2/minutes: "),
        (lambda data: data["topics"][2].update(difficulty="hard"), "topics/2/difficulty: "),
        (
            lambda data: data["topics"][2].update(block="tw"),
            "topics/2/block: 'tw' is not a block of the manifest; did you mean \"two\"?",
        ),
        (lambda data: data["blocks"][1]["topics"].append("e"), "blocks/1/topics/2: 'e' is not a topic of the manifest"),
    ],
)
def test_what_is_wrong_is_one_sentence_with_its_place(small, change, message):
    data = json.loads(dump(manifest(small)))
    change(data)
    with pytest.raises(ManifestError) as caught:
        load(json.dumps(data))
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", "[" * 100_000])
def test_what_is_no_manifest_is_refused(text):
    with pytest.raises(ManifestError):
        load(text)
