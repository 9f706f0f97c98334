"""Texts to word tables, in compiled code. Here: what a word is, where it stands, its hash.

Not here: runs of words (shingles.py) and what two texts share (matches.py).

A word is a maximal run of letters and digits after compatibility normalisation (NFKC) and
lower-casing; apostrophes do not count ("Don’t" is "dont").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

CHARACTERS_AT_ONCE = 500_000
"""Code points handled together: few enough to stay in the processor's cache."""

_APOSTROPHES = str.maketrans("", "", "'’")
_DECOMPOSED = re.compile(r"\w[\u0300-\u036f]+")
_SENTENCE_ENDS = (ord("."), ord("!"), ord("?"))
_HASH_BASE = 0x9E3779B97F4A7C15  # odd, so that powers of it never vanish modulo 2**64


@dataclass(frozen=True, slots=True)
class WordTable:
    """The words of several texts, one after the other: those of text i are bases[i] to bases[i + 1].

    All other arrays have one item a word. `starts` and `ends` are offsets into the word's own
    text, in code points.
    """

    bases: NDArray[np.int64]
    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]
    letters: NDArray[np.uint32]
    begins_sentence: NDArray[np.bool_]
    hashes: NDArray[np.uint64]


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64's finaliser (Steele, Lea and Flood 2014): neighbouring numbers become unrelated ones."""
    mixed = values + np.uint64(_HASH_BASE)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def build_word_table(texts: Sequence[str]) -> WordTable:
    """The words of all texts."""
    tables = [_tokenize(batch) for batch in _batches(texts)]
    if not tables:
        return _tokenize([])
    n_words = np.cumsum([0, *(len(table.hashes) for table in tables)])
    return WordTable(
        bases=np.concatenate(
            [table.bases[:-1] + base for table, base in zip(tables, n_words, strict=False)] + [n_words[-1:]]
        ),
        starts=np.concatenate([table.starts for table in tables]),
        ends=np.concatenate([table.ends for table in tables]),
        letters=np.concatenate([table.letters for table in tables]),
        begins_sentence=np.concatenate([table.begins_sentence for table in tables]),
        hashes=np.concatenate([table.hashes for table in tables]),
    )


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) > CHARACTERS_AT_ONCE:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text) + 1
    if batch:
        yield batch


def _tokenize(texts: Sequence[str]) -> WordTable:
    codes = _code_points(texts)
    letters, origins, begins = _word_letters(codes)
    last = np.append(begins, len(letters))[1:] - 1
    n_letters = last + 1 - begins
    starts = origins[begins]
    text_bases = np.cumsum([0, *(len(text) + 1 for text in texts)])
    bases = np.searchsorted(starts, text_bases)
    shift = np.repeat(text_bases[:-1], np.diff(bases))
    return WordTable(
        bases=bases.astype(np.int64),
        starts=(starts - shift).astype(np.uint32),
        ends=(origins[last] + 1 - shift).astype(np.uint32),
        letters=n_letters.astype(np.uint32),
        begins_sentence=_find_sentences(codes, starts),
        hashes=_hash_words(letters, begins, n_letters),
    )


def _code_points(texts: Sequence[str]) -> NDArray[np.uint32]:
    # A line break after each text keeps words of two texts apart.
    joined = "".join(f"{_compose(text)}\n" for text in texts)
    return np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)


def _compose(text: str) -> str:
    """Letters written with a separate accent as one code point, without moving what follows.

    "e" + U+0301 becomes "é'": the apostrophe holds the place and does not count.
    """
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return _DECOMPOSED.sub(_compose_cluster, text)


def _compose_cluster(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", match[0])[: len(match[0])].ljust(len(match[0]), "'")


@lru_cache(maxsize=4096)
def _fold(code: int) -> tuple[int, ...]:
    """What one code point counts as: ª is a, ½ is 1⁄2, ’ is nothing; 0 stands for what is no letter."""
    folded = unicodedata.normalize("NFKC", chr(code)).lower().translate(_APOSTROPHES)
    letters = tuple(ord(character) if character.isalnum() else 0 for character in folded)
    return letters if any(letters) else letters[:1]


def _word_letters(
    codes: NDArray[np.uint32],
) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.int64]]:
    """The folded letters of all words, the offset in `codes` each comes from, where words begin."""
    folded, origins = _fold_all(codes)
    is_letter = folded != 0
    is_first = is_letter.copy()
    is_first[1:] &= ~is_letter[:-1]
    return folded[is_letter], origins[is_letter], np.flatnonzero(is_first[is_letter])


def _fold_all(codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    alphabet = np.flatnonzero(np.bincount(codes))
    folds = [_fold(int(code)) for code in alphabet]
    sizes = np.zeros(int(alphabet.max(initial=0)) + 1, np.uint8)
    sizes[alphabet] = [len(fold) for fold in folds]
    firsts = np.zeros(len(sizes), np.uint32)
    firsts[alphabet] = np.cumsum([0, *(len(fold) for fold in folds)])[:-1]
    letters = np.array([letter for fold in folds for letter in fold], np.uint32)
    counts = sizes[codes]
    if sizes.max(initial=0) <= 1:
        origins = np.flatnonzero(counts)
        return letters[firsts[codes[origins]]], origins
    origins = np.repeat(np.arange(len(codes)), counts)
    places = np.arange(len(origins)) - np.repeat(np.cumsum(counts, dtype=np.int64) - counts, counts)
    return letters[firsts[codes[origins]] + places], origins


def _hash_words(
    letters: NDArray[np.uint32], begins: NDArray[np.int64], sizes: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Polynomial hash of each word modulo 2**64, of mixed letters."""
    if not len(begins):
        return np.zeros(0, np.uint64)
    values = mix(np.arange(int(letters.max()) + 1, dtype=np.uint64))
    powers = np.full(int(sizes.max()), _HASH_BASE, np.uint64)
    powers[0] = 1
    powers = np.multiply.accumulate(powers)
    places = np.arange(len(letters)) - np.repeat(begins, sizes)
    return mix(np.add.reduceat(values[letters] * powers[places], begins))


def _find_sentences(codes: NDArray[np.uint32], starts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """A sentence begins after a line break, and after ". " and the like where no small letter follows."""
    begins = np.zeros(len(starts) + 1, bool)
    begins[np.searchsorted(starts, np.flatnonzero(codes == ord("\n")))] = True
    begins[:1] = True
    ends = np.flatnonzero(np.isin(codes, _SENTENCE_ENDS))
    following = np.searchsorted(starts, ends)
    ends, following = ends[following < len(starts)], following[following < len(starts)]
    first_letters = starts[following]
    is_apart = first_letters - ends > 1  # not "U.S" or "3.5"
    begins[following[is_apart & ~_is_lower(codes[first_letters])]] = True
    return begins[:-1]


def _is_lower(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    alphabet, inverse = np.unique(codes, return_inverse=True)
    return np.array([chr(code).islower() for code in alphabet], bool)[inverse]
