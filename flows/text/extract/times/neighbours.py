"""What time expressions of a paragraph lend each other: the year, the day, the half of the day.

Works on matches of rules; the rules are in `rules_*`, days are reckoned in `resolve`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from flows.text.extract.times import rules_durations
from flows.text.extract.times.grammar import SETS, Match, Phrase
from flows.text.extract.times.meaning import Fixed, Meaning, PartOfYear, Reading, Shift, Weekday
from flows.text.extract.times.numerals import is_day
from flows.text.extract.times.rules_dates import LEAP_YEAR
from flows.text.extract.times.tokens import Token, word_at
from flows.text.types import Parse

DAY_OF_YEAR = re.compile(r"\d\d-\d\d")
WEEKDAYS = re.compile(r"XXXX-WXX-\d")
LINKS = frozenset(("AND", "TO", "OR", "HYPHEN"))
NAMED_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "CD"))
"""Tags of words that a number before them counts: "on May 5 and 6 others"."""


def add_second_days(tokens: Sequence[Token], matches: Sequence[Match]) -> list[Match]:
    """Adds the second of two days of a month: "from Jan. 3 to 9", "May 5 and 6"."""
    added: list[Match] = []
    for match, following in zip_longest(matches, matches[1:]):
        added.append(match)
        if day := _second_day(tokens, match, following):
            added.append(day)
    return added


def _second_day(tokens: Sequence[Token], match: Match, following: Match | None) -> Match | None:
    meaning, place = match.reading.meaning, match.last + 1
    if place >= len(tokens) or (following is not None and following.first <= place):
        return None
    day, linked = tokens[place], tokens[match.last].class_name in LINKS
    first = tokens[match.last - 1]
    if not linked or day.class_name != "DAY_NUMBER" or first.class_name not in SETS["DAY"]:
        return None
    counted = place + 1 < len(tokens) and tokens[place + 1].tag in NAMED_TAGS
    if counted or not isinstance(meaning, PartOfYear) or not DAY_OF_YEAR.fullmatch(meaning.part):
        return None
    number, after = int(str(day.value)), int(meaning.part[3:])
    if number <= after or not is_day(LEAP_YEAR, int(meaning.part[:2]), number):
        return None
    part = replace(meaning, part=f"{meaning.part[:3]}{number:02}", weekday=None)
    return Match(place, place + 1, Reading("DATE", part))


def share_ends(tokens: Sequence[Token], matches: list[Match]) -> list[Match]:
    """Gives the first of two what only the second has: "from May to August 2019", "1:30 to 4 p.m."."""
    shared = list(matches)
    for place in range(len(matches) - 2, -1, -1):
        first, second = shared[place], shared[place + 1]
        between = tokens[first.last : second.first]
        if len(between) == 1 and between[0].class_name in LINKS:
            reading = _with_set(_with_year(first.reading, second.reading), second.reading)
            if first.reading.timex_type == "SET":
                shared[place + 1] = replace(second, reading=_with_set(second.reading, first.reading))
            if first.last - first.first == 1 and tokens[first.first].class_name == "CLOCK":
                reading = _with_half_day(first.reading, second.reading)
            shared[place] = replace(first, reading=reading)
    return shared


def share_days(tokens: Sequence[Token], matches: list[Match]) -> list[Match]:
    """Gives a bare time the day on the other side of a bracket: "10:45 p.m. (2045 GMT) Friday"."""
    shared = list(matches)
    pairs = [(place, place + 1) for place in range(len(matches) - 1)]
    for place, beside in [(after, before) for before, after in pairs] + pairs[::-1]:
        first, second = sorted((shared[place], shared[beside]), key=lambda match: match.first)
        between = tokens[first.last : second.first]
        bracketed = any(token.class_name == "BRACKET" for token in between) and all(
            token.class_name in ("BRACKET", "COMMA", "ON") for token in between
        )
        day = shared[beside].reading.meaning
        if bracketed and _is_bare_time(shared[place].reading) and _is_one_day(day):
            shared[place] = replace(shared[place], reading=replace(shared[place].reading, meaning=day))
    return shared


def _is_bare_time(reading: Reading) -> bool:
    return reading.timex_type == "TIME" and reading.meaning == Shift("D", 0) and ":" in reading.clock


def _is_one_day(meaning: Meaning) -> bool:
    if isinstance(meaning, PartOfYear):
        return DAY_OF_YEAR.fullmatch(meaning.part) is not None and not meaning.week
    return isinstance(meaning, Weekday)


def count_from_days(parse: Parse, tokens: Sequence[Token], matches: list[Match]) -> list[Match]:
    """Leaves "two days later" a day only where its sentence names the one to count from.

    Elsewhere it counts from what happened, and TimeML has a duration and a signal: "[two days] later".
    """
    counted: list[Match] = []
    sentence, dated = -1, False
    for match in matches:
        number = bisect_right(parse.sentence_starts, word_at(parse, tokens[match.first].start))
        dated, sentence = dated and number == sentence, number
        counted.append(match if dated else _without_later(tokens, match))
        dated = dated or _names_day(match.reading)
    return counted


def _without_later(tokens: Sequence[Token], match: Match) -> Match:
    last = match.last - 1
    if tokens[last].class_name != "LATER" or not isinstance(match.reading.meaning, Shift):
        return match
    length = rules_durations.read_duration(Phrase(tuple(tokens[match.first : last])))
    return replace(match, last=last, reading=length) if length else match


def _names_day(reading: Reading) -> bool:
    """Whether a date is more than PAST_REF."""
    vague = isinstance(reading.meaning, Fixed) and reading.meaning.value.endswith("_REF")
    return reading.timex_type == "DATE" and not vague


def _with_year(first: Reading, second: Reading) -> Reading:
    one, other = first.meaning, second.meaning
    if not isinstance(one, PartOfYear) or not isinstance(other, PartOfYear):
        return first
    if one.year is not None or one.step is not None or not isinstance(other.year, int):
        return first
    # "from November to March 2019" begins in 2018
    before = one.part[:2].isdigit() and other.part[:2].isdigit() and one.part > other.part
    return replace(first, meaning=replace(one, year=other.year - before))


def _with_set(one: Reading, other: Reading) -> Reading:
    """The weekday as often as the other: "every Tuesday and Thursday", "Monday and Tuesday nights"."""
    day, days = one.meaning, other.meaning
    if not isinstance(day, Weekday) or not isinstance(days, Fixed) or not WEEKDAYS.match(days.value):
        return one
    # one day of many weeks has no step: not "last Monday and every Tuesday"
    return one if day.step is not None else Reading("SET", Fixed(f"XXXX-WXX-{day.number}{days.value[10:]}"))


def _with_half_day(first: Reading, second: Reading) -> Reading:
    if second.timex_type != "TIME" or not second.clock[1:3].isdigit():
        return first
    later = f"T{int(first.clock[1:3]) + 12:02}{first.clock[3:]}"
    afternoon = first.clock < "T12" and later <= second.clock
    return replace(second, clock=later if afternoon else first.clock)
