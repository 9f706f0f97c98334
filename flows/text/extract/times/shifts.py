"""The calendar unit that lies some units from a day, as a TIMEX3 value.

Days and units only; what an expression counts from is in `resolve`.
"""

from __future__ import annotations

from datetime import date, timedelta

from flows.text.extract.times.values import days_covered

UNKNOWN = {
    "TH": "XXXX-XX-XXTXX:XX",
    "TM": "XXXX-XX-XXTXX:XX",
    "TS": "XXXX-XX-XXTXX:XX",
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
}
MONTHS_IN = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
SUPPORTED_YEARS = range(3, 9990)
"""Years whose neighbours the calendar of Python has too."""


def is_supported(year: int) -> bool:
    return year in SUPPORTED_YEARS


def value_at(unit: str, anchor: date, count: int) -> str:
    """The value of the unit that lies `count` units from the day: ("M", 2019-05-03, -1) is "2019-04"."""
    try:
        if unit in ("TS", "TM", "TH"):
            return f"{anchor.isoformat()}TXX:XX"
        if unit in ("D", "W", "2W", "WE"):
            return _value_of_day(unit, anchor + timedelta(days=count * {"D": 1, "2W": 14}.get(unit, 7)))
        return _value_of_month(unit, anchor.year * 12 + anchor.month - 1 + count * MONTHS_IN.get(unit, 12))
    except (ValueError, OverflowError):
        return UNKNOWN.get(unit, "XXXX-XX-XX")


def _value_of_day(unit: str, day: date) -> str:
    if unit == "D":
        return day.isoformat()
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}" + ("-WE" if unit == "WE" else "")


def _value_of_month(unit: str, months: int) -> str:
    """The value of the unit that holds a month, counted from the year 0."""
    year, month = divmod(months, 12)
    if not is_supported(year):
        raise ValueError(f"year {year} is outside the calendar")
    match unit:
        case "M":
            return f"{year:04}-{month + 1:02}"
        case "Q":
            return f"{year:04}-Q{month // 3 + 1}"
        case "DE":
            return f"{year:04}"[:3]
        case "CE":
            return f"{year:04}"[:2]
        case _:
            return f"{year:04}"


def years_from(day: date, years: int) -> date:
    """The same day of another year; March 1 for February 29 where that has none, the day itself outside
    the calendar."""
    if not is_supported(day.year + years):
        return day
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)


def value_of_next(day: str, days: int) -> str:
    """The day that lies some days after another."""
    if not days:
        return day
    covered = days_covered(day)
    return value_at("D", covered[0], days) if covered else UNKNOWN["D"]


def value_of_week(day: str) -> str:
    """The week of a day: "1998-W10" of "1998-03-06"; XXXX-WXX where the day is not known."""
    days = days_covered(day)
    return value_at("W", days[0], 0) if days else UNKNOWN["W"]
