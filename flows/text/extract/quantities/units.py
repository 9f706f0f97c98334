"""Units of measurement and rates: "3.7 million tons of coal", "25km", "half a mile", "$15 an hour"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container
from dataclasses import replace

from flows.text.extract.quantities.nouns import noun_after_of, phrase
from flows.text.extract.quantities.place import Meaning, Place, plain_meaning
from flows.text.extract.quantities.vocabulary import measure_units, words_of
from flows.text.types import Parse

INCHES_IN_A_FOOT = 12

_UNIT_WORDS = re.compile(r"[\s-]?((?:[A-Za-z°µ][\w°²³./]*)(?:[\s-][A-Za-z][\w²³.]*){0,2})")
_RATE = re.compile(
    r"/(?P<slash>[a-z]+)\b|[\s-](?:per[\s-](?P<per>[a-z]+)|(?:an?|each|every)[\s-](?P<each>[a-z]+))\b",
    re.IGNORECASE,
)
_NO_RATE = re.compile(r"\s(?:ago|before|after|earlier|later|until|when|in\sjail)\b", re.IGNORECASE)
_OF_A_UNIT = re.compile(r"(?:\sof)?\s(?:an?|of)\b")
_INCHES = re.compile(r"-(\d{1,2})\b(?!-)|[\s-](\d{1,2})[\s-]?(?:inch|inches|in)\b")
_NO_TEMPERATURE = re.compile(r"\s(?:in|of|from)\b")


def unit_length(rest: str, table: Container[str], *, proper: bool = True) -> int:
    """How many characters of `rest` are a unit of the table, the longest first; 0 for none.

    `proper`: also where its last word has a capital ("8 Rand Street" is no money).
    """
    match = _UNIT_WORDS.match(rest)
    written = match.group() if match is not None else ""
    while written:
        for form in (written, written.rstrip(".")):
            if normal(form) in table and (proper or form.split()[-1].lstrip("-")[0].islower()):
                return len(form)
        cut = max(written.rfind(" ", 1), written.rfind("-", 1))
        written = written[:cut] if cut > 0 else ""
    return 0


def normal(written: str) -> str:
    """As the tables have it: lower case, spaces for hyphens."""
    return written.strip(" -").lower().replace("-", " ")


def read_measure(place: Place) -> Meaning | None:
    """ "3.7 million tons of coal", "25km", "half a mile", "millions of tons", "6-foot-5"."""
    amount, parse = place.amount, place.parse
    loose = amount.numeral.fraction or amount.numeral.vague
    article = _OF_A_UNIT.match(place.rest) if loose else None
    skipped = article.end() if article is not None else 0
    rest = place.rest[skipped:]
    length = unit_length(rest, measure_units())
    unit = measure_units().get(normal(rest[:length])) if length else None
    if unit is None or (
        unit == "degree" and (amount.numeral.in_words or _NO_TEMPERATURE.match(rest, length))
    ):
        return None  # "two degrees in law"
    found = plain_meaning(place, skipped + length, "measure", unit)
    if unit == "foot" and (inches := _INCHES.match(parse.text, found.end)):
        value = round(found.value + int(inches[1] or inches[2]) / INCHES_IN_A_FOOT, 6)
        return replace(found, end=inches.end(), core_end=inches.end(), value=value)
    found = with_rate(parse, found)
    token = bisect_left(parse.starts, found.end)
    noun = noun_after_of(parse, token)
    return found.of(None if noun is None else phrase(parse, noun, token + 1))


def with_rate(parse: Parse, found: Meaning) -> Meaning:
    """The same with "per hour" in its unit, where "an hour" or "per hour" follows."""
    match = _RATE.match(parse.text, found.end)
    if match is None or _NO_RATE.match(parse.text, match.end()):
        return found
    noun = (match["per"] or match["slash"] or match["each"]).lower()
    if not match["per"] and noun not in words_of("rate_nouns"):
        return found
    return replace(found, end=match.end(), unit=f"{found.unit} per {noun}")
