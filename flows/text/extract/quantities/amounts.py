"""One number of a paragraph, or a range of two, with the sign before it and the words around it.

Joins "5 to 10 million", "$5-$10", "between two and three hundred" and tells them from scores ("56-44")
and changes ("from 5 to 10"). What is counted or measured is found in `meaning`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from flows.text.extract.quantities.numerals import Numeral, read_numeral
from flows.text.extract.quantities.vocabulary import currency_signs, words_of

LONGEST_SIGN = 5
"""Characters in the longest currency sign with its space: "Mex$ "."""
LONGEST_APPROXIMATOR = 24
"""Characters before a number in which "somewhere around the" can stand."""


@dataclass(frozen=True, slots=True)
class Amount:
    """text[start:end] says `value`, or a range from `value` to `value_max`; the sign is inside."""

    start: int
    end: int
    numeral: Numeral
    value: float
    value_max: float | None = None
    currency: str | None = None
    approximate: bool = False


_SEPARATOR = re.compile(
    r"(?P<percent>\s?%|\s(?:percent|per\scent))?"
    r"(?P<sign>\s?[-–—]\s?|\sto\s|-to-|\sor\s|\sand\s)",
    re.IGNORECASE,
)
_THOUSANDS_LEFT_OUT = re.compile(r"\d{1,3}[-–]\d{1,3},000\b")
"""The first number of "5-6,000" is 5,000."""
_BETWEEN = re.compile(r"\bbetween\s(?:about\s|roughly\s)?$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s(?:about\s|roughly\s|just\s)?$", re.IGNORECASE)
_RANGING = re.compile(r"\b(?:rang|vari|vary)\w*\s(?:\w+\s)?from\s(?:about\s|roughly\s)?$", re.IGNORECASE)
_AFTER = re.compile(r"\+|\s(?:or\sso|or\smore|or\sless|or\sfewer|plus)\b|-plus\b", re.IGNORECASE)
_PERCENT_AHEAD = re.compile(r"\s?%|[\s-](?:percent|per\scent)", re.IGNORECASE)


def read_amount(text: str, start: int) -> Amount | None:
    """The number or range that begins at `start` (the first digit or letter, after any currency sign)."""
    sign_start, currency = _sign_before(text, start)
    first = read_numeral(text, start, money=currency is not None)
    if first is None:
        return None
    amount = _range_from(text, first, currency) or Amount(
        start, first.end, first, first.value, currency=currency
    )
    begin = sign_start if currency else start
    if begin > 0 and text[begin - 1] in "-−" and not first.in_words and _stands_free(text, begin - 1):
        begin, amount = begin - 1, replace(amount, value=-amount.value, value_max=None)
    approximate = first.vague or is_approximate(text, begin, amount.end)
    return replace(amount, start=begin, approximate=approximate)


def _stands_free(text: str, position: int) -> bool:
    return position == 0 or text[position - 1] in " \t\n("


def _sign_before(text: str, start: int) -> tuple[int, str | None]:
    """Where the currency sign before a number begins, and its code: "US$ 5", "€5"."""
    if start == 0 or not (text[start].isdecimal() or text[start] == "."):
        return start, None
    match = _signs().search(text[max(0, start - LONGEST_SIGN) : start])
    if match is None:
        return start, None
    return start - len(match.group()), currency_signs()[match["sign"]]


@cache
def _signs(*, ahead: bool = False) -> re.Pattern[str]:
    """A currency sign at the end of a text, or `ahead` of a number."""
    any_sign = "|".join(map(re.escape, sorted(currency_signs(), key=len, reverse=True)))
    return re.compile(rf"(?P<sign>{any_sign})(?=\d)" if ahead else rf"(?<![A-Za-z])(?P<sign>{any_sign})\s?$")


def _range_from(text: str, first: Numeral, currency: str | None) -> Amount | None:
    separator = _SEPARATOR.match(text, first.end)
    if separator is None or first.fraction or first.vague:
        return None
    second = _second_number(text, separator, currency)
    if second is None or second.fraction or second.vague or not _joins(text, first, separator, second):
        return None
    value = _shared_scale(text, first, second, alone=bool(separator["percent"]))
    return (
        Amount(first.start, second.end, first, value, second.value, currency)
        if value < second.value
        else None
    )


def _second_number(text: str, separator: re.Match[str], currency: str | None) -> Numeral | None:
    """The number after "to" or a hyphen, with the same currency sign or none: "$5-$10", "$5-10"."""
    start = separator.end()
    sign = _signs(ahead=True).match(text, start)
    if sign is not None and currency_signs()[sign["sign"]] != currency:
        return None
    start = start if sign is None else sign.end()
    # the hyphen of "5-10" would make the second number look like part of a name
    joined = currency is not None or separator["sign"].strip() in ("-", "–", "-to-")
    return read_numeral(text, start, money=joined) if start < len(text) else None


def _shared_scale(text: str, first: Numeral, second: Numeral, *, alone: bool) -> float:
    """The value of the first number: 5 million in "5 to 10 million", 5,000 in "5-6,000"."""
    if first.value * 1000 < second.value and _THOUSANDS_LEFT_OUT.match(text, first.start):
        return first.value * 1000
    shares = (
        first.scale == 1 and not first.grouped and not alone and first.value * second.scale < second.value
    )
    return first.value * second.scale if shares else first.value


def _joins(text: str, first: Numeral, separator: re.Match[str], second: Numeral) -> bool:
    """Whether the words between two numbers make them a range: "from 5 to 10" is a change."""
    before = text[max(0, first.start - LONGEST_APPROXIMATOR - 8) : first.start].rstrip("$€£")
    word = separator["sign"].strip().lower()
    if separator["percent"] and not _PERCENT_AHEAD.match(text, second.end):
        return False
    if word == "and":
        return _BETWEEN.search(before) is not None
    if word == "to":
        return not _FROM.search(before) or _RANGING.search(before) is not None
    return True


def is_approximate(text: str, start: int, end: int) -> bool:
    """Whether the words around text[start:end] make it an estimate or a bound."""
    before = text[max(0, start - LONGEST_APPROXIMATOR) : start]
    return _approximators().search(before) is not None or _AFTER.match(text, end) is not None


@cache
def _approximators() -> re.Pattern[str]:
    words = sorted(words_of("approximators"), key=len, reverse=True)
    return re.compile(
        rf"(?:(?<!\w)(?:{'|'.join(map(re.escape, words))})\s?(?:\b(?:the|an?|another|all)\s)?)$",
        re.IGNORECASE,
    )
