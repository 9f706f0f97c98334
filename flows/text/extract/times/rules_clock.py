"""Rules for times of day: "5 p.m. EST Friday", "Tuesday evening", "noon", "overnight"."""

from __future__ import annotations

import re
from dataclasses import replace

from flows.text.extract.times.grammar import REFUSED, Phrase, Rule, compile_rules
from flows.text.extract.times.meaning import Reading, Shift, Weekday
from flows.text.extract.times.numerals import clock_value
from flows.text.extract.times.rules_dates import (
    EARLY,
    NAME_LABELS,
    YEARISH,
    anchor_of,
    read_calendar_day,
    read_month_day,
    read_weekday,
    step_of,
)
from flows.text.extract.times.vocabulary import load_word_lists

NOON = 12
HHMM = re.compile(r"[0-2]\d[0-5]\d", re.ASCII)
MERIDIEM_OF_PART = {"MO": "am", "AF": "pm", "EV": "pm", "NI": "pm"}
HOUR = "(DAY_NUMBER | NUMBER)"
IN_THE_PART = "(IN THE DAYPART)"
CLOCK = (
    f"({HOUR} OCLOCK {IN_THE_PART}? | {HOUR} MERIDIEM | CLOCK (MERIDIEM | {IN_THE_PART})?"
    " | DAY_NUMBER? HOUR_NAME)"
)
DAY = f"(STEP | STEP_REFERENCE)? WEEKDAY (COMMA? MONTH DAY {YEARISH}?)? | MONTH DAY {YEARISH}?"
DATE = f"(DEICTIC DAYPART? | ({DAY}) DAYPART? | CALENDAR_DAY | STEP DAYPART | TONIGHT)"


def day_of(phrase: Phrase) -> Reading | None:
    """The day that a time of day belongs to; without a word for it the day of writing."""
    if phrase.find("CALENDAR_DAY"):
        return read_calendar_day(phrase)
    if phrase.find("MONTH"):
        return read_month_day(phrase)
    if phrase.find("WEEKDAY"):
        # "Fri" beside a clock is a day, though it is none alone
        return read_weekday(phrase) or Reading("DATE", Weekday(phrase.number("WEEKDAY") or 1))
    if token := phrase.find("DEICTIC") or phrase.find("TONIGHT") or phrase.find("STEP"):
        return Reading("DATE", Shift("D", step_of(token)))
    return None


def read_clock(phrase: Phrase) -> Reading | None:
    """5 p.m.; 17:30; noon Friday; 5 p.m. EST, Nov. 6."""
    clock = clock_of(phrase)
    if clock is None or (len(phrase.tokens) == 1 and not _says_when(phrase)):
        return None
    return _at(day_of(phrase) or Reading("TIME", Shift("D", 0)), clock)


def _at(day: Reading, clock: str) -> Reading:
    """The time of a day; none on a day that does not exist."""
    return day if day is REFUSED else replace(day, timex_type="TIME", clock=clock)


def _says_when(phrase: Phrase) -> bool:
    """Whether a word before bare digits makes them a time: "at 5:30", not "won 3:2"."""
    token = phrase.tokens[0]
    return not token.text[-1].isdigit() or phrase.follows(load_word_lists()["clock_word"])


def clock_of(phrase: Phrase) -> str | None:
    """TIMEX3's time of day, "T17:30", or None where the clock has no such hour."""
    if token := phrase.find("HOUR_NAME"):
        return str(token.value)
    meridiem = meridiem_of(phrase)
    if token := phrase.find("CLOCK"):
        # the value of "5:30" is "T05:30", and "T17:30" that of "5:30pm"
        value = str(token.value)
        half_day = meridiem if token.text[-1].isdigit() and int(value[1:3]) <= NOON else None
        return clock_value(int(value[1:3]), int(value[4:6]), half_day)
    if HHMM.fullmatch(digits := phrase.tokens[0].text):
        # "0800 GMT"
        return clock_value(int(digits[:2]), int(digits[2:]), None)
    mark = phrase.find("MERIDIEM") or phrase.find("OCLOCK")
    # "10 this morning" has the hour in front
    hour = phrase.tokens[phrase.tokens.index(mark) - 1 if mark else 0].value
    return clock_value(hour, None, meridiem) if isinstance(hour, int) else None


def meridiem_of(phrase: Phrase) -> str | None:
    """The half of the day: "am" or "pm", also in "11:30 Tuesday night"; None where nothing says it."""
    if token := phrase.find("MERIDIEM"):
        return str(token.value)
    if phrase.find("TONIGHT"):
        return "pm"
    part = phrase.find("DAYPART")
    return MERIDIEM_OF_PART.get(str(part.value)) if part else None


def read_part_of_day(phrase: Phrase) -> Reading | None:
    """This morning; Friday night; late yesterday afternoon; the morning of July 5; mid-afternoon."""
    part = phrase.find_all("PART_OF_DAY")[0]
    clock = str(part.value) if part.class_name == "HOUR_NAME" else f"T{part.value}"
    step = phrase.find("RELATIVE")
    # "the next morning" is told of the past
    told = step is not None and step.value == 1 and phrase.tokens[0].class_name == "THE"
    if told and not phrase.find("WEEKDAY"):
        return Reading("TIME", Shift("D", 1, "reference"), clock)
    if day := day_of(phrase):
        return _at(day, clock)
    if step is None:
        return Reading("TIME", Shift("D", 0, "context" if phrase.find("THE") else "publication"), clock)
    return Reading("TIME", Shift("D", step_of(step), anchor_of(step)), clock)


def read_tonight(phrase: Phrase) -> Reading | None:
    """Tonight; not a broadcast of that name."""
    if phrase.find_all("TONIGHT")[0].label in NAME_LABELS:
        return None
    return Reading("TIME", Shift("D", 0), "TNI")


RULES: tuple[Rule, ...] = compile_rules(
    (
        (
            read_clock,
            [
                f"{CLOCK} ZONE? (COMMA? ON? {DATE})?",
                f"{DATE} COMMA? (AT APPROXIMATELY?)? {CLOCK} ZONE?",
                f"(YEAR_NUMBER | FOUR_DIGITS) ZONE (COMMA? ON? {DATE})?",
                f"{HOUR} (STEP DAYPART | DEICTIC DAYPART | TONIGHT)",
            ],
        ),
        (
            read_part_of_day,
            [
                "THE STEP DAYPART",
                f"{EARLY} THE? EARLY? (DEICTIC | (STEP | STEP_REFERENCE)? WEEKDAY | STEP | STEP_REFERENCE)"
                " DAYPART UNITS?",
                f"{EARLY} THE (EARLY HYPHEN?)? DAYPART UNITS? (OF {DATE})?",
                f"EARLY HYPHEN? DAYPART (COMMA? ON? {DATE})?",
                f"DAYPART_ALONE (ON? {DATE})?",
                "MONTH DAY COMMA? DAYPART",
            ],
        ),
        (read_tonight, [f"{EARLY} TONIGHT"]),
    )
)
