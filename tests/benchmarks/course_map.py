"""Print how long a course map takes: `python -m tests.benchmarks.course_map` (not a test)."""

from __future__ import annotations

from sphinx_mi_ext.course.chart import chart
from sphinx_mi_ext.course.layout import shelf
from tests.benchmarks.checks import course, course_again, seconds

if __name__ == "__main__":
    for size in (50, 200, 1_000):
        known = course(size)
        made = chart(known)
        index = {spot.number: place for place, spot in enumerate(made.spots)}
        lanes = [[f"{spot.topic.title} and what it says" for spot in section.spots] for section in made.sections]
        needs = [[index[number] for number in spot.needs] for spot in made.spots]
        graph = seconds(lambda known=known: chart(course_again(known)))  # type: ignore[misc]
        layout = seconds(lambda lanes=lanes, needs=needs: shelf(lanes, needs))  # type: ignore[misc]
        edges = sum(map(len, needs))
        print(f"{size:5} topics, {edges:5} edges: graph {graph * 1000:6.1f} ms, layout {layout * 1000:6.1f} ms")
