"""Runs of eight words and their hashes.

Not here: what the words are (words.py), what equal runs say about articles (matches.py).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flows.text.aggregate.reuse.words import mix

SHINGLE_WORDS = 8
"""Words in a shingle: shorter common runs are chance or phrase, not reuse (the public contract)."""

_MULTIPLIER = np.uint64(0xD6E8FEB86659FD93)


def hash_shingles(
    words: NDArray[np.uint64], bases: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The hash and the first word's number of every run of eight words that stands in one text."""
    n = max(len(words) - SHINGLE_WORDS + 1, 0)
    hashes = np.zeros(n, np.uint64)
    for place in range(SHINGLE_WORDS):
        hashes *= _MULTIPLIER
        hashes ^= words[place : place + n]
        hashes ^= hashes >> np.uint64(32)
    within = np.ones(n + SHINGLE_WORDS, bool)
    for back in range(1, SHINGLE_WORDS):  # a run may not begin on the last seven words of a text
        ends = bases[1:] - back
        within[ends[ends >= bases[:-1]]] = False
    positions = np.flatnonzero(within[:n])
    return mix(hashes[positions]), positions
