"""A sentence as a statement: content words, figures, what is negated, planned, past.

Works on the words alone, so that a sentence is read once however many articles have it. Which two
statements say the same is not decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from flows.text.aggregate.claims.figures import Figure, begins_number, read_number
from flows.text.aggregate.claims.numerals import WEEKDAYS
from flows.text.aggregate.claims.tokens import Tokens
from flows.text.aggregate.claims.words import (
    begins_country,
    country_term,
    cue_words,
    is_past_form,
    stem,
    word_class,
)
from flows.text.aggregate.datelines import strip_dateline
from flows.text.clean.metadata import find_agencies

Stance = Literal["planned", "done"]

FEWEST_TERMS = 3
"""Different content words of a sentence that states something: "He disagreed." does not stand alone."""
FEWEST_WORDS = 6
"""Words of a sentence from which all its words count, if too few have content: "We are in it for you."."""
FIGURE = "#"
"""What the term of a figure begins with."""
LONGEST_CREDIT = 120
"""Characters of a sentence that is no more than a credit."""
LONGEST_COUNTRY = 3
"""Words of a country's name: "United Arab Emirates"."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence states. `terms` are content stems in order; the sets of words hold stems of `terms`.

    `mixed` are those both negated and not: "a great secretary, not a good one, who did a good job".
    `only_names`: no other word has content, "Mr. Holm told The Arden Post". `is_credit`: it says where a
    text is from, "The Associated Press contributed to this report."
    `named_days` are those it names, "tuesday" or "mar 12". `days` are those on which it happened,
    `stance` says whether it did; `actions` are the stems of what happens in it: read from annotations,
    empty where that is not known, None where they were not looked at.
    """

    terms: tuple[str, ...]
    figures: tuple[Figure, ...]
    negated: frozenset[str]
    planned: frozenset[str]
    past: frozenset[str]
    mixed: frozenset[str] = frozenset()
    only_names: bool = False
    is_credit: bool = False
    named_days: frozenset[str] = frozenset()
    days: frozenset[date] = frozenset()
    stance: Stance | None = None
    actions: frozenset[str] | None = None


@dataclass(slots=True)
class _Reach:
    """What governs the next content word: in "did not attend the parade" the verb is negated."""

    negation: bool = False
    plan: bool = False
    possibility: bool = False
    planner: bool = False
    """Whether a "to" still to come makes a plan: "expect the bank to raise rates"."""
    denied_plan: bool = False
    """Whether it then makes a denied one: "does not want to pass it on"."""
    after_no: int = 0
    """1 where the next word, if an auxiliary, makes a verb denied: "no member would be let in"."""
    no: bool = False
    """Whether the negation is "no", which denies a thing and what it does."""
    aside: bool = False
    """Between the commas of "could not, under the circumstances, receive"."""

    def note(self, word: str) -> None:
        """Takes in the word, a cue or not."""
        if self.after_no == 1 and word in word_class("auxiliary"):
            self.negation = True
        self.after_no = max(self.after_no - 1, 0)
        if word not in cue_words() and word != "to" and not word.endswith(("n't", "n’t")):
            return
        if word in word_class("negation") or word.endswith(("n't", "n’t")):
            self.negation, self.no = True, word == "no"
        if word in word_class("limiting"):
            self.negation = False
        if word in word_class("planned") or (word == "to" and self.planner):
            self.negation = self.negation or (self.denied_plan and self.planner)
            self.plan, self.planner, self.denied_plan = True, False, False
        if word in word_class("planner"):
            self.planner = True
        if word in word_class("possible"):
            self.possibility = True
        if word in word_class("boundary"):
            self.end_clause()

    def govern(self, word: str) -> None:
        """The word with content was governed: that is over."""
        self.denied_plan = self.negation and word in word_class("planner")
        self.after_no = 2 if self.negation and self.no else 0  # that word itself is still to be noted
        self.end()

    def end(self) -> None:
        """Nothing governs any more, but for what a subject or a plan began."""
        self.negation = self.plan = self.possibility = False

    def end_clause(self) -> None:
        """So is all that could be governed."""
        self.end()
        self.planner = self.denied_plan = self.aside = False

    def meet_stop(self, stop: str, word: str) -> None:
        """Takes in a stop and the word before it."""
        if stop == "," and self.negation and (self.aside or word in ("not", "never")):
            self.aside = not self.aside
        else:
            self.end_clause()


class _Reader:
    """Collects a Statement while it goes through the tokens of one sentence."""

    def __init__(self, text: str) -> None:
        self.tokens = Tokens(strip_dateline(text))
        self.is_credit = len(text) <= LONGEST_CREDIT and bool(
            find_agencies(dateline=None, byline=None, credits=(text,))
        )
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
                self.reach.meet_stop(match["stop"], self.tokens.word(place - 1))
                place += 1
            elif match["sign"]:
                place += 1
            elif begins_number(self.tokens, place):
                place = self._read_number(place)
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
            is_credit=self.is_credit,
            named_days=found["named_days"],
        )

    def _read_country(self, place: int) -> int:
        """Adds the country that is named or meant from the token on; gives the place after it, else 0."""
        if not begins_country(self.tokens[place]["word"]):
            return 0
        for after in range(place + LONGEST_COUNTRY, place, -1):
            words = [self.tokens[at]["word"] or "" for at in range(place, min(after, len(self.tokens)))]
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
        if not self._govern(term, word) and is_past_form(word) and not capital:
            self.sets["past"].add(term)

    def _govern(self, term: str, word: str) -> bool:
        """Puts the term under the cues before it; whether it is planned or only possible."""
        reach = self.reach
        open_yet = bool(reach.plan or reach.possibility)
        if reach.aside or word in word_class("degree"):
            self.sets["affirmed"].add(term)
            return open_yet
        self.sets["negated" if reach.negation else "affirmed"].add(term)
        if reach.plan:
            self.sets["planned"].add(term)
        reach.govern(word)
        return open_yet

    def _read_number(self, place: int) -> int:
        """Adds the number that begins at the token; gives the place after it."""
        number = read_number(self.tokens, place)
        if number.day:
            self.sets["named_days"].add(number.day)
        if number.figure:
            self.figures.append(number.figure)
        if number.day or number.figure:
            self.terms.append(f"{FIGURE}{number.value:g}")
        return number.after


def read_statement(text: str) -> Statement:
    """The statement of a sentence. Anything is read, in time linear in its length; never raises."""
    return _Reader(text).read()


StatementReader = Callable[[Sequence[str]], list[Statement]]
"""Sentences to the statement of each."""


def read_statements(texts: Sequence[str]) -> list[Statement]:
    """The statement of each sentence."""
    return [read_statement(text) for text in texts]
