"""Cuts text into the word pieces of BERT's uncased vocabulary. No model is run here.

Method: J. Devlin et al., BERT, 2019: lower case without accents, words and marks, longest piece first.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from flows.text.lexicons import FOLDER

MOST_PIECES = 64
"""Pieces read of one text; the main statement of a longer sentence stands before that."""
LONGEST_WORD = 60
"""Letters of a word that is looked up; a longer one is unknown."""
BEGIN, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"

_WORD = re.compile(r"\w+|[^\w\s]")


@cache
def piece_numbers() -> dict[str, int]:
    """Piece → number."""
    lines = (FOLDER / "wordpieces.txt").read_text(encoding="utf-8").split("\n")[1:-1]
    return {piece: number for number, piece in enumerate(lines)}


def cut_pieces(text: str) -> list[int]:
    """The numbers of the pieces, begin and end included, at most MOST_PIECES."""
    numbers = piece_numbers()
    # A piece has at least one character, so that more text than this is never needed.
    plain = _plain(text[: MOST_PIECES * LONGEST_WORD])
    pieces = [number for match in _WORD.finditer(plain) for number in _cut_word(match[0])]
    return [numbers[BEGIN], *pieces[: MOST_PIECES - 2], numbers[END]]


def _plain(text: str) -> str:
    """Lower case without accents; "_" parts words."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("_", " _ "))
    return "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn")


@lru_cache(maxsize=100_000)
def _cut_word(word: str) -> tuple[int, ...]:
    numbers = piece_numbers()
    unknown = (numbers[UNKNOWN],)
    if len(word) > LONGEST_WORD:
        return unknown
    found: list[int] = []
    start = 0
    while start < len(word):
        mark = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((end for end in ends if mark + word[start:end] in numbers), None)
        if end is None:
            return unknown
        found.append(numbers[mark + word[start:end]])
        start = end
    return tuple(found)
