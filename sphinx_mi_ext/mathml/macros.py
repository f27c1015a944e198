"""The author's macros: read from a configuration, expanded in a formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from .errors import MathError
from .tokens import Kind, Token, tokenize

__all__ = ["Definition", "Macro", "expand", "read_macros"]

Definition = str | Sequence[str | int]

_MOST_PARAMETERS: Final = 9
_MOST_EXPANSIONS: Final = 1000
_MOST_TOKENS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro's body, how many arguments it takes, and what its first is where it may be left out."""

    name: str
    body: tuple[Token, ...]
    parameters: int = 0
    default: tuple[Token, ...] | None = None


def read_macros(definitions: Mapping[str, Definition]) -> dict[str, Macro]:
    r"""Read macros in the form of MathJax: ``body``, ``[body, n]`` or ``[body, n, default]``.

    Source: https://docs.mathjax.org/en/latest/input/tex/macros.html. Raises MathError, without a position, for a body
    that cannot be read.
    """
    macros = (_read(name, definition) for name, definition in definitions.items())
    return {macro.name: macro for macro in macros}


def expand(tokens: Sequence[Token], macros: Mapping[str, Macro]) -> list[Token]:
    """Replace every macro by its body; all of a body is blamed on the place where the author called the macro.

    Raises MathError for an argument that is missing and for a macro that never ends.
    """
    waiting = list(reversed(tokens))
    out: list[Token] = []
    expansions = 0
    while waiting:
        token = waiting.pop()
        macro = macros.get(token.command or "")
        if macro is None:
            out.append(token)
            continue
        expansions += 1
        waiting.extend(reversed(_body(macro, token, waiting)))
        if expansions > _MOST_EXPANSIONS or len(waiting) > len(tokens) + _MOST_TOKENS:
            called = token.macro or macro.name
            raise MathError(f"The macro \\{called} expands to itself, or to too much.", token.position)
    return out


def _read(name: str, definition: Definition) -> Macro:
    name = name.removeprefix("\\")
    body, parameters, default = _fields(name, definition)
    try:
        read = Macro(
            name,
            tuple(tokenize(body)),
            parameters,
            None if default is None else tuple(tokenize(default)),
        )
        _check_body(read)
    except MathError as error:
        raise MathError(f"The macro \\{name} cannot be read. {error.message}") from error
    return read


def _fields(name: str, definition: Definition) -> tuple[str, int, str | None]:
    match definition:
        case str():
            return definition, 0, None
        case [str(body)]:
            return body, 0, None
        case [str(body), int(parameters)] if 0 <= parameters <= _MOST_PARAMETERS:
            return body, parameters, None
        case [str(body), int(parameters), str(default)] if 1 <= parameters <= _MOST_PARAMETERS:
            return body, parameters, default
        case _:
            raise MathError(f"The macro \\{name} must be a body, or a body with its number of arguments (0 to 9).")


def _check_body(macro: Macro) -> None:
    depth = 0
    for at, token in enumerate(macro.body):
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if depth < 0:
            break
        if token.is_character("#"):
            following = macro.body[at + 1].text if at + 1 < len(macro.body) else ""
            if not ("1" <= following <= str(macro.parameters) and len(following) == 1):
                raise MathError(f"It has #{following} but takes {macro.parameters} arguments.")
    if depth:
        raise MathError("Its braces do not match.")


def _body(macro: Macro, call: Token, waiting: list[Token]) -> list[Token]:
    outermost = call.macro or macro.name
    arguments: list[list[Token]] = []
    if macro.default is not None:
        given = _optional(waiting)
        at_call = [replace(token, position=call.position, macro=outermost) for token in macro.default]
        arguments.append(at_call if given is None else given)
    while len(arguments) < macro.parameters:
        arguments.append(_argument(macro, call, waiting))
    out: list[Token] = []
    body = iter(macro.body)
    for token in body:
        if token.is_character("#"):
            out += arguments[int(next(body).text) - 1]
        else:
            out.append(replace(token, position=call.position, macro=outermost))
    return out


def _skip_blank(waiting: list[Token]) -> None:
    while waiting and waiting[-1].is_blank:
        waiting.pop()


def _argument(macro: Macro, call: Token, waiting: list[Token]) -> list[Token]:
    _skip_blank(waiting)
    if not waiting or waiting[-1].kind is Kind.CLOSE:
        raise MathError(f"\\{macro.name} needs {macro.parameters} arguments.", call.position)
    if waiting[-1].kind is not Kind.OPEN:
        return [waiting.pop()]
    start = waiting.pop()
    out: list[Token] = []
    depth = 1
    while waiting:
        token = waiting.pop()
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if not depth:
            return out
        out.append(token)
    raise MathError("This { is never closed.", start.position)


def _optional(waiting: list[Token]) -> list[Token] | None:
    _skip_blank(waiting)
    if not waiting or not waiting[-1].is_character("["):
        return None
    start = waiting.pop()
    out: list[Token] = []
    depth = 0
    while waiting:
        token = waiting.pop()
        if not depth and token.is_character("]"):
            return out
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        out.append(token)
    raise MathError("This [ is never closed.", start.position)
