"""Percent, points, multiples, fractions: "5 percent", "eight times higher", "one in five", "two-thirds"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from flows.text.extract.quantities.nouns import (
    counted_noun,
    is_countable,
    is_plural,
    next_noun,
    noun_after_of,
    phrase,
)
from flows.text.extract.quantities.place import Meaning, Place, plain_meaning
from flows.text.extract.quantities.units import with_rate
from flows.text.number_words import UNITS
from flows.text.types import Parse

_PERCENT = re.compile(
    r"(?:\s?%|[\s-](?:percent|per\s?cent|pct))(?P<points>[\s-]points?\b)?(?!\w)"
    r"|[\s-]?(?P<of>percentage|basis)[\s-]points?\b",
    re.IGNORECASE,
)
_PERCENT_NEXT = re.compile(
    r"(?:\s?-\s?|\sto\s|-to-)\d[\d.]*(?:\s?%|[\s-](?:percent|per\s?cent)\b)(?!age|[\s-]points?)",
    re.IGNORECASE,
)


def read_percent(place: Place) -> Meaning | None:
    """ "5 percent of voters", "2.5 percentage points", "46" in "led 46 to 40 percent"."""
    match = _PERCENT.match(place.rest)
    if match is None:
        shared = place.amount.currency is None and _PERCENT_NEXT.match(place.rest)
        return plain_meaning(place, 0, "percent", "percent") if shared else None
    basis = (match["of"] or "").lower() == "basis"
    unit = "basis point" if basis else "percentage point" if match["points"] or match["of"] else "percent"
    found = with_rate(place.parse, plain_meaning(place, match.end(), "percent", unit))
    return found.of(_whole_of(place.parse, found.end))


def _whole_of(parse: Parse, end: int) -> str | None:
    """What a share is taken of: "percent of the voters", "percent support"."""
    token = bisect_left(parse.starts, end)
    noun = noun_after_of(parse, token)
    if noun is not None:
        return phrase(parse, noun, token + 1) if is_countable(parse, noun) else None
    if token >= len(parse.words) or parse.tags[token][:2] not in ("NN", "JJ"):
        return None
    noun = counted_noun(parse, token, token)
    if noun is None or parse.tags[noun] in ("NNP", "NNPS") or not is_countable(parse, noun):
        return None
    return phrase(parse, noun, token)


_TIMES = re.compile(
    r"[\s-]times\s(?=(?:as|the|more|less|fewer|that|what|its|their|his|her|our|your)\b"
    r"|(?!(?:later|after|over|ever|under|per|for|other|whether|rather|together)\b)[a-z]+er\b)|[\s-]?fold\b",
    re.IGNORECASE,
)
_TO_ONE = re.compile(r"(?:-to-|\sto\s)(?:1|one)\b(?![\d,.]\d)", re.IGNORECASE)
_OUT_OF = re.compile(
    r"(?:[\s-](?:in|out\sof|out-of)[\s-](?:every\s|each\s)?|\sof\s(?:every\s)?(?=10\b|100\b|ten\b))(two|three|four|five|six|seven|eight|nine|ten|\d[\d,]{0,8})\b"
    r"(?!%|\spercent|[-.,]\d)",
    re.IGNORECASE,
)
_ROUND_WHOLES = frozenset((*range(2, 11), 12, 20, 25, 50, 100, 500, 1000, 10_000, 100_000, 1_000_000))
"""What "in N" must be for a share: "one in five", "3 out of 1,000", not "two in 2016"."""


def read_multiple(place: Place) -> Meaning | None:
    """ "eight times higher", "10-fold", "3-to-1", "one in five"."""
    amount = place.amount
    if amount.currency is None and (times := _TIMES.match(place.rest)):
        return plain_meaning(place, len(times.group().rstrip()), "ratio", "times")
    if amount.value_max is not None:
        return None
    if amount.value > 1 and (to_one := _TO_ONE.match(place.rest)):
        return plain_meaning(place, to_one.end(), "ratio", "times")
    share = _OUT_OF.match(place.rest)
    return None if share is None or place.is_name() else _read_share(place, share)


def _read_share(place: Place, match: re.Match[str]) -> Meaning | None:
    part, word = place.amount.value, match[1].lower().replace(",", "")
    whole = UNITS.get(word) or int(word)
    if whole not in _ROUND_WHOLES or not part < whole or part != int(part):
        return None
    found = replace(plain_meaning(place, match.end(), "ratio", None), value=round(part / whole, 6))
    token = bisect_left(place.parse.starts, found.end)
    noun = counted_noun(place.parse, token - 1, token)
    if noun is None or not is_plural(place.parse, noun):
        return found
    return found.of(phrase(place.parse, noun, token))


_OTHER_HALF = re.compile(
    r"\b(?:first|second|third|last|other|latter|final|top|bottom|better|and\sa)\s$", re.IGNORECASE
)
_WHOLE_AFTER = re.compile(r"[\s-](?:of|the|its|their|his|her|our|all|that|those)\s", re.IGNORECASE)


def read_fraction(place: Place) -> Meaning | None:
    """ "two-thirds of the voters", "half the voters", "nearly half"; "half a mile" was a measure before."""
    amount, parse = place.amount, place.parse
    if not amount.numeral.fraction:
        return None
    written = parse.text[amount.start : amount.end].lower()
    whole = _WHOLE_AFTER.match(place.rest)
    needs_whole = written == "half" or written.startswith(("a ", "an "))
    other = _OTHER_HALF.search(parse.text[max(0, amount.start - 12) : amount.start])
    if other or (needs_whole and not whole and not amount.approximate):
        return None
    first = place.after + (place.word(place.after) == "of")
    noun = noun_after_of(parse, place.after)
    if noun is None:
        noun = next_noun(parse, first) if whole else counted_noun(parse, place.first, place.after)
    if noun is not None and not is_countable(parse, noun):
        return None
    return plain_meaning(place, 0, "ratio", None).of(None if noun is None else phrase(parse, noun, first))
