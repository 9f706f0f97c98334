"""Names of the media that a sentence credits: "KCNA reported", "according to The Daily Post".

Only what the sentence itself says; credits of a whole article are found when it is cleaned.
"""

from __future__ import annotations

import re

from flows.text.clean.metadata import agency_name

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
_STATE_MEDIA = re.compile(r"\bstate(?:-run|-owned| run)? (?:media|television|tv|radio|news agency)\b", re.I)


def find_credits(text: str) -> list[str]:
    """The media that the sentence credits, agencies by their short name; "state media" as such."""
    names = [match[1] for pattern in (_BEFORE, _AFTER) for match in pattern.finditer(text)]
    found = [medium for name in names if (medium := _medium(name))]
    if not found and _STATE_MEDIA.search(text):
        found = ["state media"]
    return list(dict.fromkeys(found))


def _medium(name: str) -> str | None:
    """The agency, or the name where it is that of a medium; None for persons, places and the rest."""
    name = name.rstrip(".,'’").removesuffix("’s").removesuffix("'s")
    words = name.split()
    tails = (" ".join(words[start:]) for start in range(len(words)))
    agency = next((short for tail in tails if (short := agency_name(tail))), None)
    return agency or (name if _MEDIUM.search(name) else None)
