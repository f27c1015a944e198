r"""What must change in LaTeX before math-core reads it: commands that it lacks, environments that it would number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from . import commands
from .environments import clean_rows, in_environment, is_row_end, rewrite_environment, unwrap
from .errors import MathError
from .groups import Cursor, Environment, Group, Node, flatten
from .text import rewrite_text
from .tokens import Kind, Token, made

__all__ = ["rewrite"]


def rewrite(nodes: Sequence[Node], *, display: bool) -> list[Token]:
    r"""Write a formula for math-core.

    Rows at the top of a displayed formula, divided by ``\\`` or a blank line, are laid out as ``aligned`` where they
    have ``&`` and as ``gathered`` where not: Sphinx's ``math`` directive promises its authors as much.
    Raises MathError for what cannot be shown.
    """
    nodes = _trim(unwrap(nodes))
    ends = [node for node in nodes if is_row_end(node) or (display and _is_paragraph(node))]
    columns = [node for node in nodes if isinstance(node, Token) and node.is_character("&")]
    if not display:
        if ends and isinstance(ends[0], Token):
            raise MathError(r"A line break (\\) needs a displayed formula, or an environment.", ends[0].position)
        return _rewrite(nodes)
    if not ends and not columns:
        return _rewrite(nodes)
    rows = [_like(node, r"\\") if isinstance(node, Token) and node.kind is Kind.PARAGRAPH else node for node in nodes]
    first = next(flatten(nodes))
    return in_environment(first, "aligned" if columns else "gathered", _rewrite(clean_rows(rows)))


def _trim(nodes: list[Node]) -> list[Node]:
    shown = [at for at, node in enumerate(nodes) if not (isinstance(node, Token) and node.is_blank)]
    return nodes[shown[0] : shown[-1] + 1] if shown else []


def _is_paragraph(node: Node) -> bool:
    return isinstance(node, Token) and node.kind is Kind.PARAGRAPH


def _rewrite(nodes: Sequence[Node]) -> list[Token]:
    out: list[Token] = []
    cursor = Cursor(nodes)
    while (node := cursor.next()) is not None:
        match node:
            case Group():
                out += [node.opening, *_rewrite(node.items), node.closing]
            case Environment():
                out += rewrite_environment(node, _rewrite)
            case Token(kind=Kind.COMMAND):
                out += _command(node, cursor)
            case _:
                out.append(_symbol(node))
    return out


def _symbol(token: Token) -> Token:
    if token.is_character("#$"):
        raise MathError(f'In a formula, write "\\{token.text}" instead of "{token.text}".', token.position)
    return made(" ", token) if token.kind is Kind.PARAGRAPH else token


def _command(token: Token, cursor: Cursor) -> list[Token]:
    name = token.command or ""
    if name in commands.REFUSED:
        raise MathError(commands.REFUSED[name].format(token.text), token.position)
    if name in commands.DROPPED:
        return []
    if name in commands.RENAMED:
        return [_like(token, commands.RENAMED[name])]
    if name in commands.TEXT and isinstance(cursor.argument(), Group):
        return rewrite_text(token, cursor.group(token), _rewrite)
    if name in commands.BEFORE_DELIMITER:
        return [token, *_delimiter(cursor)]
    rule = _RULES.get(name)
    return rule(token, cursor) if rule else [token]


def _like(token: Token, text: str) -> Token:
    """Make another command of a command; it stays one, so that its name does not swallow what follows."""
    return Token(Kind.COMMAND, text, token.position, token.macro)


def _class(token: Token, cursor: Cursor) -> list[Token]:
    r"""Keep a sized delimiter apart: math-core 0.9 writes ``\mathrel{\big|}`` with the same attribute twice."""
    argument = cursor.argument()
    if not isinstance(argument, Group) or not any(inner.command in commands.SIZES for inner in flatten([argument])):
        return [token]
    cursor.take()
    return [token, argument.opening, made("{}", token), *_rewrite(argument.items), argument.closing]


def _color(token: Token, cursor: Cursor) -> list[Token]:
    """Take a colour in the notation of CSS too, as MathJax does."""
    argument = cursor.argument()
    if not isinstance(argument, Group):
        return [token]
    hash_, *digits = [node.text for node in argument.items if isinstance(node, Token)] or [""]
    if hash_ != "#" or len(digits) not in (3, 6):
        return [token]
    cursor.take()
    digits = digits if len(digits) == 6 else [digit for digit in digits for _ in range(2)]
    colour = made(rf"\color[HTML]{{{''.join(digits).upper()}}}", token)
    if token.command == "color":
        return [colour]
    # math-core's \textcolor takes no model of colour.
    coloured = cursor.group(token)
    return [coloured.opening, colour, *_rewrite(coloured.items), coloured.closing]


def _delimiter(cursor: Cursor) -> list[Token]:
    argument = cursor.argument()
    if isinstance(argument, Token) and argument.is_character("<>"):
        cursor.take()
        return [_like(argument, r"\langle" if argument.text == "<" else r"\rangle")]
    return []


def _label(token: Token, cursor: Cursor) -> list[Token]:
    cursor.group(token)
    return []


def _substack(token: Token, cursor: Cursor) -> list[Token]:
    return in_environment(token, "subarray", _rewrite(clean_rows(cursor.group(token).items)), "{c}")


def _without_star(token: Token, cursor: Cursor) -> list[Token]:
    if cursor.next_is("*"):
        cursor.next()
    return [token]


def _operatorname(token: Token, cursor: Cursor) -> list[Token]:
    if cursor.next_is("*"):
        cursor.next()
        return [made(r"\operatorname*", token)]
    return [token]


def _mathop(token: Token, cursor: Cursor) -> list[Token]:
    r"""Name an operator: math-core's ``\mathop`` takes no limits, its ``\operatorname*`` does."""
    group = cursor.argument()
    if isinstance(group, Group) and (inner := _upright(group.items)) is not None:
        cursor.take()
        return [made(r"\operatorname*", token), group.opening, *flatten(inner), group.closing]
    return _class(token, cursor)


def _upright(items: Sequence[Node]) -> Sequence[Node] | None:
    """Return the letters of a name that is set upright; None for anything else."""
    shown = _trim(list(items))
    match shown:
        case [Token() as font, *letters] if font.command in commands.FONT_SWITCHES:
            shown = letters
        case [Token() as command, Group() as letters] if command.command in commands.UPRIGHT:
            shown = letters.items
        case _:
            return None
    plain = all(
        isinstance(node, Token) and (node.command is None or node.command in commands.IN_NAMES) for node in shown
    )
    return shown if plain else None


def _dots(token: Token, cursor: Cursor) -> list[Token]:
    """Centre dots before an operator or a relation, as amsmath does (its guide, section 4.3)."""
    following = cursor.argument()
    centred = isinstance(following, Token) and (
        following.is_character("+-=<>*") or following.command in commands.CENTRING
    )
    return [_like(token, r"\cdots" if centred else r"\ldots")]


_RULES: Final[dict[str, Callable[[Token, Cursor], list[Token]]]] = {
    **dict.fromkeys(commands.CLASSES, _class),
    "color": _color,
    "dots": _dots,
    "hspace": _without_star,
    "label": _label,
    "mathop": _mathop,
    "operatorname": _operatorname,
    "substack": _substack,
    "textcolor": _color,
}
