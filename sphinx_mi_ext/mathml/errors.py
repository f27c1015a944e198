"""The one exception of this package."""

from __future__ import annotations

__all__ = ["MathError"]


class MathError(ValueError):
    """Say what is wrong with a formula, and where.

    ``message`` is a sentence for the author; ``position`` is the offset of the fault in the LaTeX that the author
    wrote, in characters from 0, or None where no single place is at fault.
    """

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message, position)
        self.message = message
        self.position = position

    def __str__(self) -> str:
        """Return the message, without the position: who logs it knows a better place than an offset."""
        return self.message
