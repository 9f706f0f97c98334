"""A paragraph to tokens of time classes.

Here a form gets its class and value ("Sept." is MONTH 9, "1950-53" a YEAR_RANGE); which tokens
together are a time expression is the grammar's matter. Numbers that are parts of other things
("Boeing-747", "$1990", "F16") get no class.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from flows.text.extract.times.numbers import NUMBER_WORDS, SCALES, goes_on_with, value_of_words
from flows.text.extract.times.numerals import (
    FIRST_YEAR,
    LAST_YEAR,
    NOTHING,
    Value,
    classify_numeral,
    full_year,
)
from flows.text.extract.times.vocabulary import (
    OTHER,
    PUNCTUATION,
    load_phrase_starts,
    load_vocabulary,
    load_word_lists,
)
from flows.text.number_words import TENS
from flows.text.types import Parse

PIECES = re.compile(
    r"""(?P<instant>\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)
    |(?P<short_year>['’`]\d\ds?(?!\w))
    |(?P<number>\d+(?:[.,:/–-]\d+)*)(?P<suffix>\w*)
    |(?P<meridiem>[AaPp]\.\ ?[Mm](?:\.|(?!\w)))
    |(?P<word>[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)?\w*)
    |(?P<possessive>['’]s\b)
    |(?P<other>\S)""",
    re.VERBOSE,
)
NO_TIME_BEFORE = frozenset("$£€¥₹#.")
"""Marks right before a number that is no time."""
LABEL = re.compile(r"(?<!\w)([A-Z]\w*)-$")
"""A capitalised word and a hyphen make what follows a name; "mid-1990s" stays a decade."""
LONGEST_LABEL = 20
"""Letters before a number in which a label is looked for."""
LONGEST_NUMBER = 12
"""Pieces of a number in words."""
FISCAL_YEAR = re.compile(r"fy((?:19|20)?\d\d)")
MERIDIEMS = frozenset(("am", "pm"))


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark; offsets into the paragraph."""

    class_name: str
    value: Value
    text: str
    start: int
    end: int
    tag: str = ""
    label: str = ""


def tokenise(parse: Parse) -> list[Token]:
    """The tokens of a paragraph in order, with tag and entity label; without a time class they are OTHER."""
    return list(_Lexer(parse).read())


def word_at(parse: Parse, offset: int) -> int:
    """The number of the word at an offset of the paragraph."""
    return max(bisect_right(parse.starts, offset) - 1, 0)


class _Lexer:
    """Reads one paragraph; its methods give a token and how many pieces of the text it takes."""

    def __init__(self, parse: Parse) -> None:
        self.text = parse.text
        self.pieces = list(PIECES.finditer(parse.text))
        self.tags = dict(zip(parse.starts, parse.tags, strict=True))
        self.labels = {
            parse.starts[token]: entity.label
            for entity in parse.entities
            for token in range(entity.token_start, entity.token_end)
        }

    def read(self) -> Iterator[Token]:
        """The tokens in order."""
        position = 0
        while position < len(self.pieces):
            token, used = self._read_at(position)
            yield token
            position += used

    def _read_at(self, position: int) -> tuple[Token, int]:
        piece = self.pieces[position]
        if piece.lastgroup != "word":
            return self._token(*self._classify(piece), piece.start(), piece.end()), 1
        word = piece.group().lower()
        if word in NUMBER_WORDS:
            return self._number_words(position)
        longest = load_phrase_starts().get(word, 0)
        return (longest and self._phrase(position, longest)) or self._word(piece, word)

    def _token(self, class_name: str, value: Value, start: int, end: int) -> Token:
        tag, label = self.tags.get(start, ""), self.labels.get(start, "")
        return Token(class_name, value, self.text[start:end], start, end, tag, label)

    def _classify(self, piece: re.Match[str]) -> tuple[str, Value]:
        kind, form = piece.lastgroup, piece.group()
        if kind in ("number", "suffix"):
            return self._numeral(piece)
        if kind == "instant":
            return "CALENDAR_DAY", form[:10]
        if kind == "short_year":
            year = full_year(int(form[1:3]))
            return ("DECADE", str(year)[:3]) if form[3:] else ("SHORT_YEAR", year)
        if kind == "meridiem":
            return "MERIDIEM", f"{form[0].lower()}m"
        return PUNCTUATION.get(form, OTHER), None

    def _numeral(self, piece: re.Match[str]) -> tuple[str, Value]:
        if entry := load_vocabulary().get(piece.group().lower()):
            return entry.class_name, entry.value
        glued = self._is_part_of_name(piece.start())
        return NOTHING if glued else classify_numeral(piece["number"], piece["suffix"])

    def _is_part_of_name(self, start: int) -> bool:
        """Whether the digits at `start` belong to money, a decimal or a name: "$5", ".5", "Boeing-747"."""
        before = self.text[max(start - LONGEST_LABEL, 0) : start]
        return before[-1:] in NO_TIME_BEFORE or (before[-1:] == "-" and self._ends_in_label(before))

    def _ends_in_label(self, before: str) -> bool:
        label = LABEL.search(before)
        return label is not None and label[1].lower() not in load_vocabulary()

    def _word(self, piece: re.Match[str], word: str) -> tuple[Token, int]:
        start, end = piece.span()
        if fiscal := FISCAL_YEAR.fullmatch(word):
            year = int(fiscal[1])
            return self._token("FISCAL_YEAR", year if year > 99 else full_year(year), start, end), 1
        if word in MERIDIEMS and self.text[max(start - 2, 0) : start].strip()[-1:].isdigit():
            return self._token("MERIDIEM", word, start, end), 1
        entry, short = load_vocabulary().get(word), word in load_word_lists()["abbreviation"]
        # "sun", "may" and "march" are words too
        capital = short or word in load_word_lists()["needs_capital"]
        if entry is None or (capital and not piece.group()[0].isupper()):
            return self._token(OTHER, None, start, end), 1
        dot = short and self.text.startswith(".", end)
        return self._token(entry.class_name, entry.value, start, end + dot), 1 + dot

    def _phrase(self, position: int, longest: int) -> tuple[Token, int] | None:
        """The longest form of several words that begins here: "more than", "year's end"."""
        start = self.pieces[position].start()
        for size in range(min(longest, len(self.pieces) - position), 1, -1):
            end = self.pieces[position + size - 1].end()
            form = " ".join(self.text[start:end].lower().replace("’", "'").split())
            if entry := load_vocabulary().get(form):
                return self._token(entry.class_name, entry.value, start, end), size
        return None

    def _number_words(self, position: int) -> tuple[Token, int]:
        """Number words in a row as one token; hyphens and "and" between them count in: "twenty-four"."""
        words: list[str] = []
        used = 0
        for offset, piece in enumerate(self.pieces[position : position + LONGEST_NUMBER]):
            word = piece.group().lower()
            if word in NUMBER_WORDS and (not words or goes_on_with(words[-1], word)):
                words.append(word)
                used = offset + 1
            elif word != "-" and not (word == "and" and words[-1] in SCALES):
                break
        value = value_of_words(words)
        last = position + used
        if words[-1] in TENS and (unit := self._ordinal_at(last + 1)):
            # "twenty-first"
            start, end = self.pieces[position].start(), self.pieces[last + 1].end()
            return self._token("ORDINAL", value + unit, start, end), used + 2
        year = len(words) > 1 and FIRST_YEAR <= value <= LAST_YEAR and words[0] not in SCALES
        start, end = self.pieces[position].start(), self.pieces[last - 1].end()
        return self._token("YEAR_NUMBER" if year else "NUMBER", value, start, end), used

    def _ordinal_at(self, position: int) -> int | None:
        """The value of an ordinal below ten behind a hyphen."""
        if position >= len(self.pieces) or self.pieces[position - 1].group() != "-":
            return None
        entry = load_vocabulary().get(self.pieces[position].group().lower())
        value = entry.value if entry and entry.class_name in ("FIRST", "SECOND", "ORDINAL") else None
        return value if isinstance(value, int) and value < 10 else None
