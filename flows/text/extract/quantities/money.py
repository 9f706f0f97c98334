"""Money: signs and names of currencies, rates, and what the money is in: "$2 million in donations"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from flows.text.extract.quantities.nouns import counted_noun, phrase
from flows.text.extract.quantities.place import Meaning, Place, plain_meaning
from flows.text.extract.quantities.units import normal, unit_length, with_rate
from flows.text.extract.quantities.vocabulary import currency_names
from flows.text.types import Parse

_STERLING = re.compile(r"[\s-]pounds?\b(?!\sof\b)", re.IGNORECASE)
_WON = re.compile(r"\swon\b")
_CONVERTED = re.compile(r"\s\((?:US)?[$€£]")
_NO_ITEM = frozenset(("DT", "PRP$", "CD", "NNP", "PRP", "VBG", "WDT", "EX"))


def read_money(place: Place) -> Meaning | None:
    """ "$15 an hour", "50 cents", "millions of dollars", "3 million pounds"."""
    found = _signed(place) if place.amount.currency is not None else _named(place)
    if found is None:
        return None
    found = with_rate(place.parse, found)
    return found.of(_item(place.parse, found.end))


def _signed(place: Place) -> Meaning:
    """With a sign, and perhaps the name too: "$5 million US dollars"."""
    code = place.amount.currency
    length = unit_length(place.rest, currency_names(), proper=False)
    same = length and currency_names()[normal(place.rest[:length])][0] == code
    return plain_meaning(place, length if same else 0, "money", code)


def _named(place: Place) -> Meaning | None:
    of = " of" if place.amount.numeral.vague and place.rest.startswith(" of ") else ""
    rest = place.rest[len(of) :]
    length = unit_length(rest, currency_names(), proper=False)
    if not length:
        return _named_in_company(place)
    code, worth = currency_names()[normal(rest[:length])]
    return replace(plain_meaning(place, len(of) + length, "money", code, worth=worth), currency=code)


def _named_in_company(place: Place) -> Meaning | None:
    """Words that are money only in company: "3 million pounds", "20 pounds ($26)", "50,000 won ($36)"."""
    millions = place.amount.numeral.scale >= 1e6
    # "22,819 kilonewtons (5.13 million pounds)": a conversion in brackets is of the kind before it
    bracketed = place.word(place.first - 1) == "("
    for pattern, code, likely in (
        (_STERLING, "GBP", millions and not bracketed),
        (_WON, "KRW", millions and place.tag(place.after)[:2] != "VB"),
    ):
        match = pattern.match(place.rest)
        if match is not None and (likely or _CONVERTED.match(place.rest, match.end())):
            return replace(plain_meaning(place, match.end(), "money", code), currency=code)
    return None


def _item(parse: Parse, end: int) -> str | None:
    """What the money is in or of: "$2 million in donations", "$5 billion worth of bonds"."""
    token = bisect_left(parse.starts, end)
    words = [word.lower() for word in parse.words[token : token + 2]]
    token += words[:1] == ["worth"]
    if token + 1 >= len(parse.words) or parse.words[token].lower() not in ("in", "of"):
        return None
    if parse.tags[token + 1] in _NO_ITEM:
        return None
    noun = counted_noun(parse, token + 1, token + 1)
    return None if noun is None or parse.tags[noun] in ("NNP", "NNPS") else phrase(parse, noun, token + 1)
