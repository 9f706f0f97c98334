"""Rules for dates counted from another: from the day of writing or from what was just spoken of."""

from __future__ import annotations

from flows.text.extract.times.grammar import REFUSED, Phrase, Rule, compile_rules
from flows.text.extract.times.meaning import (
    LIKE_PERIOD,
    SAME_PERIOD,
    SAME_QUARTER,
    Fixed,
    PartOfYear,
    Reading,
    Shift,
    Weekday,
)
from flows.text.extract.times.numerals import Value
from flows.text.extract.times.rules_dates import EARLY, NAME_LABELS, anchor_of, step_of
from flows.text.extract.times.rules_durations import AMOUNT, APPROXIMATELY, amount_of
from flows.text.extract.times.tokens import Token
from flows.text.extract.times.values import duration_value
from flows.text.extract.times.vocabulary import load_word_lists

ANAPHORIC = frozenset(("Y", "Q", "M", "W", "WE", "D", "DE"))
LONG_UNITS = frozenset(("2W", "DE", "CE", "ML"))
PER_YEAR: dict[Value, int] = {"M": 12, "W": 52}
YEARS_IN = {"DE": 10, "CE": 100, "ML": 1000}
REPORTED_UNITS = frozenset(("Y", "Q", "M"))
"""Units in "current-quarter loss"."""
STEP_PAIRS = frozenset(
    (("this", "past"), ("this", "coming"), ("this", "last"), ("this", "next"), ("that", "same"))
)
"""Two such words that go together: "this past week"; not "said that last week"."""
HOURS_IN_DAY = 24
COMING = frozenset(("coming", "upcoming"))
"""What makes a weekend the nearest; the next one may be another."""
SUBDAY = frozenset(("TH", "TM", "TS"))


def read_deictic(phrase: Phrase) -> Reading | None:
    """Today; late yesterday; the day after tomorrow."""
    token = phrase.find_all("DEICTIC")[0]
    if token.label in NAME_LABELS or phrase.is_in_name(token):
        return None
    day = step_of(token)
    if before := phrase.find("BEFORE"):
        day += 1 if before.text.lower() == "after" else -1
        # "the day before tomorrow" nobody says
        return Reading("DATE", Shift("D", day)) if abs(day) == 2 else None
    return Reading("DATE", Shift("D", day))


def read_step(phrase: Phrase) -> Reading | None:
    """Last week; the previous month; later this year; the current quarter; that day."""
    steps, unit = phrase.find_all("RELATIVE"), phrase.value("UNIT")
    step = steps[-1]
    if len(steps) > 1 and tuple(token.text.lower() for token in steps) not in STEP_PAIRS:
        return None
    if phrase.find("HYPHEN") and (unit not in REPORTED_UNITS or phrase.precedes("HYPHEN")):
        # "next-day delivery", "a last-minute win"
        return None
    if unit in SUBDAY or _is_stretch(phrase, step, unit) or phrase.is_in_name(phrase.find_all("UNIT")[0]):
        return None
    if unit == "WE" and step.text.lower() in COMING:
        return Reading("DATE", Shift(unit, 0))
    if step.value == 1 and unit == "D":
        return Reading("DATE", Shift(unit, 1, "reference"))
    return Reading("DATE", Shift(unit, step_of(step), anchor_of(step)))


def _is_stretch(phrase: Phrase, step: Token, unit: str) -> bool:
    """Whether the words say how long, not when: "the past year", "the next decade", "over the next year"."""
    if not phrase.find("THE") or step.class_name not in ("PAST", "STEP") or unit == "WE":
        return unit in LONG_UNITS and step.value != 0
    of_something = unit == "D" and step.value == -1
    during = phrase.follows(load_word_lists()["during_word"])
    return step.class_name == "PAST" or unit in LONG_UNITS or of_something or during


