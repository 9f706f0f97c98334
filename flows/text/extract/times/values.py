"""TIMEX3 values: how they are written, and the first and last day that they cover.

Source of the value language: TimeML 1.2.1 annotation guidelines, section TIMEX3.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

MONTHS_IN = {"Q": 3, "H": 6}
FIRST_MONTH_OF_SEASON = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""Meteorological seasons of the northern half of the globe; the winter of a year begins in its December."""
HALVES = {"Y": "6M", "TH": "30M", "TM": "30S", "D": "T12H"}
"""How half a unit is written: "P2Y6M"."""
LETTERS = {"DE": "E", "CE": "C"}
"""A decade and a century in durations, as TIMEX2 of 2002 has them, which TimeML 1.2.1 points to."""
COMPOUND_UNITS = " Y  M  W  D  TH  TM  TS "
"""From the largest to the smallest."""
Days = tuple[date, date]


def duration_value(count: float | None, unit: str) -> str:
    """ "P3Y", "PT10M", "P2Y6M" (two and a half years), "PXD" (some days)."""
    if unit == "2W":
        return duration_value(None if count is None else count * 2, "W")
    if unit == "ML":
        return duration_value(None if count is None else count * 1000, "Y")
    unit = LETTERS.get(unit, unit)
    if count is None:
        return f"P{'T' if unit[0] == 'T' else ''}X{unit[-1] if unit[0] == 'T' else unit}"
    if unit in ("C", "E") and count % 1:
        return duration_value(count * {"C": 100, "E": 10}[unit], "Y")
    if count % 1 == 0.5 and unit in HALVES:
        whole, half = f"{int(count)}{unit[-1]}" if count > 1 else "", HALVES[unit]
        return f"P{'T' if unit[0] == 'T' else ''}{whole}{half}"
    number = f"{count:g}" if count % 1 else f"{int(count)}"
    return f"PT{number}{unit[1]}" if unit[0] == "T" else f"P{number}{unit}"


def compound_value(parts: Sequence[tuple[int, str]]) -> str | None:
    """ "PT1H20M" of [(1, "TH"), (20, "TM")]; None where the units do not become smaller."""
    places = [COMPOUND_UNITS.find(f" {unit} ") for _, unit in parts]
    if -1 in places or any(first >= second for first, second in pairwise(places)):
        return None
    written = [(f"{count}{unit[-1]}", unit[0] == "T" and len(unit) > 1) for count, unit in parts]
    date_part = "".join(part for part, is_time in written if not is_time)
    time_part = "".join(part for part, is_time in written if is_time)
    return f"P{date_part}T{time_part}" if time_part else f"P{date_part}"


def days_covered(value: str | None) -> Days | None:
    """The first and last day that a DATE or TIME value covers, or None where it names no days."""
    if value is None:
        return None
    if "/" in value:
        ends = [days_covered(part) for part in value.split("/")]
        return (ends[0][0], ends[1][1]) if ends[0] and ends[1] else None
    try:
        return _days(value.split("T")[0])
    except ValueError:
        return None


def _days(value: str) -> Days | None:
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return day, day
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        first = date.fromisocalendar(int(match[1]), int(match[2]), 6 if match[3] else 1)
        return first, first + timedelta(days=1 if match[3] else 6)
    if match := re.fullmatch(r"(\d{4})-(\d\d|[QH]\d|SP|SU|FA|WI)", value):
        return _months(int(match[1]), *_months_of(match[2]))
    if re.fullmatch(r"\d{2,4}", value):
        years = 10 ** (4 - len(value))
        first_year = int(value) * years
        return date(max(first_year, 1), 1, 1), date(first_year + years - 1, 12, 31)
    return None


def _months_of(part: str) -> tuple[int, int]:
    """The first month of a part of a year, and how many it has."""
    if part.isdigit():
        return int(part), 1
    if part in FIRST_MONTH_OF_SEASON:
        return FIRST_MONTH_OF_SEASON[part], 3
    size = MONTHS_IN[part[0]]
    return (int(part[1]) - 1) * size + 1, size


def _months(year: int, month: int, count: int) -> Days:
    last = month + count - 1
    last_year, last_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])
