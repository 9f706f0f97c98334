"""Rules for durations: "three years", "the past two weeks", "63-year-old"."""

from __future__ import annotations

from flows.text.extract.times.grammar import REFUSED, SETS, Phrase, Rule, compile_rules
from flows.text.extract.times.meaning import Fixed, Reading
from flows.text.extract.times.values import compound_value, duration_value
from flows.text.extract.times.vocabulary import load_word_lists

APPROXIMATELY = "(APPROXIMATELY | OVER)? APPROXIMATELY?"
MOMENTS = frozenset(("D", "TM", "TS"))
"""Units of "the last minute" and "the final day", which are part of something."""
KINDS_OF_YEAR = frozenset(("fiscal", "financial", "calendar"))
"""A year of such a kind, "a calendar year", is a way to count, not how long something takes."""
AMOUNT = (
    "(ANOTHER (COUNT | VAGUE)? | VAGUE COUNT? MORE? | THE VAGUE MORE? | (A | THE)? COUPLE"
    " | A? COUNT (AND? FRACTION | AND A HALF)? | COUNT HYPHEN AND HYPHEN A HYPHEN HALF"
    " | COUNT AND COUNT HYPHEN HALF"
    " | A | HALF A | A? HALF HYPHEN? | FRACTION OF? A? | A COUNT | NUMBER_RANGE | COUNT (TO | OR) COUNT)"
    " HYPHEN? MORE? (PERIOD_ADJECTIVE | FISCAL | LONG)* HYPHEN? (UNIT | UNITS) (AND A HALF | OR_SO)?"
)
"""How much of a unit: "nearly" is not in it, "another two and a half years" is."""


def amount_of(phrase: Phrase) -> tuple[float | None, str]:
    """Count and unit of the first amount: (2.5, "Y"); the count is None where it is vague ("several")."""
    units = phrase.find_all("ANY_UNIT")
    unit = str(units[0].value) if units else "TS"
    if phrase.find("VAGUE"):
        return None, unit
    if phrase.find("COUPLE"):
        return 2, unit
    half = 0.5 if phrase.find("HALF") else 0
    if spread := phrase.find("NUMBER_RANGE"):
        return (float(spread.value[0]) if isinstance(spread.value, tuple) else None), unit
    fraction = phrase.find("FRACTION")
    count = phrase.find("COUNT")
    if fraction is not None:
        half = float(fraction.value) if isinstance(fraction.value, int | float) else 0
    if count is not None and isinstance(count.value, int | float):
        return count.value + half, unit
    if half and not phrase.find("AND"):
        return half, unit
    return 1 + half, unit


def read_duration(phrase: Phrase) -> Reading | None:
    """Three years; nearly two weeks; the past 18 months; the next few days; two to three weeks."""
    if phrase.find("LONG") or phrase.find("OLD"):
        return _read_long(phrase)
    classes = [token.class_name for token in phrase.tokens]
    # "a £73-a-week benefit", "over a three-year period"
    if classes[:2] == ["A", "HYPHEN"] or (classes[0] == "OVER" and phrase.precedes("PERIOD")):
        return None
    if _is_no_duration(phrase, classes):
        return REFUSED
    count, unit = amount_of(phrase)
    return Reading("DURATION", Fixed(duration_value(count, unit)))


def _is_no_duration(phrase: Phrase, classes: list[str]) -> bool:
    """Whether words that look like an amount are another thing: "60 Minutes", "wait a minute"."""
    count, unit = amount_of(phrase)
    # "less than one second": an ordinal that counts, and no other unit
    written = phrase.find("ANY_UNIT") or phrase.find("SECOND")
    if count == 0 or (written is not None and phrase.is_in_name(written)):
        return True
    if unit in MOMENTS and classes == ["A", "UNIT"] and phrase.follows(("wait",)):
        return True
    during = phrase.follows(load_word_lists()["during_word"])
    if unit in MOMENTS and classes == ["THE", "STEP", "UNIT"] and not during:
        # "at the last minute", "the last day of the campaign"
        return True
    if classes[0] == "A" and phrase.tokens[1].text.lower() in KINDS_OF_YEAR:
        return True
    return unit == "Q" and not phrase.find("RELATIVE") and (_is_fraction(phrase) or phrase.precedes("OF"))


def _read_long(phrase: Phrase) -> Reading:
    """63-year-old; decade-long; decades-old."""
    count, unit = amount_of(phrase)
    vague = phrase.find("UNITS") and not phrase.find("COUNT")
    return Reading("DURATION", Fixed(duration_value(None if vague else count, unit)))


def _is_fraction(phrase: Phrase) -> bool:
    """A quarter; three-quarters."""
    return bool(phrase.find("A") or phrase.find("HYPHEN"))


def read_compound(phrase: Phrase) -> Reading | None:
    """An hour and 20 minutes; six years and nine months; 2 minutes 10 seconds."""
    counts = [token.value for token in phrase.tokens if token.class_name in SETS["COUNT"]]
    units = [str(token.value) for token in phrase.find_all("ANY_UNIT")]
    counts = counts if len(counts) == len(units) else [1, *counts]
    if not all(isinstance(count, int) for count in counts):
        return None
    value = compound_value([(int(str(count)), unit) for count, unit in zip(counts, units, strict=True)])
    return Reading("DURATION", Fixed(value)) if value else None


def read_some_time(phrase: Phrase) -> Reading | None:
    """A while; some time."""
    return Reading("DURATION", Fixed(phrase.value("SOME_TIME")))


def read_plain_units(phrase: Phrase) -> Reading | None:
    """Years; the weeks ahead."""
    if phrase.value("UNITS") == "Q":
        return None
    if phrase.value("UNITS") == "D" and phrase.follows(("on",)):
        # "on days when prices fall" is about which, not how long
        return None
    if phrase.value("UNITS") == "WE" and phrase.follows(("on", "and")):
        return Reading("SET", Fixed("XXXX-WXX-WE"))
    return Reading("DURATION", Fixed(duration_value(None, str(phrase.find_all("UNITS")[0].value))))


def read_quarter_century(phrase: Phrase) -> Reading | None:
    """A quarter century."""
    units = [token.value for token in phrase.find_all("UNIT")]
    return Reading("DURATION", Fixed("P25Y")) if units == ["Q", "CE"] else None


RULES: tuple[Rule, ...] = compile_rules(
    (
        (read_quarter_century, ["A? UNIT HYPHEN? UNIT"]),
        (
            read_duration,
            [
                f"{APPROXIMATELY} {AMOUNT} (HYPHEN? OLD | HYPHEN LONG)?",
                f"APPROXIMATELY? {AMOUNT} PERIOD",
                "APPROXIMATELY? (EVERY OF)? (THE | THESE | STEP)"
                f" (PAST | STEP | STEP_REFERENCE | FIRST | FINAL | LATEST) {AMOUNT}",
                "THE COUNT (UNIT | UNITS)",
                "(THE (PAST | STEP) | PAST) UNIT",
                "(THE | A)? (UNIT | UNITS) HYPHEN (LONG | OLD)",
                "ALL UNIT LONG?",
                f"{APPROXIMATELY} COUNT HYPHEN? SECOND",
            ],
        ),
        (read_compound, [f"{APPROXIMATELY} (A | COUNT) (UNIT | UNITS) AND? COUNT (UNIT | UNITS)"]),
        (read_plain_units, ["UNITS (HYPHEN LONG)?", "THE UNITS AHEAD?", "THE? STEP_REFERENCE UNITS"]),
        (read_some_time, ["SOME_TIME"]),
    )
)
