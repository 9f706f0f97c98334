"""Numbers as written, in digits or words, to values: "3.7 million", "two hundred and fifty", "a dozen".

Reads one number at one place of a text. What the number means (money, a count, nothing) is not decided
here. Every pattern is anchored and without nested repetition over the same characters, so that reading
is linear in the length of the number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.text.extract.quantities.vocabulary import (
    FRACTION_SIGNS,
    INDEFINITE,
    PARTS,
    SCALE_SIGNS,
    SCALES,
    VAGUE,
)
from flows.text.number_words import TENS, UNITS


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at text[start:end]. `scale` is the factor of its last scale word, 1 without one."""

    start: int
    end: int
    value: float
    scale: float = 1.0
    vague: bool = False
    """Only an order of magnitude: "dozens", "several hundred"."""
    fraction: bool = False
    """Said as parts of a whole: "two-thirds"."""
    in_words: bool = False
    grouped: bool = False
    """Written with thousands separators or a decimal point, which names and years are not."""


# at most 18 digits: more is an identifier and not an amount
_DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{3}){1,5}(?!,?\d)|\d{1,18})(?:\.\d+)?|\.\d+")
_BAD_BEFORE = re.compile(r"[\w.,:/#'’°+*=@&-]")
_BAD_AFTER = re.compile(r"\d|[.,:/]\d|['’]?s\b|(?:st|nd|rd|th)\b|[/_@=*^]\w|[-–](?:\d+[-–/])")
_SCALE_WORD = re.compile(r"[\s-]?(dozen|hundred|thousand|million|billion|trillion)\b", re.IGNORECASE)
_SCALE_SIGN = re.compile(r"(mln|bln|trn|mn|bn|tn|[kKmMbBtT])\b(?!['’])")
_MILLIONS = re.compile(r"m(?=\s(?!hurdles\b|metres\b|meters\b)[a-z]+s\b)|m(?=\speople\b)")
"""A bare "m" is a million before a plural, "5m users", and a meter otherwise, "a 50m pool"."""
_AND_A_HALF = re.compile(r"[\s-]and[\s-]a[\s-]half\b", re.IGNORECASE)

_NUMBER_WORD = "|".join((*UNITS, *TENS, *SCALES))
_WORDS = re.compile(rf"(?:{_NUMBER_WORD})\b(?:(?:\s|-|\sand\s)(?:{_NUMBER_WORD})\b){{0,12}}", re.IGNORECASE)
_A_SCALE = re.compile(
    r"(?P<lead>a\squarter\sof\sa|three\squarters\sof\sa|half[\s-]an?|an?\shalf|a\scouple(?:\sof)?|couple|a\sfew|few|several|an?)"
    r"[\s-](?P<scales>(?:dozen|hundred|thousand|million|billion|trillion)"
    r"(?:\s(?:thousand|million|billion|trillion))?)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[A-Za-z]+")
_DETERMINED = re.compile(
    r"\b(?:the|this|that|these|those|every|per|another|first|last|next)\s$", re.IGNORECASE
)
_INDEFINITE_WORD = "|".join(INDEFINITE)
_INDEFINITE = re.compile(
    rf"(?P<first>{_INDEFINITE_WORD})\b(?:\sand\s(?P=first)\b)?(?:\sof\s(?P<second>{_INDEFINITE_WORD})\b)?",
    re.IGNORECASE,
)
_PART_WORD = "|".join(PARTS)
_FRACTION = re.compile(
    rf"(?P<top>an?|one|two|three|four|five|six|seven|eight|nine|\d)[\s-](?P<part>{_PART_WORD})(?P<plural>s?)\b",
    re.IGNORECASE,
)
FIRST_WORDS = frozenset((*UNITS, *TENS, *SCALES, *INDEFINITE, *VAGUE, "a", "an", "half"))
"""Lower-case words that a number in words can begin with."""


def read_numeral(text: str, start: int, *, money: bool = False) -> Numeral | None:
    """The number that begins at `start`, or None where what stands there is no number.

    `money`: a currency sign stands before it, so that "m" and "b" are millions and billions.
    """
    if text[start].isdecimal() or text[start] == ".":
        return _read_digits(text, start, money=money)
    for read in (_read_scaled_article, _read_fraction, _read_indefinite, _read_words):
        numeral = read(text, start)
        if numeral is not None:
            return numeral
    return None


def _read_digits(text: str, start: int, *, money: bool) -> Numeral | None:
    match = _DIGITS.match(text, start)
    if match is None or not match.group().isascii() or (not money and _glued(text, start)):
        return None
    if match.group()[0] == "0" and match.group()[1:2].isdecimal():
        return None  # "0154" is part of a telephone number or a code
    value, end = float(match.group().replace(",", "")), match.end()
    grouped = "," in match.group() or "." in match.group()
    if end < len(text) and text[end] in FRACTION_SIGNS:
        value, end = value + FRACTION_SIGNS[text[end]], end + 1
    elif half := _AND_A_HALF.match(text, end):
        value, end = value + 0.5, half.end()
    if _BAD_AFTER.match(text, end):
        return None
    scale, end = _read_scales(text, end, money=money)
    return Numeral(start, end, round(value * scale, 6), scale, grouped=grouped)


