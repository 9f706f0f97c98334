"""A sentence as a statement: content words, figures, what is negated, planned, past.

Works on the words alone, so that a sentence is read once however many articles have it. Which two
statements say the same is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from flows.text.aggregate.claims.fates import find_fate
from flows.text.aggregate.claims.numerals import MONTHS, NUMERALS, SCALES, UNDER_TEN, WEEKDAYS
from flows.text.aggregate.claims.words import (
    begins_country,
    country_term,
    cue_words,
    is_past_form,
    stem,
    word_class,
)
from flows.text.aggregate.datelines import strip_dateline
from flows.text.number_words import TENS

FigureKind = Literal["money", "percent", "count", "year"]
Stance = Literal["planned", "done"]

FEWEST_TERMS = 3
"""Different content words of a sentence that states something: "He disagreed." does not stand alone."""
FEWEST_WORDS = 6
"""Words of a sentence from which all its words count, if too few have content: "We are in it for you."."""
MAX_TOKENS = 400
"""A longer "sentence" is a table or a list; the rest of it is not read."""
FIGURE = "#"
"""What the term of a figure begins with."""
LARGEST = 1e15
"""Figure from which a further "trillion" is not read: it counts nothing."""
LAST_DAY, MONTH_LETTERS = 31, 3
FATE_REACH = 8
"""Words on either side of a figure among which it is said what became of those counted."""
LONGEST_COUNTRY = 3
"""Words of a country's name: "United Arab Emirates"."""
FIRST_YEAR, LAST_YEAR = 1000, 2199

