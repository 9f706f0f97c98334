"""What sentences mean, kept beside the aggregates: a sentence is read by the model once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl

from flows.stages.growing import GrowingRows
from flows.stages.schemas import Schema
from flows.text.aggregate.claims.meaning import DIMENSIONS, Encoder, Floats, encode_sentences

_SCHEMA: Schema = {"text": pl.UInt64, "vector": pl.Array(pl.Float32, DIMENSIONS)}
"""By a hash of the text: 64 bits keep a hundred million sentences apart."""


class SentenceVectors:
    """An encoder that knows what an earlier aggregate kept.

    `kept`: these rows, and those that were read here.
    """

    def __init__(self, earlier: Path | None, *, encode: Encoder = encode_sentences) -> None:
        self._encode = encode
        self.kept = GrowingRows(earlier, "sentence_vectors", _SCHEMA, form="arrow")

    def __call__(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text; those that are not known are read by the model, each once."""
        wanted = pl.DataFrame({"text": pl.Series(texts, dtype=pl.String).hash(), "told": texts})
        known = self.kept.of(wanted)
        missing = wanted.join(known, on="text", how="anti").unique("text", maintain_order=True)
        if len(missing):
            vectors = self._encode(missing["told"].to_list()).astype(np.float32)
            read = pl.DataFrame({"text": missing["text"], "vector": vectors}, schema=dict(_SCHEMA))
            self.kept.add(read)
            known = pl.concat([known, read])
        found = wanted.join(known, on="text", how="left", maintain_order="left")
        return found["vector"].to_numpy().astype(np.float64)
