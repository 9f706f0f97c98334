"""Rules for parts of a year: quarters, halves, seasons, fiscal years, the end of the year."""

from __future__ import annotations

from flows.text.extract.times.grammar import Phrase, Rule, compile_rules
from flows.text.extract.times.meaning import Fixed, PartOfYear, Reading, Shift
from flows.text.extract.times.rules_dates import EARLY, YEARISH, anchor_of, step_of, year_of
from flows.text.extract.times.vocabulary import load_word_lists

PARTS = {"Q": 4, "H": 2}
"""How many of each a year has."""


def read_part(phrase: Phrase) -> Reading | None:
    """The third quarter; this year's third quarter; the fiscal first half of 1989."""
    unit = (
        "H"
        if phrase.find("HALF")
        else str(next((u.value for u in phrase.find_all("ANY_UNIT") if u.value == "Q"), ""))
    )
    ordinal = phrase.find("NTH") or phrase.find("STEP")
    if unit not in PARTS or ordinal is None:
        return None
    number = PARTS[unit] if ordinal.class_name in ("FINAL", "STEP") else ordinal.value
    if not isinstance(number, int) or not 1 <= number <= PARTS[unit]:
        return None
    return Reading("DATE", PartOfYear(f"{unit}{number}", year_of(phrase)))


def read_month_quarter(phrase: Phrase) -> Reading | None:
    """The June quarter, the one that ends with the month; the April-June period."""
    *first, month = [int(str(token.value)) for token in phrase.find_all("MONTH")]
    if (phrase.find("UNIT") and phrase.value("UNIT") != "Q") or month % 3 or first not in ([], [month - 2]):
        return None
    return Reading("DATE", PartOfYear(f"Q{month // 3}"))


def read_part_code(phrase: Phrase) -> Reading | None:
    """Q3 2019; 1H; first-half profit, but not a first-half goal, an H1-B visa."""
    if phrase.precedes("HYPHEN"):
        return None
    if phrase.tokens[-1].text.lower().endswith("-half") and not phrase.is_before(
        load_word_lists()["result_word"]
    ):
        return None
    return Reading("DATE", PartOfYear(phrase.value("QUARTER_CODE"), year_of(phrase)))


def read_season(phrase: Phrase) -> Reading | None:
    """Last summer; the winter of 1998."""
    token, year = phrase.find_all("SEASON")[0], year_of(phrase)
    # "this past summer" is past
    step = next(reversed(phrase.find_all("RELATIVE")), None)
    falls = token.text.lower() in ("fall", "spring")
    if (
        falls
        and len(phrase.tokens) == 1
        and not (phrase.before and phrase.before.text.lower() in ("in", "by", "until"))
    ):
        return None
    if token.tag.startswith("VB") or (token.text.lower() == "fall" and _is_drop(phrase)):
        return None
    return Reading(
        "DATE", PartOfYear(str(token.value), year, step=step_of(step) if step and year is None else None)
    )


def _is_drop(phrase: Phrase) -> bool:
    """Whether a fall is none of the year: "the fall of the wall", "the fall in prices"."""
    within = phrase.is_before(("in",)) and not phrase.follows(("in", "by", "until", "during"))
    return within or phrase.is_before(("of", "from", "below"))


def read_fiscal_year(phrase: Phrase) -> Reading | None:
    """Fiscal 1989; the 2019 fiscal year; the current fiscal year."""
    if isinstance(number := year_of(phrase), int):
        return Reading("DATE", Fixed(f"{number:04}"))
    if not phrase.find("UNIT") or phrase.value("UNIT") != "Y":
        return None
    step = phrase.find("RELATIVE")
    if step is None:
        # "the fiscal year ended June 30" is a length that the day places
        return None if phrase.precedes("ENDED") else Reading("DATE", Shift("Y", 0))
    return Reading("DATE", Shift("Y", step_of(step), anchor_of(step)))


def read_year_end(phrase: Phrase) -> Reading | None:
    """Year-end, the day; the year's end, a part of the year."""
    year = phrase.number("YEAR")
    if "-" not in phrase.tokens[0].text:
        return Reading("DATE", Fixed(f"{year:04}") if year else Shift("Y", 0))
    return Reading("DATE", PartOfYear(phrase.value("YEAR_END"), year))


def read_unit_end(phrase: Phrase) -> Reading | None:
    """(By) month's end; quarter-end."""
    return Reading("DATE", Shift(phrase.value("UNIT_END"), 0))


YEAR_AGO = "A? UNIT HYPHEN? (AGO | EARLIER)"
NTH_PART = "(NTH | (FISCAL HYPHEN? NTH) | NTH HYPHEN? FISCAL) HYPHEN? (UNIT | UNITS | HALF)"
RULES: tuple[Rule, ...] = compile_rules(
    (
        (
            read_part,
            [
                f"{EARLY} THE? {NTH_PART} {YEARISH}?",
                f"{EARLY} THE? (STEP UNIT POSSESSIVE | YEAR (POSSESSIVE | HYPHEN)? | {YEAR_AGO}) {NTH_PART}",
                f"THE STEP (HALF | UNIT) {YEARISH}",
            ],
        ),
        (read_month_quarter, ["THE? MONTH UNIT", "THE? MONTH HYPHEN (TO HYPHEN)? MONTH (UNIT | PERIOD)"]),
        (read_part_code, [f"{EARLY} THE? QUARTER_CODE {YEARISH}?", "FISCAL? YEAR QUARTER_CODE"]),
        (read_season, [f"{EARLY} THE? RELATIVE? RELATIVE? SEASON {YEARISH}?"]),
        (
            read_fiscal_year,
            [
                "FISCAL_YEAR",
                "FISCAL YEAR",
                "THE? YEAR FISCAL UNIT",
                "THE? FISCAL UNIT YEAR",
                "(THE RELATIVE? | RELATIVE) FISCAL UNIT",
            ],
        ),
        (read_year_end, ["YEAR_END YEAR?"]),
        (read_unit_end, ["UNIT_END"]),
    )
)
