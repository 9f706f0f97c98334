"""A paragraph to the time expressions in it, with what they mean wherever the paragraph stands.

No date is needed here, so the result holds for every article that has the paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from flows.text.extract.times import (
    rules_clock,
    rules_dates,
    rules_durations,
    rules_periods,
    rules_relative,
    rules_sets,
    rules_vague,
    rules_years,
)
from flows.text.extract.times.grammar import Match, Phrase, match_rules
from flows.text.extract.times.meaning import (
    Candidate,
    Fixed,
    Meaning,
    PartOfYear,
    Reading,
    Shift,
    Tense,
    Weekday,
)
from flows.text.extract.times.tense import governing_tense
from flows.text.extract.times.tokens import Token, tokenise
from flows.text.extract.times.vocabulary import load_word_lists
from flows.text.types import Parse

RULES = (
    *rules_periods.RULES,
    *rules_dates.RULES,
    *rules_years.RULES,
    *rules_relative.RULES,
    *rules_clock.RULES,
    *rules_sets.RULES,
    *rules_vague.RULES,
    *rules_durations.RULES,
)
"""In this order where two match the same words."""
DAY_OF_YEAR = re.compile(r"\d\d-\d\d")
WEEKDAYS = re.compile(r"XXXX-WXX-\d")
LINKS = frozenset(("AND", "TO", "OR", "HYPHEN"))
LONGEST_EXPRESSION = 12
"""Words."""
ARTICLES = frozenset(("THE", "A"))
ATTRIBUTES = frozenset(("compound", "amod", "nmod", "nummod", "npadvmod"))
ATTRIBUTES_OF_NOUN = frozenset(("compound", "amod", "nmod", "nummod", "poss"))


def recognise(parse: Parse) -> tuple[Candidate, ...]:
    """The time expressions of a paragraph in order, without overlap; offsets into `parse.text`."""
    tokens = tokenise(parse)
    matches = share_days(tokens, share_ends(tokens, list(match_rules(tokens, RULES))))
    matches = count_from_days(parse, tokens, matches)
    return tuple(_candidate(parse, tokens, match) for match in matches)


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
        bracketed = between and all(token.class_name == "BRACKET" for token in between)
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
        number = bisect_right(parse.sentence_starts, _word_at(parse, tokens[match.first].start))
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


def _candidate(parse: Parse, tokens: Sequence[Token], match: Match) -> Candidate:
    last = tokens[match.last - 1]
    first = match.first
    while first < match.last - 1 and _stands_outside(parse, tokens[first], last):
        first += 1
    start = tokens[first].start
    if isinstance(match.reading.meaning, Fixed):
        return Candidate(start, last.end, match.reading)
    head = _head(parse, start, last.end)
    if parse.deps[head] in ATTRIBUTES_OF_NOUN:
        # "the December attack" is told in any tense; "he will watch Monday's debate"
        tense = (
            governing_tense(parse, head, surely=True) if isinstance(match.reading.meaning, Weekday) else None
        )
    else:
        tense = _tense(parse, head, tokens[match.first - 1].text.lower() if match.first else "")
    return Candidate(start, last.end, match.reading, tense)


def _stands_outside(parse: Parse, token: Token, last: Token) -> bool:
    """Whether a first word belongs to what is around: "the [eight-year] war", "over [ten years]"."""
    if token.class_name == "OVER":
        return parse.deps[_word_at(parse, token.start)] == "prep"
    return token.class_name in ARTICLES and _is_attribute(parse, _head(parse, token.start, last.end))


def _word_at(parse: Parse, offset: int) -> int:
    return max(bisect_right(parse.starts, offset) - 1, 0)


def _head(parse: Parse, start: int, end: int) -> int:
    """The word of the expression that hangs on a word outside of it."""
    word = _word_at(parse, end - 1)
    for _ in range(LONGEST_EXPRESSION):
        head = parse.heads[word]
        if head == word or not start <= parse.starts[head] < end:
            break
        word = head
    return word


def _is_attribute(parse: Parse, word: int) -> bool:
    """Whether a word stands before the noun that it describes."""
    head = parse.heads[word]
    return head > word and parse.deps[word] in ATTRIBUTES and parse.pos[head] in ("NOUN", "PROPN")


def _tense(parse: Parse, word: int, before: str) -> Tense | None:
    if before in load_word_lists()["past_word"]:
        return "past"
    tense = governing_tense(parse, word)
    return "future" if tense != "past" and before in load_word_lists()["future_word"] else tense
