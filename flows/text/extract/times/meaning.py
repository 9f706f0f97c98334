"""What a time expression means before it is known when it was written.

Data only. How a meaning is read from words is in `rules`, what day it is in `resolve`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flows.text.types import TimexType

Tense = Literal["past", "told", "future", "expected"]
"""Told is a past in which a noun is spoken of: "they recalled the November attacks"; expected is a future
without an auxiliary: "to begin", "they meet"."""
Anchor = Literal["publication", "reference", "context", "period", "week", "nearest"]
"""What is counted from. `publication`: the day of publication; `reference`: what was spoken of before;
`context`: that, or else the day of publication; `period`: that, where it is a quarter or a half; `week`:
the Monday of the week of publication; `nearest`: the nearest such unit is meant."""
SAME_PERIOD, SAME_QUARTER, LIKE_PERIOD = "same", "same quarter", "like period"


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value that needs no context: "1998-03-04", "P3Y", "PAST_REF", "XXXX-WXX-5"."""

    value: str


@dataclass(frozen=True, slots=True)
class Shift:
    """The calendar unit that lies `count` units from the anchor: "last week", "five years ago".

    `years` are added to the anchor first: "two years ago this week".
    """

    unit: str
    count: int
    anchor: Anchor = "publication"
    years: int = 0


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, Monday 1; `step` is -1 for last, 1 for next, 0 for this.

    `weeks` are added: 1 in "a week from Friday".
    """

    number: int
    step: int | None = None
    anchor: Anchor = "publication"
    weeks: int = 0


@dataclass(frozen=True, slots=True)
class PartOfYear:
    """A part that every year has: "08", "08-06", "Q3", "H1", "SU", or the rule of a holiday.

    SAME_PERIOD is the part of the period last spoken of: "year-earlier profit"; SAME_QUARTER is
    that or else the last quarter that is over: "the year-ago quarter"; LIKE_PERIOD is that quarter
    only where nothing else was spoken of: after "the nine months", "the like period of 1988" is of a year.

    `week` stands for the week that the day is in, `days` are added to it. `year` is a number, a shift in
    years, or None where the context must tell.
    """

    part: str
    year: int | Shift | None = None
    step: int | None = None
    weekday: int | None = None
    week: bool = False
    days: int = 0
    famous_year: int | None = None
    """The year of a day that is called by its date, "the Sept. 11 attacks", in articles not older than it."""


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """A day of a month that is not named: "on the 11th"."""

    number: int


Meaning = Fixed | Shift | Weekday | PartOfYear | DayOfMonth


@dataclass(frozen=True, slots=True)
class Reading:
    """Type and meaning of an expression; `clock` is appended to the day's value: "TMO", "T17:00"."""

    timex_type: TimexType
    meaning: Meaning
    clock: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A time expression as its paragraph alone shows it; offsets into the paragraph."""

    start: int
    end: int
    reading: Reading
    tense: Tense | None = None