def read_ago(phrase: Phrase) -> Reading | None:
    """Three years ago; two days later; 70 years from now."""
    counted = phrase.find("UNIT") or len(phrase.tokens) > 2
    count, unit = amount_of(phrase) if counted and not phrase.find("SOME_TIME") else (None, "")
    ahead = phrase.find("FROM_NOW") or phrase.find("LATER")
    if count is None and phrase.find("LATER"):
        # "a few days later" of a past is no future: the duration is read by itself
        return None
    if count is None:
        return Reading("DATE", Fixed("FUTURE_REF" if ahead else "PAST_REF"))
    if unit == "Y" and count == 1 and not ahead and not phrase.find("DEICTIC"):
        year = Shift("Y", -1, "context" if phrase.find("EARLIER") else "period")
        return Reading("DATE", PartOfYear(SAME_PERIOD, year))
    if unit in YEARS_IN:
        # "a decade ago" is a year, not a decade
        count, unit = count * YEARS_IN[unit], "Y"
    elif count % 1 and unit == "Y":
        count, unit = count * 12, "M"
    if day := phrase.find("DEICTIC"):
        # "three weeks ago today"
        days_in = {"Y": 0, "W": 7, "D": 1}
        if unit not in days_in or ahead:
            return None
        days = step_of(day) - round(count * days_in[unit])
        return Reading("DATE", Shift("D", days, years=-round(count) if unit == "Y" else 0))
    spoken_of = phrase.find("EARLIER") or phrase.find("LATER")
    if unit == "TH" and count >= HOURS_IN_DAY and count % HOURS_IN_DAY == 0:
        # "48 hours ago"
        count, unit = count // HOURS_IN_DAY, "D"
    shift = Shift(unit, round(count if ahead else -count), "reference" if spoken_of else "publication")
    return Reading("TIME" if unit in SUBDAY else "DATE", shift)


def read_years_ago_this(phrase: Phrase) -> Reading | None:
    """Forty years ago this month; a year ago this week."""
    count, unit = amount_of(phrase)
    this = str(phrase.find_all("UNIT")[-1].value)
    if unit not in ("Y", "DE") or not count or count % 1 or this not in ("M", "W", "WE"):
        return None
    is_this = phrase.find_all("STEP")[-1].value == 0
    return Reading("DATE", Shift(this, 0, years=-int(count) * YEARS_IN.get(unit, 1))) if is_this else None


def read_weeks_from_day(phrase: Phrase) -> Reading | None:
    """A week from Friday; two weeks ago Monday; a week from tomorrow."""
    count, unit = amount_of(phrase)
    if unit != "W" or not count:
        return None
    weeks = round(-count if phrase.find("AGO") else count)
    if (weekday := phrase.number("WEEKDAY")) is None:
        return Reading("DATE", Shift("D", 7 * weeks + step_of(phrase.find_all("DEICTIC")[0])))
    return Reading("DATE", Weekday(weekday, None if weeks < 0 else 1, weeks=weeks))


def read_year_ago(phrase: Phrase) -> Reading | None:
    """Year-earlier; the year-ago quarter; the corresponding period last year; last year's quarter."""
    units = [token.value for token in phrase.find_all("UNIT")]
    before = phrase.find("BEFORE")
    if (units and "Y" not in units) or (before and before.text.lower() != "before"):
        return None
    if shorter := next((unit for unit in units if unit in PER_YEAR), None):
        return Reading("DATE", Shift(str(shorter), -PER_YEAR[shorter], "context"))
    part = SAME_QUARTER if "Q" in units else LIKE_PERIOD if phrase.find("PERIOD") else SAME_PERIOD
    return Reading("DATE", PartOfYear(part, Shift("Y", -1, "period")))


def read_same_period(phrase: Phrase) -> Reading | None:
    """The 1988 quarter; the 1988 period; the same quarter of 1988."""
    if phrase.find("UNIT") and phrase.value("UNIT") != "Q":
        return None
    part = LIKE_PERIOD if phrase.find("PERIOD") else SAME_QUARTER
    return Reading("DATE", PartOfYear(part, phrase.number("YEAR")))


def read_period(phrase: Phrase) -> Reading | None:
    """The latest period; the period."""
    return Reading("DATE", Shift("Q", 0, "context"))


