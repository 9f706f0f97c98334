"""The words of time expressions: classes, values and forms, read from `lexicons/times*_en.tsv`.

Also the name of each token class as grammar rules use it. No text is read here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from flows.text.lexicons import read_rows

PIECES = re.compile(r"[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)?|'s\b|[^\w\s]")
"""How a form falls apart in a text: "year's end" has three pieces."""

LEXER_CLASSES = (
    "DAY_NUMBER",
    "YEAR_NUMBER",
    "NUMBER",
    "NUMBER_RANGE",
    "YEAR_RANGE",
    "FRACTION",
    "DAY_ORDINAL",
    "DECADE",
    "SHORT_YEAR",
    "CALENDAR_DAY",
    "CLOCK",
    "MERIDIEM",
    "FOUR_DIGITS",
    "FISCAL_YEAR",
    "COMMA",
    "HYPHEN",
    "POSSESSIVE",
    "BRACKET",
)
PUNCTUATION = {
    ",": "COMMA",
    "-": "HYPHEN",
    "–": "HYPHEN",
    "—": "HYPHEN",
    "'s": "POSSESSIVE",
    "’s": "POSSESSIVE",
    "'": "POSSESSIVE",
    "’": "POSSESSIVE",
    "(": "BRACKET",
    ")": "BRACKET",
}
OTHER = "OTHER"
"""The class of a token that has none."""
OTHER_CHARACTER = "."


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase of the lexicon."""

    class_name: str
    value: str | int


@lru_cache(maxsize=1)
def load_vocabulary() -> dict[str, Entry]:
    """Every form of the lexicon, lower case, phrases with single spaces."""
    forms: dict[str, Entry] = {}
    for class_name, value, listed in read_rows("times_en.tsv"):
        forms |= {form: Entry(class_name, _as_number(value)) for form in listed.split(",")}
    for rule, names in read_rows("holidays.tsv"):
        forms |= {name: Entry("HOLIDAY", rule) for name in names.split(",")}
    return forms


@lru_cache(maxsize=1)
def load_phrase_starts() -> dict[str, int]:
    """The first words of forms of several, "new" of "new year's eve", with the pieces of the longest."""
    longest: dict[str, int] = {}
    for pieces in map(PIECES.findall, load_vocabulary()):
        if len(pieces) > 1:
            longest[pieces[0]] = max(len(pieces), longest.get(pieces[0], 0))
    return longest


@lru_cache(maxsize=1)
def load_word_lists() -> dict[str, frozenset[str]]:
    """The words that stand beside times, by the name of their list."""
    return {name: frozenset(words.split(",")) for name, _, words in read_rows("times_words_en.tsv")}


@lru_cache(maxsize=1)
def class_characters() -> dict[str, str]:
    """One character for each token class, so that rules can be regular expressions over classes."""
    names = {entry.class_name for entry in load_vocabulary().values()} | set(LEXER_CLASSES)
    private = {name: chr(0xE000 + number) for number, name in enumerate(sorted(names))}
    return private | {OTHER: OTHER_CHARACTER}


def _as_number(value: str) -> str | int:
    return int(value) if value.lstrip("-").isdigit() else value
