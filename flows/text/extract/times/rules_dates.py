"""Rules for calendar dates: days, months, weekdays, holidays.

Years, decades and centuries are in `rules_years`, quarters and seasons in `rules_periods`; what is
counted from today ("last week") is in `rules_relative`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from flows.text.extract.times.grammar import REFUSED, Phrase, Rule, compile_rules
from flows.text.extract.times.meaning import Anchor, DayOfMonth, Fixed, PartOfYear, Reading, Shift, Weekday
from flows.text.extract.times.numerals import is_day
from flows.text.extract.times.tokens import Token
from flows.text.extract.times.vocabulary import OTHER, load_word_lists

SHORT_WEEKDAY = re.compile(r"[A-Z][a-z]{2,4}\.?")
LEAP_YEAR = 2000
"""Any leap year: February 29 without a year is a day."""
NAME_LABELS = frozenset(("PERSON", "ORG", "PRODUCT", "WORK_OF_ART", "FAC", "LAW", "GPE"))
"""Entities whose names hold words of time without meaning one: "April Jones", "Windows 2000"."""
FREE = frozenset(("IN", "CC", "RB", "WDT", "VBD", "MD", "PRP", "DT", "TO"))
"""Tags of a word after "on the 11th" that is no part of it."""
EARLY = (
    "((THE? WITHIN HYPHEN? (IN THE?)?) | THE? EDGE OF | THE UNIT OF"
    " | THE (NTH | STEP) (UNIT | UNITS) OF | THE? WITHIN (UNIT | UNITS) OF)?"
)
"""What places a time within a longer one: "early in", "mid-", "the end of"."""
YEARISH = (
    "(COMMA? OF? FISCAL? YEAR | OF? FISCAL_YEAR | COMMA? OF? THE? RELATIVE UNIT"
    " | COMMA? A UNIT (AGO | EARLIER) | COMMA? OF THE UNIT)"
)
"""The year of a part of it: ", 1998", "of fiscal 1998", "last year", "a year ago"."""


def step_of(token: Token) -> int:
    """-1 for last, 0 for this, 1 for next."""
    return token.value if isinstance(token.value, int) else -1


def anchor_of(token: Token) -> Anchor:
    """What a word counts from: "next" from the day of writing, "following" from what was spoken of."""
    if token.class_name == "STEP_REFERENCE" and token.value == -1:
        # "the prior year" in a report that spoke of none is the one before its own
        return "context"
    return "reference" if token.class_name in ("STEP_REFERENCE", "EARLIER", "LATER") else "publication"


def year_of(phrase: Phrase) -> int | Shift | None:
    """The year that a phrase names: 1998, last year, a year ago."""
    if (number := phrase.number("YEAR") or phrase.number("FISCAL_YEAR")) is not None:
        return number
    if not any(unit.value == "Y" for unit in phrase.find_all("UNIT")):
        return None
    if phrase.find("AGO") or phrase.find("EARLIER"):
        return Shift("Y", -1, "publication" if phrase.find("AGO") else "context")
    if step := phrase.find("RELATIVE"):
        return Shift("Y", step_of(step), anchor_of(step))
    return Shift("Y", 0, "context")


def read_calendar_day(phrase: Phrase) -> Reading | None:
    """2019-05-03, 5/3/2019."""
    return Reading("DATE", Fixed(phrase.value("CALENDAR_DAY")))


def read_month_day(phrase: Phrase) -> Reading | None:
    """July 26; Friday, July 26, 2019; the 26th of July last year; May the fifth."""
    month, day, year = phrase.number("MONTH"), _day_by_month(phrase), year_of(phrase)
    if phrase.find("SPOKEN_DAY") and phrase.precedes("HYPHEN"):
        # "in May first-time buyers"
        return None
    numeric = year if isinstance(year, int) else LEAP_YEAR
    if month is None or day is None or not is_day(numeric, month, day):
        return REFUSED
    first = phrase.tokens[0]
    if first.class_name == "STEP":
        # "next June 30"; in "this May 18, 2017, photo" the word belongs to the photo
        return (
            Reading("DATE", PartOfYear(f"{month:02}-{day:02}", step=step_of(first))) if first.value else None
        )
    part = f"{month:02}-{day:02}"
    famous = part == "09-11" and phrase.is_before(load_word_lists()["attack_word"])
    return Reading(
        "DATE",
        PartOfYear(part, year, weekday=phrase.number("WEEKDAY"), famous_year=2001 if famous else None),
    )


def read_week_of_day(phrase: Phrase) -> Reading | None:
    """The week of March 6."""
    day = read_month_day(phrase)
    if phrase.value("UNIT") != "W" or day is None or not isinstance(day.meaning, PartOfYear):
        return None
    return Reading("DATE", replace(day.meaning, week=True))


def _day_by_month(phrase: Phrase) -> int | None:
    """The day's number next to the month: in "5 p.m. Nov. 9" the 5 is none."""
    month = phrase.find_all("MONTH")[0]
    found = phrase.find_all("DAY") or phrase.find_all("SPOKEN_DAY")
    days = [token for token in found if isinstance(token.value, int)]
    nearest = min(days, key=lambda token: abs(token.start - month.end), default=None)
    return int(str(nearest.value)) if nearest else None


