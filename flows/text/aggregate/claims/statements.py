"""A sentence as a statement: content words, names, figures, what is negated, planned, past.

Works on the words alone, so that a sentence is read once however many articles have it. Which two
statements say the same is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from flows.text.aggregate.claims.words import is_past_form, stem, word_class

FigureKind = Literal["money", "percent", "count", "year", "day"]

NEGATION_REACH = 1
"""Content words that a negation turns round: the verb of "did not attend the parade"."""
PLAN_REACH = 1
"""Content words that "will" or "set to" makes a plan: the verb."""
MAX_TOKENS = 400
"""A longer "sentence" is a table or a list; the rest of it is not read."""
FIRST_YEAR, LAST_YEAR = 1000, 2199

_TOKEN = re.compile(
    r"(?P<sign>[$€£¥₹₩])|(?P<number>\d[\d,]*(?:\.\d+)?)(?P<ordinal>st|nd|rd|th)?(?P<percent>\s?%)?"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)?)|(?P<stop>[,;:.!?()—–])"
)
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
sixteen seventeen eighteen nineteen".split()
_NUMERALS = {word: float(value) for value, word in enumerate(_UNITS)} | {
    "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0,
    "eighty": 80.0, "ninety": 90.0, "pair": 2.0, "couple": 2.0, "dozen": 12.0,
}  # fmt: skip
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "bn": 1e9}
_MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as stated. `noun` is the stem that follows: what is counted, where kind is count."""

    value: float
    kind: FigureKind
    noun: str
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence states. `terms` are content stems in order; the sets hold stems of `terms`."""

    terms: tuple[str, ...]
    names: frozenset[str]
    figures: tuple[Figure, ...]
    negated: frozenset[str]
    planned: frozenset[str]
    possible: frozenset[str]
    past: frozenset[str]


@dataclass(slots=True)
class _Reach:
    """How many of the next content words a cue governs."""

    negation: int = 0
    plan: int = 0
    possibility: int = 0

    def note(self, word: str, previous: str) -> None:
        """Takes in the word, a cue or not."""
        if word in word_class("negation") or word.endswith(("n't", "n’t")):
            self.negation = NEGATION_REACH
        if word in word_class("planned") or (word == "to" and previous in word_class("planner")):
            self.plan = PLAN_REACH
        if word in word_class("possible"):
            self.possibility = PLAN_REACH
        if word in word_class("boundary"):
            self.end()

    def end(self) -> None:
        """A clause ends: what was governed is over."""
        self.negation = self.plan = self.possibility = 0


class _Reader:
    """Collects a Statement while it goes through the tokens of one sentence."""

    def __init__(self, text: str) -> None:
        tokens = (match for _, match in zip(range(MAX_TOKENS), _TOKEN.finditer(text), strict=False))
        self.tokens: list[re.Match[str]] = list(tokens)
        self.terms: list[str] = []
        self.figures: list[Figure] = []
        self.sets: dict[str, set[str]] = {name: set() for name in ("names", "negated", "planned", "possible", "past")}
        self.reach = _Reach()

    def read(self) -> Statement:
        """Goes through all tokens."""
        place = 0
        while place < len(self.tokens):
            match = self.tokens[place]
            if match["stop"]:
                self.reach.end()
                place += 1
            elif match["sign"]:
                place += 1
            elif match["number"] or (match["word"] or "").lower() in _NUMERALS:
                place = self._read_figure(place)
            else:
                self._read_word(place)
                place += 1
        frozen = {name: frozenset(words) for name, words in self.sets.items()}
        return Statement(terms=tuple(self.terms), figures=tuple(self.figures), **frozen)

    def _read_word(self, place: int) -> None:
        written = self.tokens[place]["word"].replace("’", "'")
        word = written.lower()
        self.reach.note(word, self._word(place - 1))
        word = word.removesuffix("'s")
        if word in word_class("empty") or word in _WEEKDAYS or len(word) == 1 or "'" in word:
            return
        term = stem(word)
        self.terms.append(term)
        if written[0].isupper() and (place > 0 or self._is_capital(place + 1)):
            self.sets["names"].add(term)
        elif self._govern(term) and is_past_form(word):
            self.sets["past"].add(term)

    def _govern(self, term: str) -> bool:
        """Puts the term under the cues before it; whether it is free of plan and possibility."""
        reach = self.reach
        for name, left in (("negated", reach.negation), ("planned", reach.plan), ("possible", reach.possibility)):
            if left:
                self.sets[name].add(term)
        free = not (reach.plan or reach.possibility)
        reach.negation, reach.plan, reach.possibility = (
            max(0, left - 1) for left in (reach.negation, reach.plan, reach.possibility)
        )
        return free

    def _read_figure(self, place: int) -> int:
        """Adds the figure that begins at the token; gives the place after it."""
        first = self.tokens[place]
        number = first["number"]
        value = float(number.replace(",", "")) if number else _NUMERALS[first["word"].lower()]
        after = place + 1
        while (scale := _SCALES.get(self._word(after))) and len(first.string) > 0:
            value, after = value * scale, after + 1
        kind = self._figure_kind(place, after, value)
        last = self.tokens[after - 1]
        text = first.string[first.start() : last.end()].strip()
        if value not in (0.0, 1.0) or number:
            self.figures.append(Figure(value, kind, self._next_stem(after), text))
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
        is_year = FIRST_YEAR <= value <= LAST_YEAR and (first["number"] or "").isdigit() and after == place + 1
        return "year" if is_year and len(first["number"]) == 4 and not self._counts(after) else "count"

    def _counts(self, after: int) -> bool:
        """Whether a lower-case plural follows: "2019 people" is a count."""
        word = self._word(after)
        return bool(word) and word.endswith("s") and word not in word_class("empty") and not self._is_capital(after)

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
        return bool(word) and word[0].isupper()


def read_statement(text: str) -> Statement:
    """The statement of a sentence. Anything is read, in time linear in its length; never raises."""
    return _Reader(text).read()


def normalise(texts: Iterator[str]) -> Iterator[str]:
    """Letters and digits only, in lower case: equal for copies that differ in marks and spaces."""
    for text in texts:
        yield " ".join(re.findall(r"[^\W_]+", text.lower()))
