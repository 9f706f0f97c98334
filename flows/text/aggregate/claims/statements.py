"""A sentence as a statement: content words, figures, what is negated, planned, past.

Works on the words alone, so that a sentence is read once however many articles have it. Which two
statements say the same is not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from flows.text.aggregate.claims.words import is_past_form, stem, word_class

FigureKind = Literal["money", "percent", "count", "year", "day"]

FEWEST_TERMS = 3
"""Different content words of a sentence that states something: "He disagreed." does not stand alone."""
FEWEST_WORDS = 6
"""Words of a sentence from which all its words count, if too few have content: "We are in it for you."."""
MAX_TOKENS = 400
"""A longer "sentence" is a table or a list; the rest of it is not read."""
FIRST_YEAR, LAST_YEAR = 1000, 2199

_TOKEN = re.compile(
    r"(?P<sign>[$€£¥₹₩])|(?P<number>\d[\d,]*(?:\.\d+)?)(?P<ordinal>st|nd|rd|th)?(?P<percent>\s?%)?"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)?)|(?P<stop>[,;:.!?()—–])"
)
_DATELINE = re.compile(r"^[^()]{0,60}\([A-Z][^()]{1,30}\)\s*[-–—]+\s+")
"""Place, day and agency before a text, "VELMARA, March 13 (NWA) -": they belong to the report."""
_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_NUMERALS = {word: float(value) for value, word in enumerate(_UNITS)} | {
    "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0,
    "eighty": 80.0, "ninety": 90.0, "pair": 2.0, "couple": 2.0, "dozen": 12.0,
}  # fmt: skip
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "m": 1e6,
    "bn": 1e9,
}
_MONTHS = frozenset((
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
))  # fmt: skip
_WEEKDAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as stated. `noun` is the stem that follows: what is counted, where kind is count.

    `at_least`: the sentence says "over", "more than", "at least".
    """

    value: float
    kind: FigureKind
    noun: str
    text: str
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence states. `terms` are content stems in order; the sets hold stems of `terms`."""

    terms: tuple[str, ...]
    figures: tuple[Figure, ...]
    negated: frozenset[str]
    planned: frozenset[str]
    past: frozenset[str]


@dataclass(slots=True)
class _Reach:
    """What governs the next content word: in "did not attend the parade" the verb is negated."""

    negation: bool = False
    plan: bool = False
    possibility: bool = False
    planner: bool = False
    """Whether a "to" still to come makes a plan: "expect the bank to raise rates"."""

    def note(self, word: str) -> None:
        """Takes in the word, a cue or not."""
        if word in word_class("negation") or word.endswith(("n't", "n’t")):
            self.negation = True
        if word in word_class("planned") or (word == "to" and self.planner):
            self.plan, self.planner = True, False
        if word in word_class("planner"):
            self.planner = True
        if word in word_class("possible"):
            self.possibility = True
        if word in word_class("boundary"):
            self.end_clause()

    def end(self) -> None:
        """The word that was governed is over."""
        self.negation = self.plan = self.possibility = False

    def end_clause(self) -> None:
        """So is all that could be governed."""
        self.end()
        self.planner = False


class _Reader:
    """Collects a Statement while it goes through the tokens of one sentence."""

    def __init__(self, text: str) -> None:
        text = _DATELINE.sub("", text, count=1)
        tokens = (match for _, match in zip(range(MAX_TOKENS), _TOKEN.finditer(text), strict=False))
        self.tokens: list[re.Match[str]] = list(tokens)
        self.terms: list[str] = []
        self.words: list[str] = []
        self.figures: list[Figure] = []
        self.sets: dict[str, set[str]] = {name: set() for name in ("negated", "planned", "past")}
        self.reach = _Reach()

    def read(self) -> Statement:
        """Goes through all tokens."""
        place = 0
        while place < len(self.tokens):
            match = self.tokens[place]
            if match["stop"]:
                self.reach.end_clause()
                place += 1
            elif match["sign"]:
                place += 1
            elif match["number"] or (match["word"] or "").lower() in _NUMERALS:
                place = self._read_figure(place)
            else:
                self._read_word(place)
                place += 1
        frozen = {name: frozenset(words) for name, words in self.sets.items()}
        few = len(set(self.terms)) < FEWEST_TERMS <= FEWEST_WORDS <= len(self.words)
        return Statement(
            terms=tuple(self.words if few else self.terms), figures=tuple(self.figures), **frozen
        )

    def _read_word(self, place: int) -> None:
        written = self.tokens[place]["word"].replace("’", "'")
        word = written.lower()
        self.words.append(word)
        self._read_content(word.removesuffix("'s"), capital=written[0].isupper())
        # After the word itself: "denied" turns round what follows, not itself.
        self.reach.note(word)

    def _read_content(self, word: str, *, capital: bool) -> None:
        if word in word_class("empty") or word in _WEEKDAYS or len(word) == 1 or "'" in word:
            return
        term = stem(word)
        self.terms.append(term)
        if not self._govern(term) and is_past_form(word) and not capital:
            self.sets["past"].add(term)

    def _govern(self, term: str) -> bool:
        """Puts the term under the cues before it; whether it is planned or only possible."""
        reach = self.reach
        if reach.negation:
            self.sets["negated"].add(term)
        if reach.plan:
            self.sets["planned"].add(term)
        open_yet = bool(reach.plan or reach.possibility)
        reach.end()
        return open_yet

    def _read_figure(self, place: int) -> int:
        """Adds the figure that begins at the token; gives the place after it."""
        first = self.tokens[place]
        number = first["number"]
        value = float(number.replace(",", "")) if number else _NUMERALS[first["word"].lower()]
        after = place + 1
        while scale := _SCALES.get(self._word(after)):
            value, after = value * scale, after + 1
        kind = self._figure_kind(place, after, value)
        last = self.tokens[after - 1]
        text = first.string[first.start() : last.end()].strip()
        if value not in (0.0, 1.0) or number:
            self.figures.append(Figure(value, kind, self._next_stem(after), text, self._is_bound(place)))
            self.terms.append(f"#{value:g}")
        return after

    def _figure_kind(self, place: int, after: int, value: float) -> FigureKind:
        first = self.tokens[place]
        if place and self.tokens[place - 1]["sign"]:
            return "money"
        if first["percent"] or self._word(after) in ("percent", "percentage"):
            return "percent"
        if self._word(after) in ("dollars", "euros", "pounds", "yuan", "yen"):
            return "money"
        if value <= 31 and (self._word(place - 1) in _MONTHS or self._word(after) in _MONTHS):
            return "day"
        is_year = (
            FIRST_YEAR <= value <= LAST_YEAR and (first["number"] or "").isdigit() and after == place + 1
        )
        return "year" if is_year and len(first["number"]) == 4 and not self._counts(after) else "count"

    def _counts(self, after: int) -> bool:
        """Whether a lower-case plural follows: "2019 people" is a count."""
        word = self._word(after)
        return (
            bool(word)
            and word.endswith("s")
            and word not in word_class("empty")
            and not self._is_capital(after)
        )

    def _is_bound(self, place: int) -> bool:
        """ "more than 500", "at least $12"; a sign of currency may stand between."""
        before = place - 2 if place and self.tokens[place - 1]["sign"] else place - 1
        word = self._word(before)
        return word in word_class("lower_bound") or (word == "than" and self._word(before - 1) == "more")

    def _next_stem(self, place: int) -> str:
        for token in self.tokens[place : place + 3]:
            word = (token["word"] or "").lower()
            if word and word not in word_class("empty"):
                return stem(word)
            if token["stop"]:
                break
        return ""

    def _word(self, place: int) -> str:
        return (self.tokens[place]["word"] or "").lower() if 0 <= place < len(self.tokens) else ""

    def _is_capital(self, place: int) -> bool:
        word = self.tokens[place]["word"] if place < len(self.tokens) else None
        return word is not None and word[0].isupper()


def read_statement(text: str) -> Statement:
    """The statement of a sentence. Anything is read, in time linear in its length; never raises."""
    return _Reader(text).read()
