"""Backfill: inputs that are filed by day, for a range of days."""

from __future__ import annotations

import glob
import string
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from flows.settings import SettingsError

MOST_DAYS = 3660  # ten years: a mistyped year is found before a million files are looked for
MOST_NAMED = 5
"""Missing inputs that are named one by one."""
FIELDS = ("day", "year", "month", "dd")


def inputs_of_days(patterns: Sequence[str], from_day: date, to_day: date) -> tuple[list[str], list[str]]:
    """The inputs of all days, and those that do not exist.

    A pattern holds {day} (2024-03-01), or {year}, {month} and {dd}. Raises SettingsError for a
    range or a pattern that makes no sense, and where no day has an input.
    """
    if to_day < from_day or (to_day - from_day).days >= MOST_DAYS:
        raise SettingsError(f"{from_day} to {to_day} is no range of days (at most {MOST_DAYS})")
    fields = [_fields(pattern) for pattern in patterns]
    if not any(fields):
        raise SettingsError("a backfill needs an input with {day} in it, such as 'archive/{day}/*.jsonl.gz'")
    days = list(_days(from_day, to_day))
    named = list(dict.fromkeys(_fill(pattern, day) for day in days for pattern in patterns))
    missing = [name for name in named if not _is_there(name)]
    if len(missing) == len(named):
        raise SettingsError(f"nothing to read from {from_day} to {to_day}: {describe_missing(missing)}")
    gone = set(missing)
    return [name for name in named if name not in gone], missing


def describe_missing(missing: Sequence[str]) -> str:
    """One line, however many days lack an input."""
    more = len(missing) - MOST_NAMED
    return f"nothing there for {', '.join(missing[:MOST_NAMED])}" + (f" and {more} more" if more > 0 else "")


def _is_there(name: str) -> bool:
    return "://" in name or Path(name).exists() or bool(glob.glob(name, recursive=True))


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _fields(pattern: str) -> list[str]:
    """The names in the pattern's braces. Raises SettingsError for all but plain known ones."""
    try:
        found = [item[1:] for item in string.Formatter().parse(pattern) if item[1] is not None]
    except ValueError as error:
        raise SettingsError(f"{pattern!r}: {error}; write {{{{ for a brace itself") from error
    if any(name not in FIELDS or form or conversion for name, form, conversion in found):
        raise SettingsError(f"{pattern!r}: only {{day}}, {{year}}, {{month}} and {{dd}} are known")
    return [str(name) for name, _, _ in found]


def _fill(pattern: str, day: date) -> str:
    year, month, dd = day.isoformat().split("-")
    return pattern.format(day=day.isoformat(), year=year, month=month, dd=dd)
