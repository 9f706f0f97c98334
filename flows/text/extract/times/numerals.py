"""Forms written with digits to token class and value: "31", "1990s", "2019-05-03", "5:30pm", "1950-53".

A form that fits nothing ("1.2.3.4", "555-1234", "20023", 400 digits) has no class.
"""

from __future__ import annotations

import re
from datetime import date

Value = str | int | float | tuple[int, int] | None
Classified = tuple[str, Value]
NOTHING: Classified = ("OTHER", None)

FIRST_YEAR, LAST_YEAR = 1000, 2100
"""Years that four digits may stand for; others are plain numbers."""
PIVOT = 40
"""Two-digit years below it are of this century: '39 is 2039, '40 is 1940."""
MAX_DIGITS = 9
ORDINAL_SUFFIXES = frozenset(("st", "nd", "rd", "th"))

_ISO_DAY = re.compile(r"(\d{4})([-/.])(\d\d?)\2(\d\d?)")
_SLASHED_DAY = re.compile(r"(\d\d?)([-/.])(\d\d?)\2(\d{4}|\d\d)")
_CLOCK = re.compile(r"(\d\d?)[:.](\d\d)(?::(\d\d))?")
_YEAR_RANGE = re.compile(r"(\d{4})[-–/](\d{4}|\d\d)")
_NUMBER_RANGE = re.compile(r"(\d{1,4})[-–](\d{1,4})")
_DECIMAL = re.compile(r"\d{1,9}\.\d{1,3}")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3}){1,3}")
_FRACTION = re.compile(r"(?:(\d{1,3})-)?([1-9])/([2-9])")


def classify_numeral(number: str, suffix: str) -> Classified:
    """The class and value of digits with the letters that stand right behind them."""
    if suffix:
        return _with_suffix(number, suffix.lower())
    if number.isdigit():
        return _plain(number)
    readers = (_day, _fraction, _year_range, _number_range, _clock, _decimal)
    return next((found for reader in readers if (found := reader(number)) is not None), NOTHING)


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has the day: February 30 is none."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def full_year(two_digits: int) -> int:
    """The year that two digits stand for."""
    return two_digits + (2000 if two_digits < PIVOT else 1900)


def _plain(number: str) -> Classified:
    if len(number) > MAX_DIGITS:
        return NOTHING
    value = int(number)
    if len(number) <= 2 and 1 <= value <= 31:
        return "DAY_NUMBER", value
    if len(number) == 4 and FIRST_YEAR <= value <= LAST_YEAR:
        return "YEAR_NUMBER", value
    if number[0] == "0":
        return ("FOUR_DIGITS", None) if len(number) == 4 else NOTHING
    return "NUMBER", value


def _with_suffix(number: str, suffix: str) -> Classified:
    if suffix in ORDINAL_SUFFIXES and number.isdigit() and len(number) <= 3:
        return "DAY_ORDINAL", int(number)
    if suffix in ("am", "pm") and (hour := _hour(number)) and (value := clock_value(*hour, suffix)):
        return "CLOCK", value
    if suffix == "s" and re.fullmatch(r"[12]\d\d0", number):
        # "the 1800s" are a century, "the 2000s" the years before 2010
        return "DECADE", number[:2] if number[2:] == "00" and number < "2000" else number[:3]
    return NOTHING


def clock_value(hour: int, minute: int | None, meridiem: str | None) -> str | None:
    """TIMEX3's time of day ("T17:00", "T17:30"), or None where the clock has no such hour."""
    if hour > (12 if meridiem else 24) or (minute or 0) > 59 or (meridiem and hour == 0):
        return None
    if meridiem:
        hour = hour % 12 + (12 if meridiem == "pm" else 0)
    return f"T{hour:02}:{minute or 0:02}"


def _hour(number: str) -> tuple[int, int | None] | None:
    if number.isdigit() and len(number) <= 2:
        return int(number), None
    match = _CLOCK.fullmatch(number)
    return (int(match[1]), int(match[2])) if match else None


def _day(number: str) -> Classified | None:
    if match := _ISO_DAY.fullmatch(number):
        year, month, day = int(match[1]), int(match[3]), int(match[4])
        return _calendar_day(year, month, day)
    if match := _SLASHED_DAY.fullmatch(number):
        year = int(match[4]) if len(match[4]) == 4 else full_year(int(match[4]))
        first, second = int(match[1]), int(match[3])
        # 26/7/2023 can only be day first; dots and dashes put the day first, slashes the month
        day_first = first > 12 or (match[2] != "/" and second <= 12)
        return _calendar_day(year, second, first) if day_first else _calendar_day(year, first, second)
    return None


def _calendar_day(year: int, month: int, day: int) -> Classified:
    found = FIRST_YEAR <= year <= LAST_YEAR and is_day(year, month, day)
    return ("CALENDAR_DAY", f"{year:04}-{month:02}-{day:02}") if found else NOTHING


def _fraction(number: str) -> Classified | None:
    match = _FRACTION.fullmatch(number)
    if match is None or int(match[2]) >= int(match[3]):
        return None
    return "FRACTION", int(match[1] or 0) + int(match[2]) / int(match[3])


def _year_range(number: str) -> Classified | None:
    match = _YEAR_RANGE.fullmatch(number)
    if match is None:
        return None
    first = int(match[1])
    last = int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2])
    if len(match[2]) == 2 and last < first and int(match[2]) == 0:
        last += 100
    return ("YEAR_RANGE", (first, last)) if FIRST_YEAR <= first < last <= LAST_YEAR else None


def _number_range(number: str) -> Classified | None:
    match = _NUMBER_RANGE.fullmatch(number)
    return ("NUMBER_RANGE", (int(match[1]), int(match[2]))) if match else None


def _clock(number: str) -> Classified | None:
    match = _CLOCK.fullmatch(number)
    if match is None or ":" not in number:
        return None
    value = clock_value(int(match[1]), int(match[2]), None)
    return ("CLOCK", value) if value else None


def _decimal(number: str) -> Classified | None:
    if _DECIMAL.fullmatch(number):
        return "NUMBER", float(number)
    return ("NUMBER", int(number.replace(",", ""))) if _THOUSANDS.fullmatch(number) else None
