"""The counted terms of each text, kept beside the aggregates: a text is counted once."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from flows.stages.schemas import Schema
from flows.text.aggregate.stories import count_terms

TERM_COUNTS: Schema = {"text_id": pl.String, "terms": pl.List(pl.UInt32), "counts": pl.List(pl.UInt32)}
_FILE = "term_counts.parquet"


def complete_term_counts(articles: pl.DataFrame, earlier: Path | None) -> pl.DataFrame:
    """TERM_COUNTS and article_id of each article; what the earlier folder lacks is counted.

    articles: article_id, text_id, title, text.
    """
    path = earlier / _FILE if earlier else None
    known = pl.read_parquet(path) if path and path.exists() else pl.DataFrame(schema=dict(TERM_COUNTS))
    names = articles.select("article_id", "text_id")
    missing = articles.join(known, on="text_id", how="anti")
    counted = count_terms(missing).join(names, on="article_id").select("article_id", *TERM_COUNTS)
    return pl.concat([names.join(known, on="text_id").select("article_id", *TERM_COUNTS), counted])


def write_term_counts(terms: pl.DataFrame, folder: Path) -> None:
    """Writes what `complete_term_counts` gave."""
    terms.select(list(TERM_COUNTS)).write_parquet(folder / _FILE)
