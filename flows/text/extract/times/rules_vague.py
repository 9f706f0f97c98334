"""Rules for times that name no days: "now", "recent years", "the coming weeks", "at the time"."""

from __future__ import annotations

from flows.text.extract.times.grammar import Phrase, Rule, compile_rules
from flows.text.extract.times.meaning import Fixed, Reading

QUALIFIED = frozenset(("CD", "JJ", "NN", "NNS"))
"""Tags of what "the past" goes with instead of standing for a time."""


def read_reference(phrase: Phrase) -> Reading | None:
    """Now; recently; the future."""
    return Reading("DATE", Fixed(phrase.value("NOW")))


def read_current(phrase: Phrase) -> Reading | None:
    """Current; the past; recent."""
    if phrase.find("PAST") and phrase.after is not None and phrase.after.tag in QUALIFIED:
        # "in the past nine elections"
        return None
    return Reading("DATE", Fixed("PRESENT_REF" if phrase.find("CURRENT") else "PAST_REF"))


def read_one_day(phrase: Phrase) -> Reading | None:
    """(Will) one day (be); not "a job of one day"."""
    if [token.text.lower() for token in phrase.tokens] != ["one", "day"]:
        return None
    hoped = (phrase.before and phrase.before.tag == "MD") or (phrase.after and phrase.after.tag == "VB")
    return Reading("DATE", Fixed("FUTURE_REF")) if hoped else None


def read_moment(phrase: Phrase) -> Reading | None:
    """(At) the time; (for) the moment."""
    if not phrase.follows(("at", "for")) or phrase.precedes("OF", "STEP"):
        return None
    return Reading("DATE", Fixed(phrase.value("MOMENT")))


def read_recent_units(phrase: Phrase) -> Reading | None:
    """Recent years; past weeks."""
    return Reading("DATE", Fixed("PAST_REF"))


def read_coming_units(phrase: Phrase) -> Reading | None:
    """Coming weeks; the next years."""
    return Reading("DATE", Fixed("FUTURE_REF")) if phrase.find_all("STEP")[0].value == 1 else None


RULES: tuple[Rule, ...] = compile_rules(
    (
        (read_reference, ["NOW"]),
        (read_current, ["CURRENT", "RECENT", "THE PAST"]),
        (read_moment, ["MOMENT"]),
        (read_one_day, ["COUNT UNIT"]),
        (read_recent_units, ["THE? (RECENT | PAST) UNITS (AND UNITS)?"]),
        (read_coming_units, ["THE? STEP UNITS (AND UNITS)?"]),
    )
)
