"""The day of a holiday in a year, from its rule in `lexicons/holidays.tsv`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

_NTH_WEEKDAY = re.compile(r"(\d\d)-(-?\d)\.(\d)(?:\+(\d+))?")
_EASTER = re.compile(r"easter([+-]\d+)")


def day_of_holiday(rule: str, year: int) -> date | None:
    """The day of "12-25", "11-4.4" (the fourth Thursday of November) or "easter-2"; None for other rules.

    None too for a year that `date` does not hold, with its neighbours: 0 is looked at beside year 1.
    """
    if not MINYEAR < year < MAXYEAR:
        return None
    if match := _EASTER.fullmatch(rule):
        return easter_sunday(year) + timedelta(days=int(match[1]))
    if match := _NTH_WEEKDAY.fullmatch(rule):
        month, nth, weekday = int(match[1]), int(match[2]), int(match[3])
        return _nth_weekday(year, month, nth, weekday) + timedelta(days=int(match[4] or 0))
    return None


def easter_sunday(year: int) -> date:
    """Western Easter (the anonymous Gregorian computus, Meeus, Astronomical Algorithms, chapter 8)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, century_rest = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - shift + 15) % 30
    weekday = (32 + 2 * century_rest + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def _nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.isoweekday() - weekday) % 7)
