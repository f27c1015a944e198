r"""LaTeX formulas as MathML Core.

Pure: imports nothing of Sphinx, docutils or MyST. A formula goes through these modules: ``tokens`` (read, with places),
``macros`` (expand), ``groups`` (nest), ``rewrite`` with ``environments`` and ``text`` (what math-core lacks), ``guard``
(what it must not read), math-core itself, ``markup`` (parse), ``polish`` with ``scripts``, ``accents`` and ``core``
(repairs), ``markup`` again (write). ``convert`` calls them in this order; ``commands`` are tables for ``rewrite``.
"""

from .convert import MathConverter
from .errors import MathError

__all__ = ["MathConverter", "MathError"]
