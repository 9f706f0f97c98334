"""A sentence cut into words, numbers, signs of currency and stops. What they mean is not decided here."""

from __future__ import annotations

import re
from itertools import pairwise

from flows.text.aggregate.claims.numerals import LAST_DAY, UNDER_TEN
from flows.text.number_words import TENS

MAX_TOKENS = 400
"""A longer "sentence" is a table or a list; the rest of it is not read."""

_TOKEN = re.compile(
    r"(?P<sign>[$€£¥₹₩])|(?P<number>\d(?:[\d,]{0,20}\d)?(?:\.\d+)?)(?P<ordinal>st|nd|rd|th)?(?P<percent>\s?%)?"
    rf"|(?P<word>(?i:{'|'.join(TENS)})-(?i:{'|'.join(UNDER_TEN)})\b"
    r"|(?:[A-Z]\.){2,}|[^\W\d_]+\d*(?:['’][^\W\d_]+)?)|(?P<stop>[,;:.!?()—–])"
)


class Tokens:
    """The tokens of a text, each with one of the groups sign, number, word, stop."""

    def __init__(self, text: str) -> None:
        found = _TOKEN.finditer(text)
        self._matches = [match for _, match in zip(range(MAX_TOKENS), found, strict=False)]
        self._words = [(match["word"] or "").lower() for match in self._matches]

    def __len__(self) -> int:
        return len(self._matches)

    def __getitem__(self, place: int) -> re.Match[str]:
        return self._matches[place]

    def word(self, place: int) -> str:
        """The word at a place in lower case; "" where there is none."""
        return self._words[place] if 0 <= place < len(self._words) else ""

    def is_capital(self, place: int) -> bool:
        """Whether a word with a capital stands there."""
        word = self._matches[place]["word"] if 0 <= place < len(self._matches) else None
        return word is not None and word[0].isupper()

    def is_day(self, place: int) -> bool:
        """Whether digits stand there that could be the day of a month."""
        digits = self._matches[place]["number"] if 0 <= place < len(self._matches) else None
        return digits is not None and digits.isdigit() and 0 < int(digits) <= LAST_DAY

    def are_joined(self, place: int, after: int) -> bool:
        """Whether the tokens from one up to another are all there, with nothing between them."""
        if not 0 <= place < after <= len(self._matches):
            return False
        tokens = self._matches[place:after]
        return all(one.end() == other.start() for one, other in pairwise(tokens))

    def text(self, place: int, after: int) -> str:
        """What is written from a token up to another, which is not part of it."""
        first = self._matches[place]
        return first.string[first.start() : self._matches[after - 1].end()].strip()
