"""`{course-map}`: the topics of the course in reading order, and what each needs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import clean_astext, make_refnode

from sphinx_mi_ext.course.chart import Chart, Section, Spot, chart
from sphinx_mi_ext.course.finding import Rule
from sphinx_mi_ext.course.layout import Edge, Sizes, shelf, small_text
from sphinx_mi_ext.course.nearest import did_you_mean
from sphinx_mi_ext.ext.builders import builder_of, is_web
from sphinx_mi_ext.ext.definitions import comma_separated
from sphinx_mi_ext.ext.domain import course_domain
from sphinx_mi_ext.ext.locale import _
from sphinx_mi_ext.ext.log import warn
from sphinx_mi_ext.ext.records import difficulty_label, href, link_nodes
from sphinx_mi_ext.ext.templates import render
from sphinx_mi_ext.nodes import course_map, html_part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec

    from sphinx_mi_ext.course.layout import Point
    from sphinx_mi_ext.course.model import Block, Topic

SIZES = Sizes()
_NUMBER = 26
"""The room of a card's number, before the numbers that it needs."""
_DOTS = 32
"""The room of the dots of its difficulty."""


@dataclass(frozen=True, slots=True)
class _CardView:
    """A card as the template draws it; coordinates are those of its left top corner."""

    spot: Spot
    href: str
    title: str
    name: str
    level: int
    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[float, str], ...]
    small: str


@dataclass(frozen=True, slots=True)
class _LaneView:
    """A lane as the template draws it."""

    number: int
    title: str
    facts: str
    y: float
    width: float
    height: float
    cards: tuple[_CardView, ...]


class CourseMapDirective(SphinxDirective):
    """Show the map of the course, of what goals require, or of blocks.

    Makes a place that is filled in when the page is written: the map depends on every topic.
    """

    option_spec: ClassVar[OptionSpec] = {"goal": comma_separated, "block": comma_separated}

    def run(self) -> list[nodes.Node]:
        """Return the place."""
        chosen = {name: self.options.get(name, []) for name in self.option_spec}
        place = course_map("", **chosen, docname=self.env.docname)
        self.set_source_info(place)
        return [place]


class DrawMaps(SphinxPostTransform):
    """Draw the maps.

    Every builder writes a list of blocks with a list of topics in each:

    .. code-block:: text

        bullet_list (enumerated_list on the web):
          list_item: paragraph: the block; bullet_list:
            list_item: paragraph: number, link, minutes, numbers of what to read first

    Pages for a browser have a drawing of the same graph before it. Style sheets show the one that fits.
    """

    # After references are resolved (10): the links made here are final.
    default_priority = 420

    def run(self, **kwargs: Any) -> None:
        """Replace the places by the maps."""
        web = is_web(builder_of(self.env))
        for number, place in enumerate(list(self.document.findall(course_map)), start=1):
            course = course_domain(self.env).course
            _check_selection(place, list(course.topics), list(course.blocks))
            shown = chart(course, place["goal"], place["block"])
            if not shown.sections:
                place.replace_self(nodes.comment())
                continue
            listed = self._list(shown, place["docname"], web=web)
            if web:
                before = self._drawing(shown, place["docname"], f"mi-map-{number}")
                opened = html_part("", html=before, classes=["no-search"])
                place.replace_self([opened, listed, html_part("", html="</div></div>\n")])
            else:
                place.replace_self(listed)

    def _drawing(self, shown: Chart, docname: str, prefix: str) -> str:
        """Return the HTML before the list: the key, the drawing, and the start of what holds the list."""
        at = {spot.number: place for place, spot in enumerate(shown.spots)}
        titles = {spot.number: self._title(spot.topic) for spot in shown.spots}
        laid = shelf(
            [[titles[spot.number] for spot in section.spots] for section in shown.sections],
            [[at[number] for number in spot.needs if number in at] for spot in shown.spots],
            SIZES,
        )
        lanes = []
        for section, ground in zip(shown.sections, laid.lanes, strict=True):
            cards = []
            for spot in section.spots:
                card = laid.cards[at[spot.number]]
                first = card.y + 6 + SIZES.text * 0.95
                room = card.width - SIZES.padding - _NUMBER - _DOTS - 22
                cards.append(
                    _CardView(
                        spot=spot,
                        href=href(self.env, docname, spot.topic.docname),
                        title=f"{spot.number} {titles[spot.number]}",
                        name=self._name(spot, shown),
                        level=spot.topic.difficulty.level if spot.topic.difficulty else 0,
                        x=card.x,
                        y=card.y,
                        width=card.width,
                        height=card.height,
                        lines=tuple(
                            (first + line * SIZES.text * SIZES.leading, text) for line, text in enumerate(card.lines)
                        ),
                        small=small_text([str(number) for number in spot.needs], SIZES.small, room),
                    )
                )
            facts = f"{_count(len(section.spots))} · {_duration(section.minutes)}"
            title = self._title(section.block) if section.block else _("Other topics")
            lanes.append(_LaneView(section.number, title, facts, ground.y, ground.width, ground.height, tuple(cards)))
        return render(
            builder_of(self.env),
            "course-map",
            prefix=prefix,
            shelf=laid,
            sizes=SIZES,
            lanes=lanes,
            number_room=_NUMBER,
            edges=[(edge, *self._numbers(edge, shown), rounded(edge.points)) for edge in laid.edges],
            description=_("%s in reading order. Each is a link; its name says what to read first.")
            % _count(len(shown.spots)),
            levels=[_("Foundational"), _("Intermediate"), _("Advanced")],
        )

    def _numbers(self, edge: Edge, shown: Chart) -> tuple[int, int]:
        return shown.spots[edge.source].number, shown.spots[edge.target].number

    def _title(self, record: Topic | Block) -> str:
        """Return the title of a page as plain text."""
        title = self.env.titles.get(record.docname)
        return (clean_astext(title) if title is not None else "") or record.title

    def _name(self, spot: Spot, shown: Chart) -> str:
        """Return what a screen reader says of a card."""
        label = difficulty_label(spot.topic.difficulty)
        facts = ", ".join(filter(None, [label, _("%d min") % spot.minutes]))
        needs = ", ".join(f"{number} {self._title(shown.topics[number])}" for number in spot.needs)
        needs = _("Needs %s.") % needs if needs else _("Needs nothing.")
        return f"{spot.number}. {self._title(spot.topic)}. {facts}. {needs}"

    def _list(self, shown: Chart, docname: str, *, web: bool) -> nodes.Element:
        items = [
            nodes.list_item("", self._head(section, docname), self._topics(section, shown, docname, web=web))
            for section in shown.sections
        ]
        return _list_of(items, web=web)

    def _head(self, section: Section, docname: str) -> nodes.paragraph:
        title: list[nodes.Node] = [nodes.Text(_("Other topics"))]
        if section.block is not None:
            title = [nodes.Text(f"{section.number} "), *link_nodes(self.env, section.block, docname)]
        return nodes.paragraph("", "", nodes.strong("", "", *title), classes=["mi-map-block"])

    def _topics(self, section: Section, shown: Chart, docname: str, *, web: bool) -> nodes.Element:
        items = []
        for spot in section.spots:
            facts = ", ".join(filter(None, [difficulty_label(spot.topic.difficulty), _("%d min") % spot.minutes]))
            meta = nodes.inline("", facts, classes=["mi-meta"])
            for place, number in enumerate(spot.needs):
                meta += nodes.Text(", " if place else _(", after "))
                meta += self._number_link(number, shown, docname)
            line = nodes.paragraph(
                "",
                "",
                nodes.inline("", str(spot.number), classes=["mi-map-no"]),
                nodes.Text(" "),
                *link_nodes(self.env, spot.topic, docname),
                nodes.Text(" "),
                meta,
            )
            level = spot.topic.difficulty.level if spot.topic.difficulty else 0
            items.append(nodes.list_item("", line, classes=[f"mi-level-{level}"]))
        return _list_of(items, web=web)

    def _number_link(self, number: int, shown: Chart, docname: str) -> nodes.Node:
        topic = shown.topics[number]
        text = nodes.inline("", str(number))
        try:
            return make_refnode(builder_of(self.env), docname, topic.docname, "", text, self._title(topic))
        except NoUri:
            return text


