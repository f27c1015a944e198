"""LaTeX to MathML, one formula at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from math_core import LatexError, LatexToMathML

from . import guard, markup
from .errors import MathError
from .groups import nest
from .macros import Definition, expand, read_macros
from .polish import polish
from .rewrite import rewrite
from .tokens import Token, tokenize, write

__all__ = ["MathConverter"]

# math-core calls \widetilde unreliable in some browsers; it has the shape that was seen to be right.
_CORE: Final = LatexToMathML(fancy_error=False, allow_unreliable_rendering=True)
_NO_MACROS: Final[Mapping[str, Definition]] = MappingProxyType({})
_PLAINER: Final = {
    "Not valid in math mode.": "{} is for text only.",
    "Not valid in text mode.": "{} cannot stand in text.",
}


class MathConverter:
    r"""Convert LaTeX to MathML Core.

    ``macros`` are given as MathJax and MyST take them: ``{"R": r"\mathbb{R}", "resid": [r"\mathbf{r}^{(#1)}", 1]}``;
    raises MathError for one that cannot be read. A converter keeps nothing of what it has converted, and numbers no
    equations: the same formula gives the same markup, in any order and in any process.
    """

    def __init__(self, macros: Mapping[str, Definition] = _NO_MACROS) -> None:
        self._macros = read_macros(macros)

    def inline(self, latex: str) -> str:
        """Return a formula in a line of text as one ``<math>`` element; raise MathError."""
        return self._convert(latex, display=False)

    def display(self, latex: str) -> str:
        r"""Return a formula on lines of its own as one ``<math display="block">`` element; raise MathError.

        It may be bare, or in environments such as ``equation`` and ``align``, whose numbers and labels are left out.
        """
        return self._convert(latex, display=True)

    def _convert(self, latex: str, *, display: bool) -> str:
        tokens = rewrite(nest(expand(tokenize(latex), self._macros)), display=display)
        guard.check(tokens)
        rewritten, starts = write(tokens)
        try:
            converted = _CORE.convert_with_local_state(rewritten, displaystyle=display)
        except LatexError as error:
            raise _located(str(error), tokens, starts, len(latex)) from None
        root = markup.parse(converted)
        polish(root)
        return markup.write(root)


def _located(error: str, tokens: Sequence[Token], starts: Sequence[int], end: int) -> MathError:
    """Read math-core's ``offset: message`` as an error in what the author wrote."""
    offset, _, message = error.partition(": ")
    at = bisect_right(starts, int(offset)) - 1
    token = tokens[at] if at >= 0 and (at + 1 < len(tokens) or "end of input" not in message) else None
    if token is None:
        return MathError(message, end)
    if message in _PLAINER:
        message = _PLAINER[message].format(token.text)
    if token.macro:
        message += f" It comes from the macro \\{token.macro}."
    return MathError(message, token.position)
