"""Repairs of scripts: primes and scripted fences."""

from __future__ import annotations

from typing import Final

from .markup import Element, element, is_operator

__all__ = ["lower_prime", "wrap_fence"]

# Their advance in STIX Two Math, in em.
_PRIMES: Final = {"′": 0.3, "″": 0.44, "‴": 0.58, "⁗": 0.73}
_AFTER_PRIME: Final = ")]}⟩|‖⌉⌋"


def wrap_fence(node: Element) -> Element:
    r"""Give a fence of fixed size that has scripts (``\bigr)^2``) a row of its own.

    Chromium sets it too low otherwise.
    """
    base = node[0]
    if base.tag == "mo" and "minsize" in base.attrib:
        node[0] = element("mrow", None, base)
    return node


def lower_prime(node: Element) -> Element:
    """Take a prime out of the superscript: its glyph is raised by itself.

    Browsers do not choose the glyph that fonts have for raised primes (feature ``ssty``), so that ``f'`` shows its
    prime small and far too high. A subscript is moved back below the prime,
    unless another superscript follows the prime.
    """
    base, superscript = node[0], node[-1]
    prime, rest = _leading_prime(superscript)
    if prime is None or (base.tag == "mo" and not is_operator(base, _AFTER_PRIME)):
        return node
    primed = element("mrow", None, base, prime)
    if rest is not None:
        return element(node.tag, None, primed, *node[1:-1], rest)
    if node.tag == "msup":
        return primed
    primed.append(element("mspace", style=f"margin-left:-{_PRIMES[prime.text or '′']}em"))
    return element("msub", None, primed, node[1])


def _leading_prime(superscript: Element) -> tuple[Element | None, Element | None]:
    if is_operator(superscript, "′″‴⁗"):
        return superscript, None
    if superscript.tag == "mrow" and not superscript.attrib and len(superscript) > 1:
        prime, *others = superscript
        if is_operator(prime, "′″‴⁗") and not is_operator(others[0], "′″‴⁗"):
            return prime, others[0] if len(others) == 1 else element("mrow", None, *others)
    return None, None
