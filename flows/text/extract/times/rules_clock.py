"""Rules for times of day: "5 p.m. EST Friday", "Tuesday evening", "noon", "overnight"."""

from __future__ import annotations

import re
from dataclasses import replace

from flows.text.extract.times.grammar import REFUSED, Phrase, Rule, compile_rules
from flows.text.extract.times.meaning import Fixed, Reading, Shift, Weekday
from flows.text.extract.times.numerals import clock_value
from flows.text.extract.times.rules_dates import (
    EARLY,
    NAME_LABELS,
    YEARISH,
    anchor_of,
    read_calendar_day,
    read_holiday,
    read_month_day,
    read_weekday,
    step_of,
)
from flows.text.extract.times.vocabulary import OTHER, load_word_lists

NOON = 12
UNKNOWN_DAY = "XXXX-XX-XX"
HHMM = re.compile(r"[0-2]\d[0-5]\d", re.ASCII)
MERIDIEM_OF_PART = {"MO": "am", "AF": "pm", "EV": "pm", "NI": "pm"}
HOUR = "(DAY_NUMBER | NUMBER)"
IN_THE_PART = "(IN THE DAYPART)"
CLOCK = (
    f"({HOUR} OCLOCK {IN_THE_PART}? | {HOUR} MERIDIEM | CLOCK (MERIDIEM | {IN_THE_PART})?"
    " | DAY_NUMBER? HOUR_NAME)"
)
DAY = (
    f"HOLIDAY YEAR? | (STEP | STEP_REFERENCE)? WEEKDAY (COMMA? MONTH DAY {YEARISH}?)? | MONTH DAY {YEARISH}?"
)
DATE = f"(DEICTIC DAYPART? | ({DAY}) DAYPART? | CALENDAR_DAY | STEP DAYPART | TONIGHT)"


def day_of(phrase: Phrase) -> Reading | None:
    """The day that a time of day belongs to; without a word for it the day of writing."""
    if phrase.find("CALENDAR_DAY"):
        return read_calendar_day(phrase)
    if phrase.find("MONTH"):
        return read_month_day(phrase)
    if phrase.find("HOLIDAY"):
        return read_holiday(phrase)
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


def read_worded_clock(phrase: Phrase) -> Reading | None:
    """Ten thirty this morning; nine-thirty p.m."""
    words = [token for token in phrase.tokens if token.class_name in ("YEAR_NUMBER", "NUMBER")]
    numbers = [token.value for token in words if isinstance(token.value, int) and token.text[0].isalpha()]
    # "ten thirty" is read as the number 1030
    hour, minute = divmod(numbers[0], 100) if len(numbers) == 1 else numbers[:2] or (0, 0)
    clock = clock_value(hour, minute, meridiem_of(phrase)) if hour else None
    return _at(day_of(phrase) or Reading("TIME", Shift("D", 0)), clock) if clock else None


def read_spoken_clock(phrase: Phrase) -> Reading | None:
    """(At) half past nine; a quarter to five; ten minutes to three; eleven in the morning."""
    hour = phrase.find_all("COUNT")[-1].value
    if not isinstance(hour, int) or phrase.precedes("UNIT", "UNITS"):
        return None
    if phrase.find("DAYPART"):
        clock = clock_value(hour, None, meridiem_of(phrase))
    else:
        minutes = _minutes_of(phrase)
        if minutes is None or not 1 <= hour <= NOON:
            return None
        clock = clock_value(hour, minutes, None) if phrase.find("PAST") or phrase.find("BEFORE") else None
        clock = clock or clock_value((hour - 2) % NOON + 1, 60 - minutes, None)
    said = phrase.follows(load_word_lists()["clock_word"])
    return Reading("TIME", Shift("D", 0), clock) if clock and said else None


def _minutes_of(phrase: Phrase) -> int | None:
    if phrase.find("HALF"):
        return 30
    unit, count = phrase.find_all("ANY_UNIT")[0].value, phrase.find_all("COUNT")[0].value
    if unit == "Q":
        return 15
    return count if unit == "TM" and isinstance(count, int) and 0 < count < 60 else None


def read_part_before(phrase: Phrase) -> Reading | None:
    """The night before; the morning after."""
    if phrase.after is not None and phrase.after.text[0].isalnum() and not phrase.precedes("AND", "IN"):
        return None
    step = 1 if phrase.find_all("BEFORE")[0].text.lower() == "after" else -1
    return Reading("TIME", Shift("D", step, "reference"), f"T{phrase.value('DAYPART')}")


def _is_told_by_clause(phrase: Phrase) -> bool:
    """Whether what follows says which: "the night he won", "the night before the parade"."""
    if len(phrase.tokens) != 2 or phrase.tokens[0].class_name != "THE" or phrase.after is None:
        return False
    named = phrase.after.class_name == OTHER and phrase.after.tag in ("PRP", "NNP", "WRB")
    goes_on = named or phrase.precedes("OF", "BEFORE")
    return goes_on and not phrase.follows(("in", "during", "throughout", "for"))


def read_part_of_day(phrase: Phrase) -> Reading | None:
    """This morning; Friday night; late yesterday afternoon; the morning of July 5; mid-afternoon."""
    part = phrase.find_all("PART_OF_DAY")[0]
    if phrase.is_in_name(part) and not phrase.find("WEEKDAY") and not phrase.find("HOLIDAY"):
        # "CBS This Morning"
        return None
    clock = str(part.value) if part.class_name == "HOUR_NAME" else f"T{part.value}"
    step = phrase.find("RELATIVE")
    if _is_told_by_clause(phrase):
        return Reading("TIME", Fixed(UNKNOWN_DAY), clock)
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
    token = phrase.find_all("TONIGHT")[0]
    if token.label in NAME_LABELS or phrase.is_in_name(token):
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
            read_worded_clock,
            [
                "(YEAR_NUMBER | NUMBER HYPHEN? NUMBER)"
                f" (MERIDIEM ZONE? (COMMA? ON? {DATE})? | (STEP | DEICTIC) DAYPART | {IN_THE_PART} | TONIGHT)"
            ],
        ),
        (
            read_spoken_clock,
            [
                "(A? UNIT | HALF | COUNT UNITS) (PAST | BEFORE | TO) COUNT OCLOCK?",
                f"COUNT {IN_THE_PART}",
            ],
        ),
        (read_part_before, ["THE DAYPART BEFORE"]),
        (
            read_part_of_day,
            [
                "THE STEP DAYPART",
                f"{EARLY} THE? EARLY? (DEICTIC | (STEP | STEP_REFERENCE)? WEEKDAY | STEP | STEP_REFERENCE"
                " | HOLIDAY) DAYPART UNITS?",
                f"{EARLY} THE (EARLY HYPHEN?)? DAYPART UNITS? (OF {DATE})?",
                f"EARLY HYPHEN? DAYPART (COMMA? ON? {DATE})?",
                f"DAYPART_ALONE (ON? {DATE})?",
                "MONTH DAY COMMA? DAYPART",
            ],
        ),
        (read_tonight, [f"{EARLY} TONIGHT"]),
    )
)
