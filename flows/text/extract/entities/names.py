"""Names as strings: their normal form, their parts, and whether two may be the same person's.

No context: what an article makes of a name is decided in `joining.py`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from flows.text.extract.entities.lexicons import east_asian_family_names, given_names, honorifics, nicknames

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"})
PARTICLES = frozenset(
    {
        "al",
        "el",
        "bin",
        "ibn",
        "abu",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ben",
        "bint",
    }
)
COMPANY_SUFFIXES = frozenset(
    {
        "inc",
        "corp",
        "co",
        "ltd",
        "llc",
        "plc",
        "llp",
        "group",
        "company",
        "corporation",
        "incorporated",
        "limited",
    }
)
LONGEST_SYLLABLE = 5
"""Letters of the longest part of a Korean or Vietnamese given name written apart."""
ACRONYM_SKIPPED = frozenset({"of", "the", "and", "for", "on", "in", "to", "a", "&", "de"})
_POSSESSIVE = re.compile(r"['’]s?$")
_NOT_WORD = re.compile(r"[^\w&]+")


@lru_cache(maxsize=65_536)
def normalise(name: str) -> str:
    """Without case, accents, periods, hyphens and possessive: "Kim Jong-un’s" is "kim jong un"."""
    if name.isascii() and name.replace(" ", "").isalnum():  # most names, and most of a gazetteer
        return " ".join(name.casefold().split())
    bare = _POSSESSIVE.sub("", name)
    plain = unicodedata.normalize("NFKD", bare)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = plain.replace(".", "").replace("'", "").replace("’", "")
    return _NOT_WORD.sub(" ", plain).strip().casefold()


def name_parts(name: str) -> tuple[str, ...]:
    """The words of a person's name in normal form, without titles and suffixes such as "Jr."."""
    parts = [part for part in normalise(name).split() if part not in SUFFIXES]
    while len(parts) > 1 and parts[0] in honorifics() and parts[0] not in _given():
        parts = parts[1:]
    return tuple(parts)


@lru_cache(maxsize=1)
def _given() -> dict[str, str]:
    return {name.lower(): gender for name, gender in given_names().items()}


def given_gender(part: str) -> str | None:
    """m or f of a given name in normal form; None where it is unknown or either."""
    gender = _given().get(part)
    return gender if gender in {"m", "f"} else None


def is_given(part: str) -> bool:
    """Whether the word is known as a given name."""
    return part in _given()


def family_first(parts: tuple[str, ...]) -> bool:
    """Whether the family name stands first: "Kim Jong Un", "Xi Jinping", but not "Kim Novak"."""
    if len(parts) not in {2, 3} or parts[0] not in east_asian_family_names():
        return False
    if len(parts) == 3:
        return max(map(len, parts[1:])) <= LONGEST_SYLLABLE
    return not is_given(parts[0]) and not is_given(parts[1])


def family_name(parts: tuple[str, ...]) -> str:
    """The part by which the press calls the person."""
    return parts[0] if family_first(parts) else parts[-1]


def same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two full names (two parts at least) may be one person's.

    "Hillary Rodham Clinton" and "Hillary Clinton", "Donald J. Trump" and "Donald Trump", "Mike" and
    "Michael Pence"; "Bill de Blasio" and "de Blasio".
    """
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 2:
        return False
    if long[-len(short) :] == short or long[: len(short)] == short:
        return True
    return short[-1] == long[-1] and _same_given(short[0], long[0])


def _same_given(one: str, other: str) -> bool:
    if one == other:
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    short_forms = nicknames()
    return other in short_forms.get(one, ()) or one in short_forms.get(other, ())


def organisation_key(name: str) -> str:
    """The normal form without "the" and the legal form: "The Acme Corp." is "acme"."""
    parts = normalise(name).split()
    if len(parts) > 1 and parts[0] == "the":
        parts = parts[1:]
    while len(parts) > 1 and parts[-1] in COMPANY_SUFFIXES:
        parts = parts[:-1]
    return " ".join(parts)


def acronyms(name: str) -> frozenset[str]:
    """What the name may be shortened to, in normal form: "Federal Bureau of Investigation" to "fbi"."""
    words = [word for word in re.split(r"[\s\-/]+", name) if word]
    main = [word for word in words if word.lower() not in ACRONYM_SKIPPED]
    if len(main) < 2 or not all(word[0].isupper() or word[0].isdigit() for word in main):
        return frozenset()
    every = [word for word in words if word.lower() not in {"the", "&"}]
    return frozenset("".join(word[0] for word in chosen).lower() for chosen in (main, every))
