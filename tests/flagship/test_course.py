"""The flagship: every topic is complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

DOCS = Path(__file__).parents[2] / "docs"
TOPICS = sorted(path.stem for path in (DOCS / "topics").glob("*.md"))

pytestmark = pytest.mark.xdist_group("flagship")


def source(slug: str) -> str:
    return (DOCS / "topics" / f"{slug}.md").read_text(encoding="utf-8")


def test_the_book_builds_without_a_warning(flagship):
    assert flagship.log == ""
    assert flagship.topics == TOPICS


def test_planned_topics_are_not_written_yet():
    planned = yaml.safe_load((DOCS / "planned.yaml").read_text(encoding="utf-8"))
    assert not set(planned) & set(TOPICS)


@pytest.mark.parametrize("slug", TOPICS)
def test_a_topic_is_complete(flagship, slug):
    page = flagship.page(f"topics/{slug}")
    article = page.select_one("article")
    assert len(article.select(".mi-definition")) >= 5
    assert 2 <= len(article.select(".mi-note")) <= 8
    questions = article.select(".mi-pause")
    assert 1 <= len(questions) <= 4
    assert all(question.select_one("details.mi-answer") for question in questions)
    assert len(article.select(".mi-refs li")) >= 4
    assert article.select("figure .mi-panels")
    assert all(len(figure["aria-label"]) > 80 for figure in article.select("figure .mi-panels"))
    assert article.select(".mi-measured")
    minutes = int(re.search(r"(\d+) min", article.select_one(".mi-facts").get_text())[1])
    assert 10 <= minutes <= 30


@pytest.mark.parametrize("slug", TOPICS)
def test_a_topic_has_its_lab_and_shows_all_figures_that_it_draws(slug):
    assert (DOCS / "labs" / f"{slug.replace('-', '_')}.py").is_file()
    assert (DOCS / "labs" / "results" / f"{slug}.json").is_file()
    figures = sorted(path.name for path in (DOCS / "figures").glob(f"{slug}-*.svg"))
    assert figures
    assert [name for name in figures if name not in source(slug)] == []


@pytest.mark.parametrize("path", sorted((DOCS / "figures").glob("*.svg")), ids=lambda path: path.stem)
def test_a_figure_follows_the_theme(path):
    """It contains no picture, whose colours are its own, and no style sheet, which would hold for the whole page."""
    svg = path.read_text(encoding="utf-8")
    assert "<image" not in svg
    assert "<style" not in svg


@pytest.mark.parametrize("path", sorted((DOCS / "labs" / "results").glob("*.json")), ids=lambda path: path.stem)
def test_recorded_results_lie_in_their_expected_ranges(path):
    import json

    record = json.loads(path.read_text(encoding="utf-8"))
    for key, (low, high) in record["expected"].items():
        value = record["results"][key]
        for item in value if isinstance(value, list) else [value]:
            assert low <= item <= high, key


def test_every_work_that_is_named_is_in_the_bibliography():
    bib = (DOCS.parent / "references.bib").read_text(encoding="utf-8")
    keys = set(re.findall(r"^@\w+\{([^,]+),", bib, re.MULTILINE))
    cited = {
        key
        for slug in TOPICS
        for group in re.findall(r"\{cite:[a-z]+\}`([^`]+)`", source(slug))
        for key in re.split(r"\s*,\s*", group)
    }
    assert cited - keys == set()
