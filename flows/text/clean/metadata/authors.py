"""Bylines to the people who wrote.

What belongs here: "By Jane Doe and John Roe, Associated Press" → Jane Doe, John Roe. What does not:
where on a page the byline stands.
"""

from __future__ import annotations

import re

from flows.text.clean.metadata.agencies import agency_name

MAX_NAME_WORDS = 6
"""Words of the longest name taken for a person ("Maria del Carmen García de la Torre" has 7 and is lost)."""
MAX_BYLINE = 400
"""Characters; anything longer is no byline."""

_LEAD = re.compile(
    r"^\W*(?:(?:written|reported|posted|published|words|story|analysis|opinion|comment|exclusive|edited|review)\s+)?"
    r"(?:by|from|author|authors|reporter)\b\s*:?\s*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:[,;|•·/\n]|\band\b|\bwith\b|&|\s[–—-]\s|\bin\s(?=[A-Z]))\s*", re.IGNORECASE)
_JUNK = re.compile(
    r"https?://|www\.|@|\d|\b(?:published|updated|min read|read|follow|email|posted|last|est|edt|gmt)\b",
    re.IGNORECASE,
)
_POSITION = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|journalist|bureau|staff|desk|chief|columnist|contributor|producer|"
    r"analyst|professor|lecturer|researcher|fellow|director|manager|head|intern|newsroom|team|university|news|"
    r"times|post|daily|herald|press|agency|agencies|magazine|media|online|digital|politics|business|sports?|"
    r"science|technology|world|opinion|special|for|the|at|of|senior|deputy|assistant|executive|associate|guest)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w.'’`-]*(?:\s+[^\W\d_][\w.'’`-]*)*\.?")
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv|md|phd|esq)\.?$", re.IGNORECASE)


def parse_authors(byline: str) -> tuple[str, ...]:
    """The people of a byline in order; agencies, positions, outlets and addresses left out."""
    byline = " ".join(byline.split())
    if not byline or len(byline) > MAX_BYLINE:
        return ()
    parts = [part for part in _SEPARATOR.split(_LEAD.sub("", byline)) if part]
    people: list[str] = []
    for part in parts:
        if people and _SUFFIX.match(part):
            people[-1] += f", {part}"
        elif is_person(part):
            people.append(part.strip(" .") if not _SUFFIX.match(part.split()[-1]) else part)
    return tuple(dict.fromkeys(people))


def is_names_line(line: str) -> bool:
    """Whether a line is names and nothing else ("Jane Doe/John Roe")."""
    parts = [part for part in _SEPARATOR.split(_LEAD.sub("", line)) if part]
    return bool(parts) and all(is_person(part) and part.istitle() for part in parts)


def is_person(name: str) -> bool:
    """Whether a part of a byline can be a person's name: not an agency, a position, an address or a date."""
    words = name.split()
    if not words or len(words) > MAX_NAME_WORDS or agency_name(name) or _JUNK.search(name):
        return False
    if not _NAME.fullmatch(name.strip()):
        return False
    # One word alone is a nickname or a desk in Latin script, a full name in Chinese.
    if len(words) == 1 and name.isascii():
        return False
    return not _POSITION.search(name) and any(word[0].isupper() or not word[0].isascii() for word in words)
