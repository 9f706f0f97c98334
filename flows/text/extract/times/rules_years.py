"""Rules for years, decades and centuries: "early 2020", "the 1980s", "the 20th century".

Parts of a year are in `rules_periods`, days and months in `rules_dates`.
"""

from __future__ import annotations

from flows.text.extract.times.grammar import REFUSED, Phrase, Rule, compile_rules
from flows.text.extract.times.meaning import Fixed, Reading
from flows.text.extract.times.rules_dates import EARLY, NAME_LABELS
from flows.text.extract.times.tokens import Token
from flows.text.extract.times.vocabulary import load_word_lists

FIRST_BARE_YEAR, LAST_BARE_YEAR = 1900, 2050
"""Four digits that are read as a year without a word that says so."""


def read_year(phrase: Phrase) -> Reading | None:
    """1998; early 2020; the year 2000; '98."""
    token = phrase.find_all("YEAR")[0]
    if len(phrase.tokens) == 1 and not _is_year(token, phrase):
        return None
    return Reading("DATE", Fixed(f"{token.value:04}"))


def _is_year(token: Token, phrase: Phrase) -> bool:
    before, after, year = phrase.before, phrase.after, int(str(token.value))
    if token.label in NAME_LABELS:
        return False
    if (before and before.class_name == "LABEL") or (after and after.text in ("%", "percent")):
        return False
    if phrase.follows(load_word_lists()["year_word"]):
        return True
    if "thousand" in token.text.lower() or (after and _is_counted(after, year, before)):
        return False
    return FIRST_BARE_YEAR <= year <= LAST_BARE_YEAR


def _is_counted(after: Token, year: int, before: Token | None) -> bool:
    """Whether digits tell how many: "1998 people", "1500 crates"; not "1998 earnings", "the 2000 polls"."""
    if after.class_name == "UNITS" or after.text.lower() in load_word_lists()["counted_noun"]:
        return True
    definite = before is not None and before.tag in ("DT", "POS", "PRP$")
    return year % 100 == 0 and after.tag == "NNS" and not definite


def refuse(_: Phrase) -> Reading:
    """The year 20023: no year."""
    return REFUSED


def read_year_range(phrase: Phrase) -> Reading | None:
    """1950-53: one expression, its value an ISO 8601 interval."""
    years = phrase.find_all("YEAR_RANGE")[0].value
    if not isinstance(years, tuple):
        return None
    return Reading("DATE", Fixed(f"{years[0]}/{years[1]}"))


def read_decade(phrase: Phrase) -> Reading | None:
    """The 1990s; the mid-'80s; the last half of the nineties."""
    if token := phrase.find("DECADE"):
        return Reading("DATE", Fixed(str(token.value)))
    century = phrase.number("NUMBER") or 19
    if century not in (18, 19, 20):
        return None
    return Reading("DATE", Fixed(f"{century}{phrase.value('DECADE_NAME')}"))


def read_decade_of_year(phrase: Phrase) -> Reading | None:
    """The 1990's; but in "the 1987's" the mark is a genitive."""
    year = phrase.value("YEAR_NUMBER")
    return Reading("DATE", Fixed(year[:3])) if year.endswith("0") else None


def read_century(phrase: Phrase) -> Reading | None:
    """The 20th century."""
    ordinal = phrase.find("NTH")
    unit = phrase.find_all("UNIT")[0].value
    if unit != "CE" or ordinal is None or not isinstance(ordinal.value, int) or not 2 <= ordinal.value <= 30:
        return None
    return Reading("DATE", Fixed(f"{ordinal.value - 1:02}"))


def read_centuries(phrase: Phrase) -> Reading | None:
    """The 18th and 19th centuries: one expression, its value an ISO 8601 interval."""
    numbers = [token.value for token in phrase.find_all("NTH")]
    if phrase.value("UNITS") != "CE" or not all(isinstance(n, int) and 2 <= n <= 30 for n in numbers):
        return None
    return Reading("DATE", Fixed("/".join(f"{int(str(number)) - 1:02}" for number in numbers)))


RULES: tuple[Rule, ...] = compile_rules(
    (
        (read_year, [f"{EARLY} YEAR OR_SO?", "THE UNIT YEAR_NUMBER"]),
        (
            read_decade_of_year,
            ["THE (EARLY HYPHEN?)? YEAR_NUMBER POSSESSIVE", "EARLY HYPHEN YEAR_NUMBER POSSESSIVE"],
        ),
        (refuse, ["THE UNIT (NUMBER | DAY_NUMBER)"]),
        (read_year_range, ["YEAR_RANGE"]),
        (
            read_decade,
            [
                f"({EARLY} | THE? (NTH | STEP | EARLY) HALF OF) THE? (EARLY HYPHEN? | FINAL | STEP)? DECADE",
                "(THE? EDGE OF)? THE (EARLY HYPHEN?)? (NUMBER HYPHEN?)? DECADE_NAME",
            ],
        ),
        (read_centuries, [f"{EARLY} THE? NTH (AND | TO) NTH UNITS"]),
        (read_century, [f"{EARLY} THE? (EARLY HYPHEN?)? NTH HYPHEN? UNIT"]),
    )
)
