"""Commands of LaTeX, by what this package does with them."""

from __future__ import annotations

from typing import Final

__all__ = [
    "BEFORE_DELIMITER",
    "CENTRING",
    "CLASSES",
    "CLOSING",
    "DROPPED",
    "FONT_SWITCHES",
    "IN_NAMES",
    "OPENING",
    "PLAIN_TEXT",
    "REFUSED",
    "RENAMED",
    "SIZES",
    "TEXT",
    "UPRIGHT",
]


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


RENAMED: Final = {
    "colon": r"\mathord{:}\mkern6mu ",
    "dotsb": r"\cdots",
    "dotsc": r"\ldots",
    "dotsi": r"\cdots",
    "dotsm": r"\cdots",
    "dotso": r"\ldots",
    "enskip": r"\enspace",
    "mathbbm": r"\mathbb",
    "mathds": r"\mathbb",
    "pmb": r"\boldsymbol",
    "smallsetminus": r"\setminus",
    "strut": r"\mathstrut",
}
# `mathclap` and `smash` change only what room their argument takes, which math-core cannot express.
DROPPED: Final = _names("allowbreak ensuremath mathclap mathnormal nobreak nonumber notag relax smash")

_NO_REFERENCE: Final = "{} is not supported in a formula: put the reference into the text around it."
_NO_DEFINITION: Final = "{} is not supported in a formula: define macros in the configuration, for all formulas."
_DEFINING: Final = _names(
    "DeclareMathOperator def edef gdef global let newcommand newenvironment providecommand renewcommand xdef"
)
# What is said of a command that is refused.
REFUSED: Final = {
    "tag": "{} is not supported: equations are numbered for you. Give the equation a label instead.",
    "phase": "{} is not supported: nothing in MathML Core shows it.",
    **dict.fromkeys(_names("autoref cref Cref eqref pageref ref"), _NO_REFERENCE),
    **dict.fromkeys(_DEFINING, _NO_DEFINITION),
}

SIZES: Final = _names("big bigl bigm bigr Big Bigl Bigm Bigr bigg biggl biggm biggr Bigg Biggl Biggm Biggr")
BEFORE_DELIMITER: Final = SIZES | _names("left middle right")
# They give what they contain the spaces of another kind of symbol.
CLASSES: Final = _names("mathbin mathclose mathinner mathopen mathord mathpunct mathrel")
OPENING: Final = _names(
    "{ lAngle lBrace lVert lang langle lbrace lbrack lceil lfloor lgroup llangle llbracket llparenthesis lvert"
)
CLOSING: Final = _names(
    "} rAngle rBrace rVert rang rangle rbrace rbrack rceil rfloor rgroup rrangle rrbracket rrparenthesis rvert"
)
# Operators and relations before which amsmath centres dots.
CENTRING: Final = _names(
    "approx cap cdot circ cong cup equiv ge geq gt in le leq lt mapsto mid ne neq odot oplus otimes pm prec rightarrow "
    "setminus sim simeq subset subseteq succ times to vee wedge"
)

PLAIN_TEXT: Final = _names("hbox mbox text textmd textnormal textup")
TEXT: Final = PLAIN_TEXT | _names("emph fbox textbf textit textrm textsc textsf texttt underbar")

# What sets the name of an operator upright, as a switch and as a command, and what may stand in such a name.
FONT_SWITCHES: Final = _names("bf it rm sf tt")
UPRIGHT: Final = TEXT | _names("mathrm mathsf operatorname")
IN_NAMES: Final = _names(", : ; ! text mathrm") | {" "}
