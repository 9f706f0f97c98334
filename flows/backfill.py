"""Backfill: inputs that are filed by day, for a range of days."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from flows.settings import SettingsError

MOST_DAYS = 3660  # ten years: a mistyped year is found before a million files are looked for


def inputs_of_days(patterns: Sequence[str], from_day: date, to_day: date) -> tuple[list[str], list[str]]:
    """The inputs of all days, and those that do not exist.

    A pattern holds {day} (2024-03-01), or {year}, {month} and {dd}. Raises SettingsError for a
    range or a pattern that makes no sense.
    """
    if to_day < from_day or (to_day - from_day).days >= MOST_DAYS:
        raise SettingsError(f"{from_day} to {to_day} is no range of days (at most {MOST_DAYS})")
    if not any("{" in pattern for pattern in patterns):
        raise SettingsError("a backfill needs an input with {day} in it, such as 'archive/{day}/*.jsonl.gz'")
    named = list(
        dict.fromkeys(_fill(pattern, day) for day in _days(from_day, to_day) for pattern in patterns)
    )
    there = [
        name for name in named if "://" in name or Path(name).exists() or glob.glob(name, recursive=True)
    ]
    return there, [name for name in named if name not in set(there)]


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _fill(pattern: str, day: date) -> str:
    try:
        return pattern.format(day=day.isoformat(), year=f"{day:%Y}", month=f"{day:%m}", dd=f"{day:%d}")
    except (KeyError, IndexError, ValueError) as error:
        raise SettingsError(f"{pattern!r}: only {{day}}, {{year}}, {{month}} and {{dd}} are known") from error
