"""Numbers in words to values: "twenty-four", "a hundred", "nineteen ninety-seven".

Pure look-ups; which numbers are times is decided by the rules.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.text.number_words import TENS, UNITS

SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
NUMBER_WORDS = frozenset(UNITS) | frozenset(TENS) | frozenset(SCALES)
FIRST_CENTURY, LAST_CENTURY = 10, 20
"""Centuries that are read in pairs: "ten sixty-six" to "twenty twenty-six"."""


def value_of_words(words: Sequence[str]) -> int:
    """The value of lower-case number words; "and" may stand between them."""
    total, group, previous = 0, 0, ""
    for word in words:
        if word in SCALES:
            group = max(group, 1) * SCALES[word]
            total, group = (total + group, 0) if SCALES[word] >= 1000 else (total, group)
        elif word != "and":
            # "nineteen ninety-seven", "twenty nineteen": two numbers of two digits are a year
            pair = FIRST_CENTURY <= group <= LAST_CENTURY and value_of_word(word) >= 10
            group = (group * 100 if pair else group) + value_of_word(word)
        previous = word
    return total + group if previous else 0


def goes_on_with(word: str, following: str) -> bool:
    """Whether two number words are parts of one number: not in "two four-year terms"."""
    if word in SCALES or following in SCALES:
        return True
    first, second = value_of_word(word), value_of_word(following)
    return (word in TENS and 1 <= second < 10) or (FIRST_CENTURY <= first <= LAST_CENTURY and second >= 10)


def value_of_word(word: str) -> int:
    """The value of a number below a hundred that is one word."""
    return UNITS[word] if word in UNITS else TENS[word]