def read_day_range(phrase: Phrase) -> Reading | None:
    """July 5-7, 2019; Jan. 5 and 6, 2020: one expression, its value an ISO 8601 interval."""
    month, year = phrase.number("MONTH"), year_of(phrase)
    ends = phrase.find("NUMBER_RANGE")
    days = ends.value if ends else tuple(int(str(token.value)) for token in phrase.find_all("DAY"))
    if month is None or not isinstance(days, tuple):
        return None
    first, last = days
    if first >= last or not all(
        is_day(year if isinstance(year, int) else LEAP_YEAR, month, day) for day in days
    ):
        return REFUSED
    return Reading("DATE", PartOfYear(f"{month:02}-{first:02}/{month:02}-{last:02}", year))


def read_month(phrase: Phrase) -> Reading | None:
    """August; early August; last August; August 1988; August of last year."""
    token = phrase.find_all("MONTH")[0]
    if token.label in NAME_LABELS or token.tag in ("MD", "VB", "VBP"):
        return None
    name = token.text.lower().rstrip(".")
    if len(phrase.tokens) == 1 and name in load_word_lists()["ambiguous_month"] and not _says_month(phrase):
        return None
    step = next((token for token in phrase.tokens[:2] if token.class_name in ("STEP", "PAST")), None)
    if step is not None and phrase.after is not None and phrase.after.class_name == "DAY_NUMBER":
        # "in this May 18, 2017, file photo"
        return None
    year = year_of(phrase)
    return Reading(
        "DATE", PartOfYear(f"{token.value:02}", year, step=step_of(step) if step and year is None else None)
    )


def _says_month(phrase: Phrase) -> bool:
    """Whether the words around an ambiguous name make it a month: "in May", "Jan-Feb", "the April vote"."""
    if phrase.follows(load_word_lists()["month_word"]) or phrase.precedes("HYPHEN", "TO"):
        return True
    before, after = phrase.before, phrase.after
    # not "Theresa May tours"
    named = before is not None and before.text[0].isupper() and before.class_name != "THE"
    return not named and after is not None and after.text.islower() and after.tag in ("NN", "NNS")


def read_day_of_month(phrase: Phrase) -> Reading | None:
    """(On) the 11th; not "on the 11th floor"."""
    number, after = phrase.number("DAY_ORDINAL"), phrase.after
    named = after is not None and (after.text[0].isalnum() or after.text == "-") and after.tag not in FREE
    if number is None or number > 31 or named or not phrase.follows(load_word_lists()["day_word"]):
        return None
    return Reading("DATE", DayOfMonth(number))


def read_weekday_and_day(phrase: Phrase) -> Reading | None:
    """Tuesday 18th; Friday the 13th."""
    number = phrase.number("DAY_ORDINAL")
    return Reading("DATE", DayOfMonth(number)) if number is not None and number <= 31 else None