_TOKEN = re.compile(
    r"(?P<sign>[$€£¥₹₩])|(?P<number>\d(?:[\d,]{0,20}\d)?(?:\.\d+)?)(?P<ordinal>st|nd|rd|th)?(?P<percent>\s?%)?"
    rf"|(?P<word>(?i:{'|'.join(TENS)})-(?i:{'|'.join(UNDER_TEN)})\b"
    r"|(?:[A-Z]\.){2,}|[^\W\d_]+\d*(?:['’][^\W\d_]+)?)|(?P<stop>[,;:.!?()—–])"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as stated. `noun` is the stem that follows: what is counted, where kind is count.

    `at_least`: the sentence says "over", "more than", "at least". `fate`: what became of those counted.
    """

    value: float
    kind: FigureKind
    noun: str
    text: str
    at_least: bool = False
    fate: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence states. `terms` are content stems in order; the sets of words hold stems of `terms`.

    `mixed` are those both negated and not: "a great secretary, not a good one, who did a good job".
    `only_names`: no other word has content, "Mr. Holm told The Arden Post".
    `named_days` are those it names, "tuesday" or "mar 12". `days` are those on which it happened,
    `stance` says whether it did: read from annotations, empty where that is not known.
    """

    terms: tuple[str, ...]
    figures: tuple[Figure, ...]
    negated: frozenset[str]
    planned: frozenset[str]
    past: frozenset[str]
    mixed: frozenset[str] = frozenset()
    only_names: bool = False
    named_days: frozenset[str] = frozenset()
    days: frozenset[date] = frozenset()
    stance: Stance | None = None


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
        if word not in cue_words() and word != "to" and not word.endswith(("n't", "n’t")):
            return
        if word in word_class("negation") or word.endswith(("n't", "n’t")):
            self.negation = True
        if word in word_class("limiting"):
            self.negation = False
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
        found = _TOKEN.finditer(strip_dateline(text))
        tokens = (match for _, match in zip(range(MAX_TOKENS), found, strict=False))
        self.tokens: list[re.Match[str]] = list(tokens)
        self.terms: list[str] = []
        self.words: list[str] = []
        self.figures: list[Figure] = []
        self.sets: dict[str, set[str]] = {
            name: set() for name in ("negated", "affirmed", "planned", "past", "named_days")
        }
        self.reach = _Reach()
        self.only_names = True

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
            elif match["number"] or (match["word"] or "").lower() in NUMERALS:
                place = self._read_figure(place)
            elif match["word"][0].isupper() and (after := self._read_country(place)):
                place = after
            else:
                self._read_word(place)
                place += 1
        few = len(set(self.terms)) < FEWEST_TERMS <= FEWEST_WORDS <= len(self.words)
        found = {name: frozenset(words) for name, words in self.sets.items()}
        return Statement(
            terms=tuple(self.words if few else self.terms),
            figures=tuple(self.figures),
            negated=found["negated"] - found["affirmed"],
            planned=found["planned"],
            past=found["past"],
            mixed=found["negated"] & found["affirmed"],
            only_names=self.only_names and not few,
            named_days=found["named_days"],
        )

    def _read_country(self, place: int) -> int:
        """Adds the country that is named or meant from the token on; gives the place after it, else 0."""
        if not begins_country(self.tokens[place]["word"]):
            return 0
        for after in range(place + LONGEST_COUNTRY, place, -1):
            words = [token["word"] or "" for token in self.tokens[place:after]]
            if len(words) == after - place and all(words) and (term := country_term(" ".join(words))):
                self.words.append(term)
                self.terms.append(term)
                self.reach.end()
                return after
        return 0

    def _read_word(self, place: int) -> None:
        written = self.tokens[place]["word"].replace("’", "'")
        word = written.lower()
        self.words.append(word)
        self._read_content(word.removesuffix("'s"), capital=written[0].isupper())
        # After the word itself: "denied" turns round what follows, not itself.
        self.reach.note(word)

    def _read_content(self, word: str, *, capital: bool) -> None:
        if word in WEEKDAYS:
            self.sets["named_days"].add(word)
        if word in word_class("empty") or word in WEEKDAYS or len(word) == 1 or "'" in word:
            return
        term = stem(word)
        self.terms.append(term)
        self.only_names &= capital
        if not self._govern(term) and is_past_form(word) and not capital:
            self.sets["past"].add(term)

    def _govern(self, term: str) -> bool:
        """Puts the term under the cues before it; whether it is planned or only possible."""
        reach = self.reach
        self.sets["negated" if reach.negation else "affirmed"].add(term)
        if reach.plan:
            self.sets["planned"].add(term)
        open_yet = bool(reach.plan or reach.possibility)
        reach.end()
        return open_yet

    def _read_figure(self, place: int) -> int:
        """Adds the figure that begins at the token; gives the place after it."""
        first = self.tokens[place]
        number = first["number"]
        value = float(number.replace(",", "")) if number else NUMERALS[first["word"].lower()]
        after = place + 1
        while (scale := SCALES.get(self._word(after))) and value < LARGEST:
            value, after = value * scale, after + 1
        if value <= LAST_DAY and (month := self._month(place, after)):
            self.sets["named_days"].add(f"{month} {value:g}")
            self.terms.append(f"{FIGURE}{value:g}")
        elif value not in (0.0, 1.0) or number:
            kind = self._figure_kind(place, after, value)
            text = first.string[first.start() : self.tokens[after - 1].end()].strip()
            fate = find_fate(self._clause(place - 1, -1), self._clause(after, 1)) if kind == "count" else ""
            figure = Figure(value, kind, self._next_stem(after), text, self._is_bound(place), fate)
            self.figures.append(figure)
            self.terms.append(f"{FIGURE}{value:g}")
        return after

    def _figure_kind(self, place: int, after: int, value: float) -> FigureKind:
        first = self.tokens[place]
        if place and self.tokens[place - 1]["sign"]:
            return "money"
        if first["percent"] or self._word(after) in ("percent", "percentage"):
            return "percent"
        if self._word(after) in ("dollars", "euros", "pounds", "yuan", "yen"):
            return "money"
        is_year = (
            FIRST_YEAR <= value <= LAST_YEAR and (first["number"] or "").isdigit() and after == place + 1
        )
        return "year" if is_year and len(first["number"]) == 4 and not self._counts(after) else "count"

    def _month(self, place: int, after: int) -> str:
        """The month beside the figure, by its first letters: "March 12", "12 Mar"."""
        beside = (self._word(place - 1), self._word(after))
        return next((word[:MONTH_LETTERS] for word in beside if word in MONTHS), "")

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
        if (self._word(place), self._word(place + 1)) == ("year", "old"):
            place += 2  # "a 17-year-old gorilla"
        for token in self.tokens[place : place + 3]:
            word = (token["word"] or "").lower()
            if word and word not in word_class("empty"):
                return stem(word)
            if token["stop"]:
                break
        return ""

    def _clause(self, place: int, step: int) -> Iterator[str]:
        """The words from the token on, up to a stop or figure, or back to an "and"; at most FATE_REACH."""
        for word in map(self._word, range(place, place + step * FATE_REACH, step)):
            if not word or word in NUMERALS or (step < 0 and word in ("and", "or")):
                return
            yield word

    def _word(self, place: int) -> str:
        return (self.tokens[place]["word"] or "").lower() if 0 <= place < len(self.tokens) else ""

    def _is_capital(self, place: int) -> bool:
        word = self.tokens[place]["word"] if place < len(self.tokens) else None
        return word is not None and word[0].isupper()


def read_statement(text: str) -> Statement:
    """The statement of a sentence. Anything is read, in time linear in its length; never raises."""
    return _Reader(text).read()
