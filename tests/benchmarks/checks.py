"""Print how long the checks of generated courses take: `python -m tests.benchmarks.checks` (not a test).

Each topic requires three others: neighbours, and some from far back, so that closures are long and
many edges are redundant. 'In a circle' is the same course with a first topic that requires the last.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

from sphinx_mi_ext.course import checks
from sphinx_mi_ext.course.graph import Closures, components, cycles, order, reduction
from sphinx_mi_ext.course.model import Block, Course, Difficulty, Location, Page, Prerequisite, Term, Topic, assemble
from sphinx_mi_ext.course.paths import learning_path

SIZES = (100, 1_000, 10_000)
PER_BLOCK = 20


def course(size: int, *, circle: bool = False) -> Course:
    """A course of `size` topics with three prerequisites and two terms each."""
    rng = random.Random(size)
    pages: dict[str, Page] = {}
    toctrees: dict[str, list[str]] = {"index": []}
    levels = list(Difficulty)
    for number in range(size):
        block = f"b{number // PER_BLOCK}"
        docname = f"topics/t{number}"
        if number % PER_BLOCK == 0:
            where = Location(f"blocks/{block}.md", 2)
            pages[f"blocks/{block}"] = Page(
                docname=f"blocks/{block}",
                block=Block(slug=block, docname=f"blocks/{block}", title=block, location=where),
            )
            toctrees["index"].append(f"blocks/{block}")
        toctrees.setdefault(f"blocks/{block}", []).append(docname)
        before = {max(0, number - rng.randint(1, reach)) for reach in (4, 40, size)} - {number}
        before |= {size - 1} if circle and number == 0 else set()
        topic = Topic(
            slug=f"t{number}",
            docname=docname,
            title=f"Topic {number}",
            block=block,
            difficulty=levels[number * 3 // size],
            prerequisites=tuple(
                Prerequisite(slug=f"t{other}", location=Location(f"{docname}.md", 6 + line))
                for line, other in enumerate(sorted(before))
            ),
            location=Location(f"{docname}.md", 2),
        )
        terms = tuple(
            Term(name=f"term {number}{part}", docname=docname, anchor="", location=Location(f"{docname}.md", 20))
            for part in "ab"
        )
        pages[docname] = Page(docname=docname, topic=topic, terms=terms)
    return assemble(pages, toctrees, "index")


def steps(size: int) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is measured, by name."""
    plain, round_ = course(size), course(size, circle=True)
    graph = plain.graph
    closures = Closures(graph)
    yield "all checks", lambda: checks.run(course_again(plain))
    yield "all checks, in a circle", lambda: checks.run(course_again(round_))
    yield "components", lambda: list(components(graph))
    yield "cycles of a circle", lambda: list(cycles(round_.graph))
    yield "closures", lambda: Closures(graph)
    yield "reduction", lambda: reduction(graph, closures)
    yield "order", lambda: order(graph)
    yield "path to the last", lambda: learning_path(plain, f"t{size - 1}")


def course_again(known: Course) -> Course:
    """The same course, with nothing computed yet."""
    return Course(
        topics=known.topics,
        blocks=known.blocks,
        duplicates=known.duplicates,
        terms=known.terms,
        places=known.places,
    )


def seconds(run: Callable[[], object], rounds: int = 3) -> float:
    """The shortest of some runs."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Print a table: seconds for each size, and the ratio to the size before."""
    table: dict[str, list[float]] = {}
    for size in SIZES:
        for name, run in steps(size):
            table.setdefault(name, []).append(seconds(run))
    print(f"{'seconds (ratio)':<26}" + "".join(f"{size:>18,}" for size in SIZES))
    for name, times in table.items():
        cells = [
            f"{times[0]:.4f}",
            *(f"{now:.4f} ({now / was:.1f})" for was, now in pairwise(times)),
        ]
        print(f"{name:<26}" + "".join(f"{cell:>18}" for cell in cells))
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
