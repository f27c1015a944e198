"""What Sphinx would say too: one fault gives one warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_mi_ext.course.finding import Rule
from sphinx_mi_ext.ext.domain import course_domain
from sphinx_mi_ext.ext.frontmatter import kind_of, slug_of
from sphinx_mi_ext.ext.log import warn

if TYPE_CHECKING:
    from typing import Any

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment


class GiveTitle(SphinxTransform):
    """See to it that a page has one title.

    A heading of level one counts for the title of the front matter where it says the same, and on
    pages that are no topics wherever there is one. A topic or block without any title gets its slug
    as one, so that links to it have a text.
    """

    # Before sections get their ids and labels.
    default_priority = 5

    def apply(self, **kwargs: Any) -> None:
        """Look at the sections at the top of the tree."""
        is_course = kind_of(self.config, self.env.docname) is not None
        titled = bool(self.env.metadata[self.env.docname].get("title"))
        tops = [child for child in self.document.children if isinstance(child, nodes.section)]
        if titled and len(tops) > 1 and len(tops[0].children) == 1:
            made, own = tops[0], tops[1]
            if not is_course or _heading(made) == _heading(own):
                own["ids"], own["names"] = made["ids"], made["names"]
                for name in made["ids"]:
                    self.document.ids[name] = own
                self.document.remove(made)
                return
            message = f"the page has a heading of level one, '{_heading(own)}', besides its title"
            warn(Rule.TITLE, message + "; remove it, or lower it to level two", location=own)
        elif is_course and (not tops or (not titled and _level(tops[0]) > 1)):
            self._make_title()

    def _make_title(self) -> None:
        name = slug_of(self.env.docname).replace("-", " ").replace("_", " ").capitalize()
        title = nodes.title(name, name, generated=True)
        section = nodes.section("", title, names=[nodes.fully_normalize_name(name)])
        section += [child for child in self.document.children if not isinstance(child, nodes.docinfo)]
        self.document.children = [child for child in self.document.children if isinstance(child, nodes.docinfo)]
        self.document += section
        self.document.note_implicit_target(section, section)


def _heading(section: nodes.section) -> str:
    return next(iter(section.findall(nodes.title))).astext()


def _level(section: nodes.section) -> int:
    """Return the level that the author gave a heading; MyST keeps it."""
    return int(section.get("level", 1))


def use_front_matter_titles(app: Sphinx, config: Config) -> None:
    """Let the title of the front matter be the page's heading, which is how topics are written."""
    if "myst_title_to_header" not in config._raw_config and "myst_title_to_header" not in config.overrides:
        config.myst_title_to_header = True


def excuse_unlisted_topics(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Keep Sphinx from reporting a topic in no toctree, which our own rule reports with what to do."""
    for slug, parents in course_domain(env).course.places.items():
        if not parents:
            env.metadata[course_domain(env).course.topics[slug].docname]["orphan"] = "1"
    return []


def setup_structure(app: Sphinx) -> None:
    """Register the transform and the handlers."""
    app.add_transform(GiveTitle)
    app.connect("config-inited", use_front_matter_titles, priority=200)
    app.connect("env-updated", excuse_unlisted_topics)
