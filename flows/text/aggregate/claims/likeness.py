"""How probably two statements say the same, from how alike their words and meanings are.

Two logistic models, fitted by `benchmarks/claims.py` on labelled pairs of sentences. The first sees
words only and is free; where it leaves a pair open, the second sees the meaning too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from flows.text.aggregate.claims.meaning import Encoder
from flows.text.aggregate.claims.pairing import CandidatePairs

SAME = 0.5
"""Probability from which two statements are one claim."""
OPEN = 0.5
"""Probability by words from which sentences are read. Below, another two thirds of reading would find
another tenth of such pairs."""
LIKE = 0.57
"""Probability by words from which two sentences are said in like words."""
UNLIKE = 0.84
"""Of the probability by meaning, what counts for two in unlike words: of 33 labelled pairs at 0.5 to 0.55 19
say the same, of 24 from 0.6 on 22 do, so that 0.6 is asked of these."""
SURE_COSINE = 0.62
"""Cosine of words from which the meaning is taken to be the same."""
SURE_MEANING = 0.9
"""What the product of two meanings is then taken to be."""
SURE_WORDING = 0.7
"""Probability by words that makes one claim of sentences whose meaning is not looked at."""

UNREAD = 0.6
"""Of the probability by words, what counts for a pair whose meaning is not looked at: too little for SAME."""

WORDING_INTERCEPT = -2.58
WORDING_COEFFICIENTS = (2.08, 0.95, 0.69, 0.71)
"""For pairing.FEATURES, in order."""
MEANING_INTERCEPT = -5.7
MEANING_COEFFICIENTS = (4.67, 6.11)
"""For the cosine of words and the product of meanings."""

PERSON_BONUS = np.float64(0.5)
"""Log-odds for a pair that tells of one person in passing: open pairs are then twice as often the same."""

Floats = NDArray[np.float64]


def judge_pairs(
    pairs: CandidatePairs,
    texts: Sequence[str],
    encode: Encoder | None,
    *,
    apart: NDArray[np.bool_],
    same_person: NDArray[np.bool_],
) -> Floats:
    """The probability of each pair.

    texts: the sentence of each statement. apart: whether the pair is of two articles; the sentences of
    one article repeat each other in words or not at all. same_person: whether both tell of one person
    in passing.
    """
    wording = _logistic(WORDING_INTERCEPT + pairs.features @ np.array(WORDING_COEFFICIENTS))
    probability = np.where(wording >= SURE_WORDING, wording, UNREAD * wording)
    if encode is None:
        return probability
    cosine = pairs.features[:, 0]
    sure = apart & (cosine >= SURE_COSINE)
    probability[sure] = _judge_meaning(cosine[sure], np.full(int(sure.sum()), SURE_MEANING))
    unsure = _both_read(pairs, len(texts), apart & ~sure & ((wording >= OPEN) | same_person)) & apart & ~sure
    probability[apart & ~sure] = UNREAD * wording[apart & ~sure]
    if unsure.any():
        meaning = _products(pairs.firsts[unsure], pairs.seconds[unsure], texts, encode)
        judged = _judge_meaning(
            cosine[unsure], meaning, PERSON_BONUS * same_person[unsure].astype(np.float64)
        )
        unlike = (wording[unsure] < LIKE) & ~same_person[unsure]
        probability[unsure] = np.where(unlike, UNLIKE * judged, judged)
    return probability


def _both_read(pairs: CandidatePairs, n_texts: int, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The pairs of which both sentences are read for chosen pairs: to judge them costs nothing more."""
    read = np.zeros(n_texts, bool)
    read[pairs.firsts[chosen]] = read[pairs.seconds[chosen]] = True
    both: NDArray[np.bool_] = read[pairs.firsts] & read[pairs.seconds]
    return both


def _judge_meaning(cosine: Floats, meaning: Floats, bonus: Floats | float = 0.0) -> Floats:
    likeness = np.stack([cosine, meaning], axis=1) @ np.array(MEANING_COEFFICIENTS)
    return _logistic(MEANING_INTERCEPT + bonus + likeness)


def _products(
    firsts: NDArray[np.int64], seconds: NDArray[np.int64], texts: Sequence[str], encode: Encoder
) -> Floats:
    """The product of the meanings of each pair; every sentence is read once."""
    needed, places = np.unique(np.concatenate([firsts, seconds]), return_inverse=True)
    vectors = encode([texts[number] for number in needed])
    products: Floats = (vectors[places[: len(firsts)]] * vectors[places[len(firsts) :]]).sum(axis=1)
    return products


def _logistic(logit: Floats) -> Floats:
    probability: Floats = 1 / (1 + np.exp(-logit))
    return probability
