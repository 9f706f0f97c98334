"""The figures of a sentence: their value, what they count, and which of them are parts of a date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from flows.text.aggregate.claims.fates import find_fate
from flows.text.aggregate.claims.numerals import LAST_DAY, MONTHS, NUMERALS, SCALES
from flows.text.aggregate.claims.tokens import Tokens
from flows.text.aggregate.claims.words import stem, word_class

FigureKind = Literal["money", "percent", "count", "year", "ordinal"]
FigureShare = Literal["", "more", "part"]

LARGEST = 1e15
"""Figure from which a further "trillion" is not read: it counts nothing."""
MONTH_LETTERS = 3
FATE_REACH = 8
"""Words on either side of a figure among which it is said what became of those counted."""
BRACKET_REACH = 4
"""Tokens between a figure and the brackets that have it in another unit, and inside these beside it."""
FIRST_YEAR, LAST_YEAR = 1000, 2199
YEAR_DIGITS, MINUTE_DIGITS = 4, 2


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as stated. `noun` is the stem that follows: what is counted, where kind is count.

    `at_least`: the sentence says "over", "more than", "at least". `fate`: what became of those counted.
    `share`: "more" where they come on top of others, "another 18", "10 other states"; "part" where they
    are some of those counted, "21 of the girls". `converted`: it gives what stands before it in another
    unit, "770 kilometres (480 miles)".
    """

    value: float
    kind: FigureKind
    noun: str
    text: str
    at_least: bool = False
    fate: str = ""
    share: FigureShare = ""
    converted: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """What begins at a token: a figure, a day ("mar 12"), or neither ("one", a day's year, a time)."""

    value: float
    after: int
    figure: Figure | None = None
    day: str | None = None


def begins_number(tokens: Tokens, place: int) -> bool:
    """Whether a number, in digits or words, begins at the token."""
    return bool(tokens[place]["number"]) or tokens.word(place) in NUMERALS


def read_number(tokens: Tokens, place: int) -> Number:
    """The number that begins at the token."""
    if after_clock := _clock(tokens, place):
        return Number(0.0, after_clock)
    digits = tokens[place]["number"]
    value = float(digits.replace(",", "")) if digits else NUMERALS[tokens.word(place)]
    after = place + 1
    while (scale := SCALES.get(tokens.word(after))) and value < LARGEST:
        value, after = value * scale, after + 1
    if value <= LAST_DAY and (month := _month(tokens, place, after)):
        return Number(value, after, day=f"{month} {value:g}")
    if (value in (0.0, 1.0) and not digits) or _ends_date(tokens, place):
        return Number(value, after)
    return Number(value, after, _figure(tokens, place, after, value))


def _clock(tokens: Tokens, place: int) -> int:
    """The place after a time of day, "2:57pm", "10.30 p.m.": when is no figure; 0 where there is none."""
    after = place + 1
    minutes = tokens.are_joined(place, place + 3) and tokens[after]["stop"] == ":"
    if minutes and len(tokens[after + 1]["number"] or "") == MINUTE_DIGITS:
        return after + 2
    dotted = (tokens.word(after), tokens.word(after + 2)) in (("a", "m"), ("p", "m"))
    return after if tokens[place]["number"] and (tokens.word(after) in ("am", "pm") or dotted) else 0


def _figure(tokens: Tokens, place: int, after: int, value: float) -> Figure:
    kind = _kind(tokens, place, after, value)
    fate = ""
    if kind == "count":
        fate = find_fate(_clause(tokens, place - 1, -1), _clause(tokens, after, 1))
    return Figure(
        value=value,
        kind=kind,
        noun=_next_stem(tokens, after),
        text=tokens.text(place, after),
        at_least=_is_bound(tokens, place),
        fate=fate,
        share=_share(tokens, place, after) if kind == "count" else "",
        converted=_is_converted(tokens, place, after),
    )


