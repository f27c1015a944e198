"""What a transform may ask of the builder it runs for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


def builder_of(env: BuildEnvironment) -> Builder:
    """Return the builder. Sphinx offers transforms no public way to it (`app` is being removed from them)."""
    return env._app.builder


def is_web(builder: Builder) -> bool:
    """Say whether pages are written for a browser: HTML, but not for a reading system."""
    return builder.format == "html" and builder.name != "epub"
