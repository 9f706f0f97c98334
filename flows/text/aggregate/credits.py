"""Names of the media that a sentence credits: "KCNA reported", "according to The Daily Post".

Only what the sentence itself says; credits of a whole article are found when it is cleaned.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from flows.text.clean.metadata import agency_name
from flows.text.extract.entities.places import find_place
from flows.text.lexicons import read_rows

_NAME = r"(?:[Tt]he )?((?:[A-Z][\w.&’'-]*)(?: (?:of |the |and )?[A-Z][\w.&’'-]*){0,5})"
_BEFORE = re.compile(rf"\b(?:[Aa]ccording to|[Cc]iting|[Cc]ited by|[Rr]eported by|told|[Qq]uoted by) {_NAME}")
_AFTER = re.compile(
    rf"\b{_NAME}(?: news agency| newspaper)?,? (?:has |had |have )?"
    r"(?:reports|reported|said|says|quoted|cited|learned)\b"
)
_MEDIUM = re.compile(
    r"(?i)\b(?:news|times|post|journal|agency|agence|press|herald|tribune|telegraph|guardian|mail|sun|mirror|star|"
    r"gazette|chronicle|observer|independent|daily|weekly|magazine|radio|tv|television|broadcasting|broadcaster|"
    r"reuters|bloomberg|politico|axios|bbc|cnn|nbc|cbs|abc|npr|cnbc|msnbc|itv|rte|cbc|zeitung)\b"
)
_STATE_MEDIA = re.compile(
    r"(?:\b((?:[A-Z]\w+ )?[A-Z]\w+)(?:['’]s)? )?(?:official |own )?"
    r"\b[Ss]tate(?:-run|-owned| run)? (?:media|television|TV|tv|radio|news agency)\b"
)
CREDITING = r"\b(?:[Aa]ccording|[Cc]it|[Rr]eport|told|[Qq]uote|sa(?:id|ys)|learned|[Ss]tate)"
"""What every credit has: told much faster than the credit itself."""


def find_credits(text: str) -> list[str]:
    """The media that the sentence credits, agencies by their short name, and whose state media they are.

    "state media KP" for North Korea's, however they are called; "state media" where no state is named.
    """
    names = [match[1] for pattern in (_BEFORE, _AFTER) for match in pattern.finditer(text)]
    found = [medium for name in names if (medium := _medium(name))]
    found += [f"state media {state}" for medium in found if (state := _states().get(medium.lower()))]
    # The pattern is slow where it finds nothing: it begins with any name.
    if not found and "tate" in text and (match := _STATE_MEDIA.search(text)):
        place = next((place for name in _tails(match[1] or "") if (place := find_place(name))), None)
        found = [f"state media {place.country_code}" if place else "state media"]
    return list(dict.fromkeys(found))


@cache
def _states() -> dict[str, str]:
    """Medium, in lower case, to the state that it speaks for."""
    return {
        medium.lower(): state for state, media in read_rows("state_media.tsv") for medium in media.split("|")
    }


def _tails(name: str) -> list[str]:
    """ "While North Korea" to itself, "North Korea", "Korea"."""
    words = name.split()
    return [" ".join(words[start:]) for start in range(len(words))]


@lru_cache(maxsize=2**16)
def _medium(name: str) -> str | None:
    """The agency, or the name where it is that of a medium; None for persons, places and the rest."""
    name = name.rstrip(".,'’").removesuffix("’s").removesuffix("'s")
    agency = next((short for tail in _tails(name) if (short := agency_name(tail))), None)
    return agency or (name if _MEDIUM.search(name) else None)