def _kind(tokens: Tokens, place: int, after: int, value: float) -> FigureKind:
    first = tokens[place]
    if first["ordinal"]:
        return "ordinal"
    if place and tokens[place - 1]["sign"]:
        return "money"
    if first["percent"] or tokens.word(after) in ("percent", "percentage"):
        return "count" if tokens.word(after + 1) in ("point", "points") else "percent"
    if tokens.word(after) in ("dollars", "euros", "pounds", "yuan", "yen"):
        return "money"
    is_year = _is_year(tokens, place) and after == place + 1 and not _counts(tokens, after)
    return "year" if is_year else "count"


def _is_year(tokens: Tokens, place: int) -> bool:
    digits = tokens[place]["number"] or ""
    return len(digits) == YEAR_DIGITS and digits.isdigit() and FIRST_YEAR <= int(digits) <= LAST_YEAR


def _ends_date(tokens: Tokens, place: int) -> bool:
    """The year of "March 12, 2017", "12 March 2017": with its day it is compared as a day."""
    last = place - 2 if place > 1 and tokens[place - 1]["stop"] == "," else place - 1
    day_last = tokens.is_day(last) and tokens.word(last - 1) in MONTHS
    month_last = tokens.word(last) in MONTHS and tokens.is_day(last - 1)
    return _is_year(tokens, place) and (day_last or month_last)


def _month(tokens: Tokens, place: int, after: int) -> str:
    """The month beside the figure, by its first letters: "March 12", "12 Mar"."""
    beside = (tokens.word(place - 1), tokens.word(after))
    return next((word[:MONTH_LETTERS] for word in beside if word in MONTHS), "")


def _counts(tokens: Tokens, after: int) -> bool:
    """Whether a lower-case plural follows: "2019 people" is a count."""
    word = tokens.word(after)
    return (
        bool(word) and word.endswith("s") and word not in word_class("empty") and not tokens.is_capital(after)
    )


def _is_bound(tokens: Tokens, place: int) -> bool:
    """ "more than 500", "at least $12"; a sign of currency may stand between."""
    before = place - 2 if place and tokens[place - 1]["sign"] else place - 1
    before -= tokens.word(before) == "a"  # "over a dozen"
    word = tokens.word(before)
    return word in word_class("lower_bound") or (word == "than" and tokens.word(before - 1) == "more")


def _share(tokens: Tokens, place: int, after: int) -> FigureShare:
    added = word_class("added")
    more = tokens.word(after) == "more" and tokens.word(after + 1) != "than"
    if more or tokens.word(after) in added or tokens.word(place - 1) in added:
        return "more"
    return "part" if tokens.word(after) == "of" and tokens.word(after + 1) in word_class("whole") else ""


def _is_converted(tokens: Tokens, place: int, after: int) -> bool:
    """Whether the figure stands in short brackets right after another: "30,000 pounds each ($1,688)"."""
    opening = _stop_near(tokens, range(place - 1, place - 1 - BRACKET_REACH, -1), "(")
    closing = _stop_near(tokens, range(after, after + BRACKET_REACH), ")")
    if opening is None or closing is None:
        return False
    before = range(opening - 1, opening - 1 - BRACKET_REACH, -1)
    return any(at >= 0 and begins_number(tokens, at) for at in before)


def _stop_near(tokens: Tokens, places: range, stop: str) -> int | None:
    """The first of the places where the stop stands, if no other stands before it."""
    stops = (at for at in places if 0 <= at < len(tokens) and tokens[at]["stop"])
    found = next(stops, None)
    return found if found is not None and tokens[found]["stop"] == stop else None


def _next_stem(tokens: Tokens, place: int) -> str:
    if (tokens.word(place), tokens.word(place + 1)) == ("year", "old"):
        place += 2  # "a 17-year-old gorilla"
    for at in range(place, min(place + 3, len(tokens))):
        word = tokens.word(at)
        if word and word not in word_class("empty"):
            return stem(word)
        if tokens[at]["stop"]:
            break
    return ""


def _clause(tokens: Tokens, place: int, step: int) -> Iterator[str]:
    """The words from the token on, up to a stop or figure, or back to an "and"; at most FATE_REACH."""
    for word in map(tokens.word, range(place, place + step * FATE_REACH, step)):
        if not word or word in NUMERALS or (step < 0 and word in ("and", "or")):
            return
        yield word
