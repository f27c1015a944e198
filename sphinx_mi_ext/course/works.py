"""Works of the bibliography: one stable label each, and the parts that a card or a list shows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import ascii_lowercase

from pybtex.database import Entry, Person
from pybtex.richtext import Text

_SHOWN_AUTHORS = 6
_APPEARANCE = re.compile(
    r"\\(?:(?:emph|url|text(?:it|bf|tt|sc|sf|rm|sl|normal)|math(?:it|bf|tt|sf|rm|cal|bb))\s*(?=\{)"
    r"|(?:it|bf|tt|sc|sf|rm|em)\b\s*)"
)
"""Commands that change how a text looks, without what they are applied to."""
_DOI_HOST = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One entry of the bibliography, as plain text.

    `names` and `year` make the label that stands for the work everywhere in the book.
    """

    key: str
    names: str
    year: str
    authors: str
    title: str
    venue: str
    url: str

    @property
    def label(self) -> str:
        """Names and year, such as `Elhage et al., 2021a`."""
        return f"{self.names}, {self.year}"

    @property
    def shown_url(self) -> str:
        """The address as a reader would say it."""
        return self.url.partition("://")[2].removeprefix("www.").removesuffix("index.html").rstrip("/")


def works(entries: Mapping[str, Entry]) -> dict[str, Work]:
    """Return the works of a bibliography by key.

    Works of the same authors and year get the letters a, b, c in the order of their keys: the label
    depends on the whole bibliography and not on what a page or a book happens to cite.
    """
    same: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for key in sorted(entries):
        same[_names(entries[key]), _year(entries[key])].append(key)
    letters = {key: _letters(number) for keys in same.values() if len(keys) > 1 for number, key in enumerate(keys)}
    return {
        key: Work(
            key=key,
            names=_names(entry),
            year=_year(entry) + letters.get(key, ""),
            authors=_authors(entry),
            title=_plain(_fields(entry).get("title", key)),
            venue=_venue(entry),
            url=_url(entry),
        )
        for key, entry in entries.items()
    }


def _letters(number: int) -> str:
    """Return a to z, then aa, ab and so on."""
    more, last = divmod(number, len(ascii_lowercase))
    return (_letters(more - 1) if more else "") + ascii_lowercase[last]


def _persons(entry: Entry) -> list[Person]:
    persons: Mapping[str, list[Person]] = entry.persons or {}
    return list(persons.get("author") or persons.get("editor") or [])


def _fields(entry: Entry) -> Mapping[str, str]:
    return entry.fields or {}


def _plain(latex: str) -> str:
    """Return LaTeX as plain text: accents decoded, braces and commands of appearance gone."""
    return str(Text.from_latex(_APPEARANCE.sub("", latex)))


def _surname(person: Person) -> str:
    return _plain(" ".join([*person.prelast_names, *person.last_names, *person.lineage_names]))


def _names(entry: Entry) -> str:
    people = _persons(entry)
    names = [_surname(person) for person in people[:2]]
    if not names:
        return _plain(_fields(entry).get("title", str(entry.key)))
    if len(people) > 2 or names[-1] == "others":
        return f"{names[0]} et al."
    return " and ".join(names)


def _year(entry: Entry) -> str:
    return _plain(_fields(entry).get("year", "n.d."))


def _initials(person: Person) -> str:
    given = _plain(" ".join([*person.first_names, *person.middle_names]))
    return " ".join("-".join(f"{part[0]}." for part in name.split("-") if part) for name in given.split())


def _authors(entry: Entry) -> str:
    people = _persons(entry)
    named = [", ".join(filter(None, (_surname(person), _initials(person)))) for person in people[:_SHOWN_AUTHORS]]
    if len(people) > _SHOWN_AUTHORS or (named and named[-1] == "others"):
        return ", ".join([*(name for name in named if name != "others"), "et al."])
    return _series(named)


def _series(names: Iterable[str]) -> str:
    *most, last = [*names] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def _venue(entry: Entry) -> str:
    fields = _fields(entry)
    place = next(
        (fields[name] for name in ("journal", "booktitle", "howpublished", "publisher", "school") if name in fields), ""
    )
    numbers = fields.get("volume", "") + (f"({fields['number']})" if "number" in fields and "volume" in fields else "")
    pages = fields.get("pages", "").replace("--", "–")
    return _plain(", ".join(filter(None, (f"{place} {numbers}".strip(), pages))))


def _url(entry: Entry) -> str:
    fields = _fields(entry)
    if fields.get("archiveprefix", "").lower() == "arxiv" and "eprint" in fields and "url" not in fields:
        return f"https://arxiv.org/abs/{fields['eprint']}"
    doi = _DOI_HOST.sub("", fields.get("doi", ""))
    return _address(fields.get("url") or (f"https://doi.org/{doi}" if doi else ""))


def _address(latex: str) -> str:
    """Return an address without what LaTeX needs: escapes, braces around it, its command."""
    bare = _APPEARANCE.sub("", latex).strip().removeprefix("{").removesuffix("}")
    return re.sub(r"\\([_%&#~$])", r"\1", bare)
