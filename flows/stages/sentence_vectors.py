"""What sentences mean, kept beside the aggregates: a sentence is read by the model once.

A part never changes, so the next aggregate links it; a part that is not larger than the next is merged
with it, so that there are few (a log-structured merge, as of the reuse index).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl

from flows.stages.parts import flush_file, link_file
from flows.stages.schemas import Schema
from flows.text.aggregate.claims.meaning import DIMENSIONS, Encoder, Floats, encode_sentences

_SCHEMA: Schema = {"text": pl.UInt64, "vector": pl.Array(pl.Float32, DIMENSIONS)}
"""By a hash of the text: 64 bits keep a hundred million sentences apart."""
_FOLDER = "sentence_vectors"


class SentenceVectors:
    """An encoder that knows what an earlier aggregate kept."""

    def __init__(self, earlier: Path | None, *, encode: Encoder = encode_sentences) -> None:
        self._encode = encode
        self._paths: list[Path] = sorted((earlier / _FOLDER).glob("*.parquet")) if earlier else []
        self._parts = [pl.read_parquet(path) for path in self._paths]
        self._added = pl.DataFrame(schema=dict(_SCHEMA))

    def __call__(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text; those that are not known are read by the model, each once."""
        wanted = pl.DataFrame({"text": pl.Series(texts, dtype=pl.String).hash(), "told": texts})
        known = pl.concat([*self._parts, self._added])
        missing = wanted.join(known, on="text", how="anti").unique("text", maintain_order=True)
        if len(missing):
            vectors = self._encode(missing["told"].to_list()).astype(np.float32)
            added = pl.DataFrame({"text": missing["text"], "vector": vectors}, schema=dict(_SCHEMA))
            self._added = pl.concat([self._added, added])
            known = pl.concat([known, added])
        found = wanted.join(known, on="text", how="left", maintain_order="left")
        return found["vector"].to_numpy().astype(np.float64)

    def write(self, folder: Path) -> None:
        """Writes what is known into a new folder of the aggregate."""
        target = folder / _FOLDER
        target.mkdir(parents=True)
        parts, n_old = [*self._parts, self._added] if len(self._added) else self._parts, len(self._parts)
        while len(parts) > 1 and len(parts[-2]) <= len(parts[-1]):
            parts = [*parts[:-2], pl.concat(parts[-2:])]
            n_old = min(n_old, len(parts) - 1)
        for number, part in enumerate(parts):
            path = target / f"{number:03}.parquet"
            if number < n_old:
                link_file(self._paths[number], path)
            else:
                part.write_parquet(path, compression="uncompressed")
                flush_file(path)
