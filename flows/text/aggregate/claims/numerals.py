"""Words that stand for numbers and days. Data only."""

from __future__ import annotations

from flows.text.number_words import TENS, UNITS

UNDER_TEN = tuple(word for word, value in UNITS.items() if 0 < value < 10)
NUMERALS = (
    {word: float(value) for word, value in (UNITS | TENS).items()}
    | {f"{tens}-{unit}": float(TENS[tens] + UNITS[unit]) for tens in TENS for unit in UNDER_TEN}
    | {"pair": 2.0, "couple": 2.0, "dozen": 12.0}
)
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "m": 1e6,
    "bn": 1e9,
}
MONTHS = frozenset((
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
))  # fmt: skip
LAST_DAY = 31
WEEKDAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
