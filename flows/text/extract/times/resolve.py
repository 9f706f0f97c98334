"""Meanings to TIMEX3 values and days, given when the article was published.

Goes through an article in text order, since "a year earlier" counts from what was spoken of
before. Without a day of publication relative meanings get no days: "XXXX-08-06".
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from flows.text.extract.times.holidays import day_of_holiday
from flows.text.extract.times.meaning import (
    LIKE_PERIOD,
    SAME_PERIOD,
    SAME_QUARTER,
    Candidate,
    DayOfMonth,
    Fixed,
    PartOfYear,
    Reading,
    Shift,
    Tense,
    Weekday,
)
from flows.text.extract.times.shifts import (
    UNKNOWN,
    is_supported,
    value_at,
    value_of_next,
    value_of_week,
    years_from,
)
from flows.text.extract.times.values import Days, days_covered

MANY_MONTHS = re.compile(r"P[2-9]M|P\d\dM|P\dY")
SPOKEN_OF = (SAME_PERIOD, SAME_QUARTER, LIKE_PERIOD)
PERIOD = re.compile(r"\d{4}(-[QH]\d)?")
THURSDAY = 4
LONGEST_REFERENCE = {"TH": 1, "TM": 1, "TS": 1, "D": 1, "W": 7, "WE": 7, "M": 31}
"""Days of what "the next day" or "the following month" may count from."""
NEARER = 2
"""How many times nearer the next must be than the last where no verb tells, or the last where one expects."""
NEAR = 60
"""Days within which a day to come is meant in spite of a past tense, "was extended to Nov. 20"; and
days since a quarter that the results told are of."""
LONGEST_TWO_MONTHS = 62
"""Days within which every number of a day comes."""
LONGEST_WITHOUT_LEAP = 8
"""Years; from 1896 to 1904 there was no February 29."""
LONGEST_MEMORY = 8
"""Mentions among which "that day" looks for a day."""


class Mention(NamedTuple):
    """Days that were spoken of, in which paragraph, and whether as "today" or "this year"."""

    days: Days
    paragraph: int
    is_now: bool


class Context:
    """What is known while reading: the day of publication and the values that were spoken of."""

    def __init__(self, published_on: date | None) -> None:
        self.published_on = published_on if published_on and is_supported(published_on.year) else None
        self.spoken_of: list[Mention] = []
        self.paragraph = 0
        self.period: str | None = None
        """The last quarter, half or year."""

    def value_of(self, candidate: Candidate) -> str | None:
        """The value of the next candidate in text order."""
        reading = candidate.reading
        value = self._day_value(candidate)
        self._remember(value, reading)
        return value + reading.clock

    def _day_value(self, candidate: Candidate) -> str:
        match candidate.reading.meaning:
            case Fixed(value):
                return value
            case Shift() as shift:
                return self._shifted(shift, candidate.tense)
            case Weekday() as weekday:
                return self._weekday(weekday, candidate.tense)
            case DayOfMonth(number):
                return day_of_month(number, self.published_on, candidate.tense)
            case PartOfYear() as part_of_year:
                year = self._year_of(part_of_year, candidate.tense)
                value = value_of_part(self._part(part_of_year), year)
                return value_of_week(value) if part_of_year.week else value_of_next(value, part_of_year.days)

    def begin_paragraph(self) -> None:
        """A year counts only within its paragraph; a quarter is what the whole report is about."""
        self.paragraph += 1
        if self.period is not None and "-" not in self.period:
            self.period = None

    def _remember(self, value: str, reading: Reading) -> None:
        if reading.timex_type == "DURATION" and MANY_MONTHS.fullmatch(value) and self.published_on:
            # "in the nine months, profit fell from a year earlier": of a year, no more of the quarter
            self.period = f"{self.published_on.year:04}"
        # "a year earlier" twice in a row counts from the same period, not from the year before
        same = isinstance(reading.meaning, PartOfYear) and reading.meaning.part in SPOKEN_OF
        # "Friday night" names a day, "at 5 p.m." none
        names_day = reading.timex_type == "DATE" or (
            reading.timex_type == "TIME" and isinstance(reading.meaning, Weekday | PartOfYear)
        )
        if not names_day or same or not (days := days_covered(value)):
            return
        is_now = isinstance(reading.meaning, Shift) and reading.meaning.count == 0
        self.spoken_of = [*self.spoken_of[-LONGEST_MEMORY:], Mention(days, self.paragraph, is_now)]
        if PERIOD.fullmatch(value):
            self.period = value

    def _anchor(self, shift: Shift) -> date | None:
        """The day to count from: what was spoken of before, where that is as fine as the unit."""
        if shift.anchor == "publication":
            return self.published_on
        days = self._spoken_of(shift)
        if days and (shift.anchor != "period" or "-" in (self.period or "")):
            return days[0]
        if shift.anchor == "reference" and (shift.unit != "Y" or shift.count >= 0):
            return None
        # "five years earlier" is roughly told even where no day was
        return self.published_on

    def _spoken_of(self, shift: Shift) -> Days | None:
        """What a shift counts from: the last mention that is as fine as its unit, if it is not far back."""
        if shift.unit == "Q" or (shift.unit == "Y" and shift.anchor != "reference"):
            return days_covered(self.period)
        longest = LONGEST_REFERENCE.get(shift.unit, 366)
        # "that year" is not "this year"
        told = shift.count == 0 and shift.anchor == "reference"
        mentions = [mention for mention in self.spoken_of if not (told and mention.is_now)]
        for number, (days, paragraph, _) in enumerate(reversed(mentions)):
            if (days[1] - days[0]).days < longest and (number == 0 or paragraph + 1 >= self.paragraph):
                return days
        return None

    def _shifted(self, shift: Shift, tense: Tense | None) -> str:
        anchor = self._anchor(shift)
        if anchor is None:
            return UNKNOWN.get(shift.unit, UNKNOWN["D"])
        if shift.years:
            anchor = years_from(anchor, shift.years)
        if shift.anchor == "nearest":
            # on a Monday "the weekend" is the one before
            over = anchor.isoweekday() <= THURSDAY and tense != "future"
            return value_at(shift.unit, anchor, -1 if over else 0)
        if shift.unit == "Q" and shift.anchor == "context" and "Q" not in (self.period or ""):
            # without a quarter spoken of, "the quarter" is the last that is over
            return value_at("Q", anchor, shift.count - 1)
        return value_at(shift.unit, anchor, shift.count)

    def _part(self, part: PartOfYear) -> str:
        """The part of the year, where it is the same as in the period spoken of."""
        if part.part not in SPOKEN_OF:
            return part.part
        if self.period and "-" in self.period:
            return self.period[5:]
        whole_year = part.part == SAME_PERIOD or (part.part == LIKE_PERIOD and self.period is not None)
        if whole_year or self.published_on is None:
            return ""
        # what follows is compared with the same quarter
        self.period = value_at("Q", self.published_on, -1)
        return self.period[5:]

    def _weekday(self, weekday: Weekday, tense: Tense | None) -> str:
        anchor = self.published_on
        if weekday.anchor in ("reference", "context") and self.spoken_of:
            anchor = self.spoken_of[-1].days[0]
        if anchor is None or not is_supported(anchor.year):
            return f"XXXX-WXX-{weekday.number}"
        day = day_of_weekday(weekday, anchor, tense)
        return value_at("D", day, 7 * weekday.weeks)

    def _year_of(self, part: PartOfYear, tense: Tense | None) -> int | None:
        if isinstance(part.year, int):
            return part.year
        if isinstance(part.year, Shift):
            anchor = self._anchor(part.year)
            return anchor.year + part.year.count if anchor and is_supported(anchor.year) else None
        if part.famous_year and (self.published_on is None or self.published_on.year >= part.famous_year):
            return part.famous_year
        return None if self.published_on is None else year_of_part(part, self.published_on, tense)


def day_of_weekday(weekday: Weekday, anchor: date, tense: Tense | None) -> date:
    """The day that a weekday means on the day `anchor`: the last one, or the next after a future verb."""
    if weekday.anchor == "week":
        monday = anchor - timedelta(days=anchor.isoweekday() - 1)
        return monday + timedelta(weeks=weekday.step or 0, days=weekday.number - 1)
    ahead = (weekday.number - anchor.isoweekday()) % 7
    if weekday.step == 1 or (weekday.step in (None, 0) and tense in ("future", "expected")):
        return anchor + timedelta(days=ahead or 7 * (weekday.step == 1))
    behind = (anchor.isoweekday() - weekday.number) % 7
    return anchor - timedelta(days=behind or 7 * (weekday.step == -1))


def day_of_month(number: int, today: date | None, tense: Tense | None) -> str:
    """The last such day of a month, or the next after a future verb; XXXX-XX-11 where today is not known."""
    if today is None:
        return f"XXXX-XX-{number:02}"
    step = 1 if tense in ("future", "expected") else -1
    around = (today + timedelta(days=step * days) for days in range(LONGEST_TWO_MONTHS))
    return next((day.isoformat() for day in around if day.day == number), f"XXXX-XX-{number:02}")


def year_of_part(part: PartOfYear, today: date, tense: Tense | None) -> int:
    """The year that is meant by a part of a year without one, "August", written on the day `today`."""
    # February 29 is not in every year; eight years hold one
    around = range(today.year - LONGEST_WITHOUT_LEAP, today.year + LONGEST_WITHOUT_LEAP + 1)
    covered = {year: days for year in around if (days := days_covered(value_of_part(part.part, year)))}
    begun = max((year for year, days in covered.items() if days[0] <= today), default=today.year)
    to_come = min((year for year, days in covered.items() if days[1] >= today), default=today.year)
    if begun >= to_come:
        # today lies in it
        return begun + (part.step or 0)
    if part.step is not None:
        # only "this winter" may have begun in the year before
        this_one = begun if part.part == "WI" and tense == "past" else today.year
        if part.step == -1 and part.part == f"{today.month - 1:02}":
            # the month that has just ended is "last month": "last February" in March is a year older
            begun -= 1
        return {-1: begun, 0: this_one, 1: to_come}[part.step]
    behind, ahead = (today - covered[begun][1]).days, (covered[to_come][0] - today).days
    is_day, is_quarter = covered[begun][0] == covered[begun][1], part.part[0] in "QH"
    return to_come if _is_to_come(behind, ahead, tense, is_day=is_day, is_quarter=is_quarter) else begun


def _is_to_come(behind: int, ahead: int, tense: Tense | None, *, is_day: bool, is_quarter: bool) -> bool:
    """Whether the next is meant, which is `ahead` days away, and not the last, `behind` days ago."""
    match tense:
        case "future" | "expected" if is_quarter:
            # results are told of quarters that are over: "will report a loss for the third quarter"
            return behind > NEAR
        case "past":
            return is_day and ahead <= NEAR
        case "told":
            return not is_quarter and ahead <= NEAR and NEARER * ahead < behind
        case "future":
            return True
        case "expected":
            return ahead <= NEARER * behind
        case _:
            return not is_quarter and NEARER * ahead < behind


def value_of_part(part: str, year: int | None) -> str:
    """The value of a part of a year; with XXXX for a year that is not known."""
    prefix = "XXXX" if year is None else f"{year:04}"
    if not part:
        return prefix
    if holiday := day_of_holiday(part, year) if year is not None else None:
        return holiday.isoformat()
    if year is None and not part[:2].isdigit() and part[0] not in "QHSFW":
        return "XXXX-XX-XX"
    return "/".join(f"{prefix}-{end}" for end in part.split("/"))
