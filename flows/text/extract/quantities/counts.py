"""Counts: "3,000 Syrian refugees", "dozens of people", "a four-person team", "rose to 85,000".

What looks like a count and is none is left out here: years, ages, numbers of sections and flights, scores.
"""

from __future__ import annotations

from flows.text.extract.quantities.nouns import (
    counted_noun,
    is_countable,
    is_plural,
    noun_after_of,
    phrase,
    unit_of,
)
from flows.text.extract.quantities.place import Meaning, Place, plain_meaning
from flows.text.extract.quantities.vocabulary import words_of
from flows.text.types import Parse

SMALLEST_LONE_NUMBER = 10
"""A number without any noun needs at least this value: "rose to 85,000", "wins 24", not "beats her 2"."""
EMERGENCY_NUMBERS = frozenset((112, 911, 999))
"""Numbers that are called and not counted: "he called 911"."""
OLDEST_AGE = 120
"""Years: ", 44," is an age, ", 440," is not."""
_LONE_AFTER = frozenset(("with", "to", "from", "than", "of"))
_AGE_BEFORE = frozenset(
    ("under", "over", "above", "below", "age", "aged", "ages", "turn", "turns", "turned", "turning")
)
_DETERMINERS = ("DT", "PRP$", "PDT")


def read_count(place: Place) -> Meaning | None:
    """A count with its noun, or a number large or certain enough to stand alone."""
    amount = place.amount
    if amount.value < 0 or place.is_name() or place.rest[:1].isalpha():
        return None
    if place.rest[:1] in ("-", "–"):
        return _read_hyphenated(place)
    if amount.numeral.vague or place.word(place.after) == "of":
        noun = noun_after_of(place.parse, place.after)
        if noun is not None:
            return _read_of_these(place, noun)
    if amount.numeral.in_words and amount.value == 1:
        return _read_single(place)
    noun = counted_noun(place.parse, place.first, place.after)
    if noun is None:
        return _read_lone(place)
    return _read_counted(place, noun) if _counts(place, noun) else _read_attributive(place)


def _counts(place: Place, noun: int) -> bool:
    return is_many(place.parse, noun) and place.amount.value != 1


def is_many(parse: Parse, noun: int) -> bool:
    """Whether the noun is a plural, or one that is counted in the singular: "40 aircraft"."""
    return is_plural(parse, noun) or unit_of(parse, noun) in words_of("collective_nouns")


def _read_counted(place: Place, noun: int) -> Meaning | None:
    parse = place.parse
    if not is_countable(parse, noun) or place.is_year():
        return None
    found = plain_meaning(place, 0, "count", unit_of(parse, noun)).until(parse.end(noun))
    return found.of(phrase(parse, noun, place.after)) if noun > place.after else found


def _read_attributive(place: Place) -> Meaning | None:
    """ "the 1.6 million member union", "a 120 room hotel": the noun counted stands in the singular."""
    parse, noun = place.parse, place.after
    attributive = (
        place.tag(noun) == "NN" and place.tag(noun + 1)[:2] == "NN" and not place.amount.numeral.in_words
    )
    if not attributive or place.amount.value == 1 or place.is_year() or not is_countable(parse, noun):
        return None
    return plain_meaning(place, 0, "count", unit_of(parse, noun)).until(parse.end(noun))


def _read_of_these(place: Place, noun: int) -> Meaning | None:
    """ "dozens of people", "three of his aides"; "one of the best" counts nothing."""
    parse, amount = place.parse, place.amount
    one = amount.value == 1 and not amount.approximate
    if one or not is_many(parse, noun) or not is_countable(parse, noun) or place.is_year():
        return None
    found = plain_meaning(place, 0, "count", unit_of(parse, noun))
    found = found.until(parse.end(noun)) if amount.numeral.vague else found
    item = phrase(parse, noun, place.after + 1)
    return found.of(item if item and " " in item else None)


def _read_single(place: Place) -> Meaning | None:
    """ "one person was killed"; not "one another", "no one", "one thing"."""
    parse, noun = place.parse, place.after
    if (
        place.tag(place.first) != "CD"
        or place.tag(noun) != "NN"
        or place.tag(place.first - 1) in _DETERMINERS
    ):
        return None
    if parse.words[noun].lower() in words_of("one_idioms") or not is_countable(parse, noun):
        return None
    return plain_meaning(place, 0, "count", unit_of(parse, noun)).until(parse.end(noun))


def _read_hyphenated(place: Place) -> Meaning | None:
    """ "a four-person team" counts people; "two-sided" and "20-year-old" count nothing."""
    parse, noun = place.parse, place.after + 1
    if place.tag(noun)[:2] != "NN" or place.amount.value <= 1 or place.is_year():
        return None
    word = parse.words[noun]
    attached = parse.starts[noun] == place.amount.end + 1 and place.word(noun + 1) not in ("-", "–")
    if not attached or not word.isalpha() or word[0].isupper() or not is_countable(parse, noun):
        return None
    return plain_meaning(place, 0, "count", unit_of(parse, noun)).until(parse.end(noun))


def _read_lone(place: Place) -> Meaning | None:
    """A number without a noun: "rose to 85,000", "at least 24", "two were killed"."""
    amount = place.amount
    if place.is_year() or amount.value_max is not None or amount.value != int(amount.value):
        return None
    if place.tag(place.first - 1) in _DETERMINERS or _is_capital_name(place) or _is_age(place):
        return None
    usable = amount.value not in EMERGENCY_NUMBERS and _says_how_many(place)
    return plain_meaning(place, 0, "count", None) if usable else None


def _says_how_many(place: Place) -> bool:
    amount, role = place.amount, place.parse.deps[place.after - 1]
    if amount.numeral.scale >= 100 or (amount.numeral.grouped and amount.value >= 1000):
        return True
    before = place.word(place.first - 1)
    # "a father of three", "she chose four": small numbers only as words
    said = role == "dobj" or (role == "pobj" and before == "of")
    small = role in ("nsubj", "nsubjpass") or (said and amount.numeral.in_words)
    if small or place.word(place.after) in words_of("casualty_words"):
        return amount.value > 1
    bounded = amount.approximate and not amount.numeral.vague
    compared = role == "pobj" and before in _LONE_AFTER
    return (bounded or said or compared or role == "attr") and amount.value >= SMALLEST_LONE_NUMBER


def _is_capital_name(place: Place) -> bool:
    """ "aboard Millions No. 18": a number word with a capital inside a sentence of small letters."""
    inside = place.first not in place.parse.sentence_starts
    capital = place.parse.words[place.first][0].isupper() and not place.is_shouted()
    return place.amount.numeral.in_words and inside and capital


def _is_age(place: Place) -> bool:
    """ "voters under 30", "aged 44", "turns 70", "Ana Ruiz, 44,"."""
    amount, before = place.amount, place.word(place.first - 1)
    if amount.numeral.grouped or amount.value >= OLDEST_AGE:
        return False
    closed = place.word(place.after) in (",", ".", ")", ";")
    return before in _AGE_BEFORE or (before in (",", "(") and closed)