def read_weekday(phrase: Phrase) -> Reading | None:
    """Friday; last Friday; the following Friday; late Friday."""
    token = phrase.find_all("WEEKDAY")[0]
    named = len(phrase.tokens) == 1 and token.label in NAME_LABELS
    named = named or _names_a_paper(phrase)
    # "the Sun", "Fri" are weekdays only with a date or a clock beside them
    if named or SHORT_WEEKDAY.fullmatch(token.text):
        return None
    number, steps = int(str(token.value)), phrase.find_all("RELATIVE")
    if not steps:
        return Reading("DATE", Weekday(number))
    if len(steps) > 1 and steps[0].text.lower() != "this":
        return None
    return Reading("DATE", Weekday(number, step_of(steps[-1]), anchor_of(steps[-1])))


def _names_a_paper(phrase: Phrase) -> bool:
    """Whether the day is part of a name: "the Sunday Times"."""
    before = phrase.before if len(phrase.tokens) == 1 else phrase.tokens[0]
    if before is None or before.class_name != "THE" or len(phrase.tokens) > 2 or phrase.after is None:
        return False
    return phrase.after.class_name in (OTHER, "TIMES") and phrase.after.tag in ("NNP", "NNPS")


def read_weekday_of_week(phrase: Phrase) -> Reading | None:
    """Friday last week; Monday of next week."""
    step, unit = phrase.find_all("RELATIVE")[0], phrase.value("UNIT")
    if unit != "W":
        return None
    return Reading("DATE", Weekday(phrase.number("WEEKDAY") or 1, step_of(step), "week"))


def read_day_by_holiday(phrase: Phrase) -> Reading | None:
    """The day after Thanksgiving; the day before Easter 2020."""
    holiday = read_holiday(phrase)
    if phrase.value("UNIT") != "D" or holiday is None or not isinstance(holiday.meaning, PartOfYear):
        return None
    step = 1 if phrase.find_all("BEFORE")[0].text.lower() == "after" else -1
    return Reading("DATE", replace(holiday.meaning, days=step))


def read_holiday(phrase: Phrase) -> Reading | None:
    """Christmas; Easter 2020; last Thanksgiving."""
    step, year = phrase.find("RELATIVE"), year_of(phrase)
    rule = phrase.value("HOLIDAY")
    if rule[:4].isdigit():
        return Reading("DATE", Fixed(rule))
    return Reading("DATE", PartOfYear(rule, year, step=step_of(step) if step and year is None else None))


RULES: tuple[Rule, ...] = compile_rules(
    (
        (read_calendar_day, ["(WEEKDAY COMMA?)? CALENDAR_DAY"]),
        (
            read_month_day,
            [
                f"(THE? EARLY HYPHEN?)? (WEEKDAY COMMA?)? MONTH THE? DAY {YEARISH}?",
                "STEP MONTH DAY",
                f"(WEEKDAY COMMA?)? THE? DAY OF? MONTH {YEARISH}?",
                f"(WEEKDAY COMMA?)? MONTH THE? SPOKEN_DAY {YEARISH}?",
                f"(WEEKDAY COMMA?)? THE SPOKEN_DAY OF MONTH {YEARISH}?",
            ],
        ),
        (read_week_of_day, [f"THE UNIT OF MONTH DAY {YEARISH}?"]),
        (
            read_day_range,
            [
                f"MONTH NUMBER_RANGE {YEARISH}?",
                f"THE? NUMBER_RANGE OF? MONTH {YEARISH}?",
                "MONTH DAY (AND | TO) DAY COMMA? YEAR",
            ],
        ),
        (
            read_month,
            [f"{EARLY} (THE? (STEP | PAST))? MONTH {YEARISH}?"],
        ),
        (read_day_of_month, ["THE DAY_ORDINAL"]),
        (read_weekday_and_day, ["WEEKDAY COMMA? THE? DAY_ORDINAL"]),
        (read_weekday, [f"{EARLY} THE? (RELATIVE RELATIVE? | EARLY)? WEEKDAY"]),
        (read_weekday_of_week, ["(EARLY)? WEEKDAY OF? THE? RELATIVE UNIT"]),
        (read_day_by_holiday, ["THE UNIT BEFORE HOLIDAY YEAR?"]),
        (read_holiday, [f"{EARLY} THE? RELATIVE? HOLIDAY {YEARISH}?"]),
    )
)