def rounded(points: tuple[Point, ...], radius: float = 4) -> str:
    """Return the `d` of an SVG path through points that are joined at right angles, with round corners."""
    path = list(dict.fromkeys(points))
    drawn = f"M{path[0][0]:g} {path[0][1]:g}"
    lengths = [abs(x - to_x) + abs(y - to_y) for (x, y), (to_x, to_y) in pairwise(path)]
    for at, ((x, y), corner, (to_x, to_y)) in enumerate(zip(path, path[1:], path[2:], strict=False)):
        cut = min(radius, lengths[at] / 2, lengths[at + 1] / 2)
        before = _towards(corner, (x, y), cut, lengths[at])
        behind = _towards(corner, (to_x, to_y), cut, lengths[at + 1])
        drawn += f"L{before}Q{corner[0]:g} {corner[1]:g} {behind}"
    return f"{drawn}L{path[-1][0]:g} {path[-1][1]:g}"


def _towards(start: Point, end: Point, distance: float, length: float) -> str:
    part = distance / length
    return f"{round(start[0] + (end[0] - start[0]) * part, 1):g} {round(start[1] + (end[1] - start[1]) * part, 1):g}"


def _list_of(items: Sequence[nodes.Node], *, web: bool) -> nodes.Element:
    """Return a list of items that say their numbers themselves."""
    if web:
        return nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")
    return nodes.bullet_list("", *items, bullet="*")


def add_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load the script of maps where there is one."""
    if is_web(app.builder) and 'class="mi-course-map"' in (context.get("body") or ""):
        app.add_js_file("mi-map.js", loading_method="defer")


def _count(topics: int) -> str:
    return _("1 topic") if topics == 1 else _("%d topics") % topics


def _duration(minutes: int) -> str:
    return _("%d min") % minutes if minutes < 60 else _("%d h %02d min") % divmod(minutes, 60)


def _check_selection(place: course_map, topics: list[str], blocks: list[str]) -> None:
    for name, values in (("goal", topics), ("block", blocks)):
        for wrong in (value for value in place[name] if value not in values):
            message = f"the {name} '{wrong}' does not exist{did_you_mean(wrong, values)}"
            warn(Rule.UNKNOWN_SELECTION, message, location=place)


def setup_course_map(app: Sphinx) -> None:
    """Register the directive and the transform."""
    app.add_node(course_map)
    app.add_directive("course-map", CourseMapDirective)
    app.add_post_transform(DrawMaps)
    app.connect("html-page-context", add_script)
