"""Publication dates as pages, feeds and records write them.

What belongs here: one written date to a day and, where a time zone is known, an instant. What does
not: times inside the text of an article; those are `flows.text.extract`'s.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

FIRST_YEAR = 1900
"""A date before is a digitised newspaper's at best; 1899-12-30 is a spreadsheet's zero."""
MAX_LENGTH = 200
"""Characters of a written date; anything longer is text."""

_MONTHS = {name: number for number, name in enumerate(calendar.month_abbr) if name}
# Only names that mean one zone in practice; "CST" is China, Cuba and the American Midwest.
_ZONES = {
    **{"Z": 0, "UTC": 0, "GMT": 0, "BST": 1, "CET": 1, "CEST": 2, "SAST": 2},
    **{"EDT": -4, "EST": -5, "CDT": -5, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8},
    **{"SGT": 8, "HKT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13},
}
_ISO_ZONE = r"Z|[+-]\d{2}:?\d{2}|[+-]\d{2}|[A-Z]{2,4}"
_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})"
    rf"(?:[T ]+(\d{{1,2}}):?(\d{{2}})(?::?(\d{{2}})(?:[.,]\d+)?)?\s*({_ISO_ZONE})?)?(?!\d)"
)
_SLASHED = re.compile(r"(?<!\d)(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_MONTH_NAME = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH_NAME},?\s+(\d{{4}})", re.IGNORECASE
)
_MONTH_FIRST = re.compile(rf"\b{_MONTH_NAME}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2})[:.](\d{2})(?::(\d{2}))?\s*([ap])?\.?m?\.?\s*((?:UTC|GMT)\s*[+-]\d{1,2}(?::?\d{2})?|[+-]\d{2}:?\d{2}|[A-Z]{2,4}\b)?",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")


def parse_published(value: str, *, today: date) -> tuple[date, datetime | None] | None:
    """The day as written and the instant in UTC (None without a time or a zone); None where no day is meant.

    "27/04/2024" is read, "04/05/2024" is not: it may be April or May. A day in the future is none.
    """
    value = " ".join(value.split())
    if not value or len(value) > MAX_LENGTH:
        return None
    try:
        readings = (read(value) for read in (_read_epoch, _read_iso, _read_mail, _read_written))
        found = next(filter(None, readings), None)
    except OverflowError:  # "0001-01-01T00:00:00+14:00": no instant that a calendar has
        return None
    return found if found and _is_past(found, today) else None


def _is_past(found: tuple[date, datetime | None], today: date) -> bool:
    day, instant = found
    # In Auckland it is tomorrow already; the instant is not.
    last = instant.date() if instant else day
    return day.year >= FIRST_YEAR and last <= today


def _read_epoch(value: str) -> tuple[date, datetime | None] | None:
    if not _EPOCH.fullmatch(value):
        return None
    instant = datetime.fromtimestamp(int(value[:10]), UTC)
    return instant.date(), instant


def _read_iso(value: str) -> tuple[date, datetime | None] | None:
    match = _ISO.match(value)
    if not match:
        return None
    day = _day(int(match[1]), int(match[2]), int(match[3]))
    if day is None:
        return None
    if match[4] is None:
        return day, None
    return day, _instant(day, int(match[4]), int(match[5]), int(match[6] or 0), match[7])


def _read_mail(value: str) -> tuple[date, datetime | None] | None:
    """RFC 2822, as RSS has it: "Sat, 27 Apr 2024 15:56:35 +0100"."""
    if not re.match(r"[A-Za-z]{3},? \d{1,2} [A-Za-z]{3} \d{4} \d", value):
        return None
    try:
        instant = parsedate_to_datetime(value)
    except ValueError:
        return None
    return instant.date(), instant.astimezone(UTC) if instant.tzinfo else None


def _read_written(value: str) -> tuple[date, datetime | None] | None:
    day, span = _written_day(value)
    if day is None:
        return None
    clock = _CLOCK.search(value[: span[0]] + " " * (span[1] - span[0]) + value[span[1] :])
    if clock is None or int(clock[1]) > 24:
        return day, None
    hour = int(clock[1]) % 12 + (12 if clock[4].lower() == "p" else 0) if clock[4] else int(clock[1])
    return day, _instant(day, hour, int(clock[2]), int(clock[3] or 0), clock[5])


def _written_day(value: str) -> tuple[date | None, tuple[int, int]]:
    if match := _DAY_FIRST.search(value):
        return _day(int(match[3]), _MONTHS[match[2].title()], int(match[1])), match.span()
    if match := _MONTH_FIRST.search(value):
        return _day(int(match[3]), _MONTHS[match[1].title()], int(match[2])), match.span()
    if match := _SLASHED.search(value):
        return _day(int(match[1]), int(match[2]), int(match[3])), match.span()
    if match := _NUMBERS.search(value):
        first, second = int(match[1]), int(match[2])
        if first > 12 or first == second:
            return _day(int(match[3]), second, first), match.span()
        if second > 12:
            return _day(int(match[3]), first, second), match.span()
    return None, (0, 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _instant(day: date, hour: int, minute: int, second: int, zone: str | None) -> datetime | None:
    offset = _offset(zone)
    if offset is None or hour > 23 or minute > 59 or second > 59:
        return None
    local = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=timezone(offset))
    return local.astimezone(UTC)


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    name = re.sub(r"^(?:UTC|GMT)\s*(?=[+-])", "", zone.upper())
    match = re.fullmatch(r"([+-])(\d{1,2}):?(\d{2})?", name)
    if match:
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return timedelta(minutes=-minutes if match[1] == "-" else minutes) if minutes < 24 * 60 else None
    hours = _ZONES.get(name)
    return None if hours is None else timedelta(hours=hours)
