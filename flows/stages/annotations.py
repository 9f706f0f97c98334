"""The annotations of the texts that count, read as far as they are needed. Who writes them: `extract.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.stages.schemas import ANNOTATIONS


@dataclass(frozen=True, slots=True)
class Annotations:
    """`texts` has article_id and the text_id that counts for it; the batches hold these texts and others.

    A text's annotations are the same wherever `made_by`, the names of the code that annotated, is.
    """

    batches: Sequence[Path]
    texts: pl.DataFrame

    @property
    def made_by(self) -> list[str]:
        """The fingerprints of the batches."""
        return sorted({batch.parent.name for batch in self.batches})

    def of_articles(self, articles: pl.DataFrame) -> Annotations:
        """Those of the articles named in the column article_id."""
        return Annotations(self.batches, self.texts.join(articles, on="article_id", how="semi"))

    def read(self, name: str, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """The rows of one kind, in the order of the batches."""
        return self.scan(name).select(columns or list(ANNOTATIONS[name])).collect()

    def scan(self, name: str) -> pl.LazyFrame:
        """The same, to be read later."""
        paths = [batch / f"{name}.parquet" for batch in self.batches]
        if not paths:
            return pl.LazyFrame(schema=dict(ANNOTATIONS[name]))
        return pl.scan_parquet(paths).filter(pl.col("text_id").is_in(self.texts["text_id"].implode()))