def _glued(text: str, start: int) -> bool:
    """Part of a longer token: "F-16", "1.2.3.4", "#3", "2:30"."""
    if start == 0:
        return False
    if text[start - 1] in "-–−":
        # "76%-21%" are two numbers
        return start > 1 and not text[start - 2].isspace() and text[start - 2] not in '%(["“—'
    return _BAD_BEFORE.match(text, start - 1) is not None


def _read_scales(text: str, end: int, *, money: bool) -> tuple[float, int]:
    """The product of the scale words after a number ("3 hundred thousand") and where they end."""
    sign = _SCALE_SIGN.match(text, end)
    if sign is not None and (money or len(sign.group()) > 1 or sign.group() in "kK"):
        return SCALE_SIGNS[sign.group(1)], sign.end()
    if million := _MILLIONS.match(text, end):
        return 1e6, million.end()
    scale = 1.0
    while (word := _SCALE_WORD.match(text, end)) is not None:
        scale, end = scale * SCALES[word.group(1).lower()], word.end()
        if scale > SCALES["trillion"]:
            return 1.0, end
    return scale, end


def _read_scaled_article(text: str, start: int) -> Numeral | None:
    match = _A_SCALE.match(text, start)
    if match is None:
        return None
    lead = match["lead"].lower().replace("-", " ").split()
    scale = 1.0
    for word in match["scales"].lower().split():
        scale *= SCALES[word]
    vague = next((VAGUE[word] for word in lead if word in VAGUE), None)
    factor = vague or (
        0.75 if "quarters" in lead else 0.25 if "quarter" in lead else 0.5 if "half" in lead else 1
    )
    return Numeral(start, match.end(), factor * scale, scale, vague=vague is not None, in_words=True)


def _read_fraction(text: str, start: int) -> Numeral | None:
    if text.startswith(("half", "Half"), start) and not text[start + 4 : start + 5].isalpha():
        return Numeral(start, start + 4, 0.5, fraction=True, in_words=True)
    match = _FRACTION.match(text, start)
    if match is None:
        return None
    top = match["top"].lower()
    whole = 1 if top in ("a", "an") else UNITS.get(top) or int(top)
    # "two third parties" are no two-thirds, nor is "one halfs" a half
    if (whole > 1) != bool(match["plural"]):
        return None
    return Numeral(start, match.end(), whole / PARTS[match["part"].lower()], fraction=True, in_words=True)


def _read_indefinite(text: str, start: int) -> Numeral | None:
    match = _INDEFINITE.match(text, start)
    if match is None:
        return None
    first, second = match["first"].lower(), (match["second"] or "").lower()
    if first == "tens" and not second:
        return None
    value = INDEFINITE[first] * INDEFINITE.get(second, 1)
    return Numeral(
        start, match.end(), value, INDEFINITE.get(second, INDEFINITE[first]), vague=True, in_words=True
    )


def _read_words(text: str, start: int) -> Numeral | None:
    match = _WORDS.match(text, start)
    if match is None:
        return None
    if match.group().lower() in SCALES and not _DETERMINED.search(text[max(0, start - 8) : start]):
        return None  # "million" of "$2 million" was read with its number, "hundred" of "a hundred" with "a"
    words = match.group().lower().replace("-", " ").split()
    count, value, scale = _value_of(words)
    if count == 0:
        return None
    end = _end_of_word(text, start, count)
    # "nineteen ninety-nine": what cannot be one number is a year or a list
    if count < len(words) and words[count] != "and":
        return None
    if half := _AND_A_HALF.match(text, end):
        after, end = _read_scales(text, half.end(), money=False)
        return Numeral(start, end, (value + 0.5) * after, after, in_words=True)
    return Numeral(start, end, value, scale, in_words=True)


def _value_of(words: list[str]) -> tuple[int, float, float]:
    """How many of the words make one number, its value, and the factor of its last scale word."""
    total, group, scale, last = 0.0, 0.0, 1.0, ""
    for position, word in enumerate(words):
        following = words[position + 1] if position + 1 < len(words) else ""
        if word in UNITS and (not last or last in SCALES or (last in TENS and UNITS[word] < 10)):
            group += UNITS[word]
        elif word in TENS and (not last or last in SCALES):
            group += TENS[word]
        elif word in ("hundred", "dozen") and group < 100:
            group, scale = max(group, 1) * SCALES[word], SCALES[word]
        elif word in SCALES and (not total or SCALES[word] < scale):
            total, group, scale = total + max(group, 1) * SCALES[word], 0.0, SCALES[word]
        elif not (word == "and" and last in SCALES and (following in UNITS or following in TENS)):
            return position, total + group, scale
        last = word if word != "and" else last
    return len(words), total + group, scale


def _end_of_word(text: str, start: int, count: int) -> int:
    """The offset after the `count`-th word from `start`; hyphens part words as spaces do."""
    for match in _LETTERS.finditer(text, start):
        count -= 1
        if count == 0:
            return match.end()
    return start
