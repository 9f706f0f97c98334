"""Quantities: numbers with a meaning, in money, percent, ratios, measures and counts.

Here are the public function and the walk over the tokens; reading numbers, joining ranges and finding
the meaning have modules of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from flows.text.extract.quantities.amounts import is_approximate, read_amount
from flows.text.extract.quantities.meaning import understand
from flows.text.extract.quantities.numerals import FIRST_WORDS
from flows.text.extract.quantities.place import Meaning
from flows.text.extract.quantities.vocabulary import MULTIPLES
from flows.text.types import Parse, ParsedArticle, Quantity, Sentence, TimeExpression

__all__ = ["find_quantities"]

_NUMBER_START = re.compile(r"(?:^|(?<=^[-−$€£¥₹])|(?<=[$€£¥₹%][-–])|(?<=[A-Z]\$)|(?<=[A-Z]{3}))(?:\d|\.\d)")
_TRIGGERS = FIRST_WORDS | frozenset(MULTIPLES)
_WHOLE_AFTER_MULTIPLE = frozenset(("the", "as", "that", "what", "its", "their", "his", "her"))
_DOUBLED = frozenset(("down", "up", "as", "over", "back", "digit", "digits", "-"))
"""What makes another word of a multiple: "doubled down", "doubles as", "double-digit"."""


def find_quantities(
    article: ParsedArticle, sentences: Sequence[Sentence], times: Sequence[TimeExpression]
) -> tuple[Quantity, ...]:
    """The quantities of an article in order; none overlaps another or one of `times`.

    The span is the number with its sign and unit ("$15 an hour", "3.7 million tons", "3,000 refugees").
    Units are in the singular: an ISO 4217 code, "percent", "percentage point", "times" (of ratios that are
    multiples; shares like "two-thirds" have none), a unit of measurement, or the noun that is counted.
    Values stay in the unit as written: a ton is not made a tonne.
    """
    taken = sorted((time.char_start, time.char_end) for time in times)
    starts = [sentence.char_start for sentence in sentences]
    found = []
    for paragraph in article.paragraphs:
        for meaning in _meanings(paragraph.parse):
            start = paragraph.char_start + meaning.start
            number = bisect_right(starts, start) - 1
            end = _free_end(meaning, paragraph.char_start, taken)
            if end is None or number < 0:
                continue
            end = _end_in_sentence(meaning, paragraph.char_start, end, sentences[number])
            if end is not None:
                found.append(_quantity(article.text, meaning, (start, end), sentences[number].sentence_no))
    return tuple(found)


def _meanings(parse: Parse) -> Iterator[Meaning]:
    position = 0
    for token, word in enumerate(parse.words):
        lower = word.lower()
        if (word.isalpha() and lower not in _TRIGGERS) or parse.end(token) <= position:
            continue
        if lower in MULTIPLES:
            meaning = _multiple(parse, token)
            if meaning is not None:
                position = meaning.end
                yield meaning
            continue
        for start in _number_starts(word, lower, parse.starts[token]):
            if start < position:
                continue
            amount = read_amount(parse.text, start)
            meaning = None if amount is None else understand(parse, amount)
            if amount is not None:
                position = max(position, amount.end if meaning is None else meaning.end)
            if meaning is not None:
                yield meaning


def _number_starts(word: str, lower: str, start: int) -> Iterator[int]:
    """Where numbers in a token can begin: "5bn", "-5", both of "46%-35%"; none in "F-16" and "Dec25"."""
    if lower in FIRST_WORDS:
        yield start
    elif not word.isalpha():
        for match in _NUMBER_START.finditer(word):
            yield start + match.start()


def _multiple(parse: Parse, token: int) -> Meaning | None:
    """ "sales doubled", "twice as many", "double the number"; not "voted twice", "double-digit"."""
    word, start = parse.words[token].lower(), parse.starts[token]
    following = parse.words[token + 1].lower() if token + 1 < len(parse.words) else ""
    if parse.tags[token][:2] == "VB":
        usable = following not in _DOUBLED
    else:
        usable = following in _WHOLE_AFTER_MULTIPLE or word.endswith("fold")
    if not usable:
        return None
    end = start + len(word)
    about = is_approximate(parse.text, start, end)
    return Meaning(start, end, end, MULTIPLES[word], None, "ratio", "times", None, about)


def _free_end(meaning: Meaning, shift: int, taken: Sequence[tuple[int, int]]) -> int | None:
    """Where the quantity ends when it gives way to time expressions: None where one covers its number."""
    first = bisect_right(taken, (meaning.start + shift, -1))
    if first and taken[first - 1][1] > meaning.start + shift:
        return None
    if first == len(taken) or taken[first][0] >= meaning.end + shift:
        return meaning.end
    return meaning.core_end if taken[first][0] >= meaning.core_end + shift else None


def _end_in_sentence(meaning: Meaning, shift: int, end: int, sentence: Sentence) -> int | None:
    """Where the quantity ends within its sentence; None where its number goes on beyond."""
    ends = (shift + end, shift + meaning.core_end)
    return next((one for one in ends if one <= sentence.char_end), None)


def _quantity(text: str, meaning: Meaning, span: tuple[int, int], sentence_no: int) -> Quantity:
    return Quantity(
        sentence_no=sentence_no,
        text=text[span[0] : span[1]],
        char_start=span[0],
        char_end=span[1],
        value=meaning.value,
        value_max=meaning.value_max,
        kind=meaning.kind,
        unit=meaning.unit,
        currency=meaning.currency,
        approximate=meaning.approximate,
        item=meaning.item,
    )
