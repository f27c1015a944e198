"""Repairs of math-core's MathML: elements of MathML Core only, and marks that browsers show as LaTeX would.

What Chromium shows wrongly was seen in pictures (Chromium 156, STIX Two Math). MathML Core:
https://www.w3.org/TR/mathml-core/.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from . import accents, core, scripts
from .markup import Element

__all__ = ["polish"]

Repair = Callable[[Element], Element]

_REPAIRS: Final[dict[str, tuple[Repair, ...]]] = {
    "menclose": (core.draw_enclosure,),
    "mi": (core.mend_name,),
    "mo": (core.mend_bar,),
    "mover": (accents.mend_accent, accents.mend_arrow),
    "mroot": (core.prop_root,),
    "mrow": (core.tighten_table,),
    "mspace": (core.round_space,),
    "msqrt": (core.prop_root,),
    "msub": (scripts.wrap_fence,),
    "msubsup": (scripts.lower_prime, scripts.wrap_fence),
    "msup": (scripts.lower_prime, scripts.wrap_fence),
    "mtable": (core.narrow_rows,),
    "mtext": (core.flatten_text,),
    "munder": (accents.mend_accent,),
    "munderover": (accents.mend_arrow,),
}


def polish(root: Element) -> None:
    """Repair a ``<math>`` element in place; raise MathError for what MathML Core cannot show."""
    # Children come after their parents in document order, so that this meets each element after all that is in it.
    for parent in reversed(list(root.iter())):
        parent[:] = core.join_dots([_repaired(child) for child in parent])


def _repaired(child: Element) -> Element:
    for repair in _REPAIRS.get(child.tag, ()):
        child = repair(child)
    return child
