"""Rules over token classes: how a pattern is written, compiled and matched.

A pattern is a regular expression whose letters are token classes: "MONTH DAY_NUMBER (COMMA?
YEAR_NUMBER)?". Each class is one character, so a paragraph's classes are a string, and rules
run on it with `re`. What the rules are is in `rules_*`; words are in `tokens`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flows.text.extract.times.meaning import Fixed, Reading
from flows.text.extract.times.tokens import Token
from flows.text.extract.times.vocabulary import OTHER, OTHER_CHARACTER, class_characters

SETS = {
    "COUNT": ("NUMBER", "DAY_NUMBER", "YEAR_NUMBER"),
    "ANY_UNIT": ("UNIT", "UNITS"),
    "NTH": ("FIRST", "SECOND", "ORDINAL", "DAY_ORDINAL", "FINAL"),
    "DAY": ("DAY_NUMBER", "DAY_ORDINAL"),
    "SPOKEN_DAY": ("FIRST", "SECOND", "ORDINAL"),
    "YEAR": ("YEAR_NUMBER", "SHORT_YEAR"),
    "RELATIVE": ("STEP", "STEP_REFERENCE", "LATEST", "PAST", "CURRENT"),
    "NAMED_PART": ("MONTH", "SEASON", "HOLIDAY"),
    "WITHIN": ("EARLY", "EARLIER", "LATER"),
    "PART_OF_DAY": ("DAYPART", "HOUR_NAME", "DAYPART_ALONE"),
}
"""Names for any one of several classes."""
_WEAK = """
    THE THESE A ANOTHER OF IN ON AT TO FOR AND OR PER MORE ALL LONG OLD COMMA HYPHEN POSSESSIVE BRACKET
    APPROXIMATELY OVER VAGUE COUPLE HALF FRACTION NUMBER NUMBER_RANGE DAY_NUMBER OR_SO
    FIRST SECOND ORDINAL FINAL EDGE PERIOD PERIOD_ADJECTIVE COMPARABLE STEP STEP_REFERENCE BEFORE
    ENDED AHEAD EVERY TIMES LABEL FROM
"""
WEAK = frozenset(_WEAK.split())
"""Classes that are no time expression without one of another class beside them."""


RUN = re.compile(f"[^{re.escape(OTHER_CHARACTER)}]+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The tokens that a pattern matched, looked up by class or by a set of classes."""

    tokens: tuple[Token, ...]
    before: Token | None = None
    after: Token | None = None
    second_after: Token | None = None

    def find(self, name: str) -> Token | None:
        """The first token of a class."""
        return next(iter(self.find_all(name)), None)

    def find_all(self, name: str) -> list[Token]:
        """All tokens of a class."""
        classes = SETS.get(name, (name,))
        return [token for token in self.tokens if token.class_name in classes]

    def value(self, name: str) -> str:
        """The value of the first token of a class that the pattern demands, as a string."""
        return str(self.find_all(name)[0].value)

    def follows(self, words: Container[str]) -> bool:
        """Whether the word before the phrase, lower case, is one of these."""
        return self.before is not None and self.before.text.lower() in words

    def is_before(self, words: Container[str]) -> bool:
        """Whether the word after the phrase, lower case, is one of these."""
        return self.after is not None and self.after.text.lower() in words

    def precedes(self, *names: str) -> bool:
        """Whether the token after the phrase is of one of these classes."""
        return self.after is not None and self.after.class_name in names

    def is_in_name(self, token: Token) -> bool:
        """Whether a token has a capital in a sentence: "60 Minutes", "NBC's Today show", "USA TODAY"."""
        place = self.tokens.index(token)
        previous = self.tokens[place - 1] if place else self.before
        if previous is None:
            return False
        if token.text.isupper() and len(token.text) > 1:
            # Not where all is in capitals.
            return previous.text.isupper() and not (self.after and self.after.text.isupper())
        return token.text.istitle() and (previous.text[0].isalnum() or previous.text[1:] == "s")

    def number(self, name: str) -> int | None:
        """The value of the first token of a class where it is a whole number."""
        token = self.find(name)
        return token.value if token is not None and isinstance(token.value, int) else None


REFUSED = Reading("DATE", Fixed(""))
"""What a reader gives for words that look like a time and are none, as "February 30": they are left out."""

Reader = Callable[[Phrase], Reading | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and the function that reads what it matched; None means that it is no time."""

    pattern: re.Pattern[str]
    read: Reader


@dataclass(frozen=True, slots=True)
class Match:
    """A reading of tokens[first:last]."""

    first: int
    last: int
    reading: Reading


def compile_rules(table: Sequence[tuple[Reader, Sequence[str]]]) -> tuple[Rule, ...]:
    """Rules from (reader, patterns) pairs."""
    return tuple(Rule(compile_pattern(pattern), read) for read, patterns in table for pattern in patterns)


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """The pattern with each class name as its character; raises KeyError for an unknown name."""
    return re.compile(re.sub(r"[A-Z_]+", lambda name: _characters(name.group()), pattern).replace(" ", ""))


def _characters(name: str) -> str:
    characters = class_characters()
    members = SETS.get(name, (name,))
    return "[" + "".join(characters[member] for member in members) + "]"


def match_rules(tokens: Sequence[Token], rules: Sequence[Rule]) -> Iterator[Match]:
    """Readings from left to right, the longest at each place; they do not overlap."""
    characters = class_characters()
    classes = "".join(characters[token.class_name] for token in tokens)
    strong = _strong_classes()
    for run in RUN.finditer(classes):
        position = run.start() if strong.search(run.group()) else run.end()
        while position < run.end():
            found = _longest(tokens, classes, position, rules)
            if found is not None and found.reading is not REFUSED:
                yield found
            position = found.last if found is not None else position + 1


def _longest(tokens: Sequence[Token], classes: str, position: int, rules: Sequence[Rule]) -> Match | None:
    spans = [(match.end(), rule) for rule in rules if (match := rule.pattern.match(classes, position))]
    for end, rule in sorted(spans, key=lambda span: -span[0]):
        if end > position and (reading := rule.read(_phrase(tokens, position, end))):
            return Match(position, end, reading)
    return None


def _phrase(tokens: Sequence[Token], first: int, last: int) -> Phrase:
    before = tokens[first - 1] if first else None
    after, second = (*tokens[last : last + 2], None, None)[:2]
    return Phrase(tuple(tokens[first:last]), before, after, second)


@lru_cache(maxsize=1)
def _strong_classes() -> re.Pattern[str]:
    strong = (char for name, char in class_characters().items() if name not in WEAK and name != OTHER)
    return re.compile("[" + "".join(strong) + "]")
