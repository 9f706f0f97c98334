"""What a block's words look like: finished or not, a title, a name. No roles are given here."""

from __future__ import annotations

import re
from functools import lru_cache

MAX_HEADING_WORDS = 10
"""Longest line taken for a heading inside a text; news subheadings have 1 to 8 words."""
MAX_HEADING_CHARS = 90
MIN_TITLE_CASE_SHARE = 0.75
"""Share of long words with a capital from which a line is in title case ("Of", "with" may stay small)."""

CACHED_BLOCKS = 256
# A full stop, closing marks, and at most a signature: "... he said. (Reuters)".
FINISHED = re.compile(r"[.!?…。！？।][\s'\"”’)\]»*_]*(?:\([^()]{1,60}\))?$")
OPEN_ENDED = re.compile(r"[:;,–—-][\s'\"”’)\]»]*$")
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
URL = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/)\S+", re.IGNORECASE)
EDGE = re.compile(r"^[\W_]+|[\W_]+$")
NAME = (
    r"[A-Z][\w.'’-]*(?:\s+(?:(?:de|da|di|del|della|van|von|der|den|bin|al|el|la|le)\s+)*[A-Z][\w.'’-]*){1,3}"
)
NAMES = re.compile(rf"{NAME}(?:(?:,\s*|,?\s+and\s+|\s+&\s+){NAME})*$")


def squash(text: str) -> str:
    """White space runs as one blank, none at the ends."""
    return " ".join(text.split())


@lru_cache(maxsize=CACHED_BLOCKS)
def normalise(text: str) -> str:
    """For comparing lines: case, white space and punctuation at the ends do not count."""
    return squash(EDGE.sub("", text)).casefold().replace("’", "'")


@lru_cache(maxsize=CACHED_BLOCKS)
def count_words(text: str) -> int:
    """Words of a block; a dozen rules ask for the same one, so the last answers are kept."""
    return len(WORD.findall(text))


def is_finished(text: str) -> bool:
    """Ends as a sentence ends, closing quotes and brackets aside."""
    return FINISHED.search(text) is not None


def is_open_ended(text: str) -> bool:
    """Ends with a mark that asks for more: a lead-in ("He added:") or a broken sentence."""
    return OPEN_ENDED.search(text) is not None


def is_heading_like(text: str) -> bool:
    """A short unfinished line that could stand above other text."""
    return (
        len(text) <= MAX_HEADING_CHARS
        and 1 <= count_words(text) <= MAX_HEADING_WORDS
        and not is_finished(text)
        and not is_open_ended(text)
        and not text[:1].islower()
    )


def is_title_case(text: str) -> bool:
    words = [word for word in WORD.findall(text) if len(word) > 3]
    return len(words) > 1 and sum(word[0].isupper() for word in words) >= MIN_TITLE_CASE_SHARE * len(words)


def is_names_only(text: str) -> bool:
    """One or more capitalised names and nothing else: "Jane Doe and John Roe"."""
    return NAMES.match(text) is not None and count_words(text) <= MAX_HEADING_WORDS
