"""English inflections: the forms under which a term may have been defined.

The rules are those of regular noun plurals in English orthography (-s, -es after a sibilant, -ies
for -y, -ices for -ix and -ex, -a for -um and -on), applied to the last word. They propose; the
vocabulary of the course decides, so a wrong proposal costs nothing.
"""

from __future__ import annotations

_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ies", ("y", "ie")),
    ("ices", ("ix", "ex")),
    ("sses", ("ss",)),
    ("xes", ("x", "xe")),
    ("ches", ("ch", "che")),
    ("shes", ("sh", "she")),
    ("zes", ("z", "ze")),
    ("ses", ("se", "s", "sis")),
    ("ves", ("f", "fe", "ve")),
    ("eaux", ("eau",)),
    ("a", ("um", "on")),
    ("'s", ("",)),
    ("’s", ("",)),
    ("s", ("",)),
)


def base_forms(text: str) -> tuple[str, ...]:
    """Return `text` in lower case and the singulars that it may be a plural of, likeliest first."""
    word = " ".join(text.split()).casefold()
    forms = [word]
    for ending, bases in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1 and not word.endswith("ss"):
            forms.extend(word.removesuffix(ending) + base for base in bases)
    # A term may have been defined in the plural and be mentioned in the singular.
    forms.extend([word + "s", word + "es"] if not word.endswith("s") else [])
    return tuple(dict.fromkeys(forms))
