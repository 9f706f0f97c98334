"""How surely two sentences must mean the same to be one claim: more so where their words are unlike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from flows.text.aggregate.claims.likeness import SAME, judge_pairs
from flows.text.aggregate.claims.pairing import CandidatePairs

LIKE_WORDS = (0.35, 0.5, 0.3, 2.3)
UNLIKE_WORDS = (0.25, 0.4, 0.2, 2.4)
FOREIGN_WORDS = (0.1, 0.2, 0.1, 1.0)


def judge(features: Sequence[float], meaning: float, *, same_person: bool = False) -> tuple[bool, int]:
    """Whether a pair with these words and this product of meanings says the same, and how many were read."""
    read: list[str] = []

    def encode(texts: Sequence[str]) -> NDArray[np.float64]:
        read.extend(texts)
        return np.array([[1.0, 0.0], [meaning, (1 - meaning**2) ** 0.5]])

    pairs = CandidatePairs(np.array([0]), np.array([1]), np.array([features]))
    yes, person = np.array([True]), np.array([same_person])
    probability = judge_pairs(pairs, ["one", "other"], encode, apart=yes, same_person=person)
    return bool(probability[0] >= SAME), len(read)


@pytest.mark.parametrize(
    ("features", "meaning", "same"),
    [
        (LIKE_WORDS, 0.68, True),
        (UNLIKE_WORDS, 0.77, False),  # as probable as the pair above, but in other words
        (UNLIKE_WORDS, 0.84, True),
        (LIKE_WORDS, 0.3, False),
    ],
)
def test_unlike_words_must_mean_the_same_more_surely(
    features: Sequence[float], meaning: float, same: bool
) -> None:
    assert judge(features, meaning) == (same, 2)


def test_what_has_hardly_a_word_in_common_is_not_read() -> None:
    assert judge(FOREIGN_WORDS, 0.99) == (False, 0)


def test_sentences_that_tell_of_one_person_in_passing_are_read_and_ask_for_less() -> None:
    assert judge(FOREIGN_WORDS, 0.81, same_person=True) == (True, 2)