def read_anaphor(phrase: Phrase) -> Reading | None:
    """The quarter; the week; the full year; the weekend; earlier in the day."""
    unit = phrase.value("UNIT")
    if phrase.find_all("UNIT")[0].text[0].isupper():
        # "Man of the Year"
        return REFUSED
    if unit == "D":
        # "at the end of the day" is a saying, "the day" alone any day
        return Reading("DATE", Shift("D", 0)) if phrase.find("WITHIN") else REFUSED
    if unit not in ANAPHORIC:
        return None
    return Reading("DATE", Shift(unit, 0, "nearest" if unit == "WE" else "context"))


def read_after_next(phrase: Phrase) -> Reading | None:
    """The week after next; the year before last."""
    step, after = step_of(phrase.find_all("STEP")[0]), phrase.find_all("BEFORE")[0].text.lower() == "after"
    if step != (1 if after else -1) or phrase.precedes("UNIT"):
        return None
    return Reading("DATE", Shift(phrase.value("UNIT"), 2 * step))


def read_day_before(phrase: Phrase) -> Reading | None:
    """The day before; the year after."""
    unit, after = phrase.value("UNIT"), phrase.after
    # "the day before the vote" is not counted from what was spoken of
    goes_on = after is not None and after.text[0].isalnum() and not phrase.precedes("AND", "ON", "IN")
    if goes_on or unit in SUBDAY:
        return None
    step = 1 if phrase.find_all("BEFORE")[0].text.lower() == "after" else -1
    return Reading("DATE", Shift(unit, step, "reference"))


def read_ended(phrase: Phrase) -> Reading | None:
    """The year ended (July 2); the year to (March)."""
    unit = phrase.value("UNIT")
    to_month = phrase.precedes("TO") and phrase.second_after and phrase.second_after.class_name == "MONTH"
    if not phrase.precedes("ENDED") and not to_month:
        return None
    if unit == "Q":
        return read_anaphor(phrase)
    return Reading("DURATION", Fixed(duration_value(1, unit)))


RULES: tuple[Rule, ...] = compile_rules(
    (
        (read_deictic, [f"{EARLY} DEICTIC", "THE UNIT BEFORE DEICTIC"]),
        (read_step, [f"{EARLY} THE? RELATIVE RELATIVE? FISCAL? UNIT", "RELATIVE HYPHEN UNIT"]),
        (
            read_ago,
            [
                f"{APPROXIMATELY} {AMOUNT} (AGO | EARLIER | LATER | FROM_NOW) DEICTIC?",
                "(UNITS | SOME_TIME) (AGO | EARLIER | LATER | FROM_NOW)",
            ],
        ),
        (read_years_ago_this, [f"{APPROXIMATELY} {AMOUNT} AGO STEP UNIT"]),
        (
            read_weeks_from_day,
            ["(A | COUNT) (UNIT | UNITS) (FROM (WEEKDAY | DEICTIC) | AGO WEEKDAY)"],
        ),
        (
            read_year_ago,
            [
                "THE? COMPARABLE? A? UNIT HYPHEN (AGO | EARLIER) (UNIT | PERIOD | COUNT UNITS)?",
                "THE? (COMPARABLE | STEP_REFERENCE) (UNIT | PERIOD) OF? (STEP UNIT | THE STEP_REFERENCE UNIT"
                " | A UNIT HYPHEN? (AGO | EARLIER))",
                "THE STEP_REFERENCE HYPHEN UNIT (UNIT | PERIOD)?",
                "THE UNIT OF? (STEP UNIT | A UNIT HYPHEN? (AGO | EARLIER))",
                "(STEP | THE STEP_REFERENCE) UNIT POSSESSIVE (UNIT | PERIOD)",
                "THE? UNIT HYPHEN BEFORE (UNIT | PERIOD)",
            ],
        ),
        (
            read_same_period,
            [
                "THE YEAR HYPHEN? (UNIT | PERIOD)",
                "THE? (COMPARABLE | STEP_REFERENCE) (UNIT | PERIOD) (OF | IN)? FISCAL? YEAR",
            ],
        ),
        (read_period, ["THE (LATEST | CURRENT | RECENT) PERIOD"]),
        (read_ended, ["THE? FISCAL? UNIT"]),
        (read_anaphor, [f"{EARLY} THE PERIOD_ADJECTIVE? UNIT"]),
        (read_after_next, ["THE UNIT BEFORE STEP"]),
        (read_day_before, ["THE UNIT BEFORE"]),
    )
)
