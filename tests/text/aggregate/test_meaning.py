"""Vectors of sentences: of length one, alike for what is alike, and the same whatever else is read."""

from __future__ import annotations

import numpy as np

from flows.text.aggregate.claims.meaning import BATCH, DIMENSIONS, encode_sentences

TEXTS = (
    "The ferry drifted off Nordvik for two hours.",
    "Off Nordvik the ferry drifted about two hours.",
    "Voters decide on a water tax.",
    "",
    "The harbour of Nordvik " + "and its long quay " * 40,
)


def test_vectors_have_length_one_and_tell_likeness() -> None:
    vectors = encode_sentences(TEXTS)
    assert vectors.shape == (len(TEXTS), DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert vectors[0] @ vectors[1] > 0.8
    assert vectors[0] @ vectors[2] < 0.4


def test_a_vector_does_not_depend_on_what_else_is_read() -> None:
    together = encode_sentences([*TEXTS, *reversed(TEXTS)] * (BATCH // 4))
    for number, text in enumerate(TEXTS):
        assert np.array_equal(together[number], encode_sentences([text])[0])


def test_nothing_to_read() -> None:
    assert encode_sentences([]).shape == (0, DIMENSIONS)
