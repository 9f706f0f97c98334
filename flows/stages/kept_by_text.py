"""What follows from an article's own text and is kept beside the aggregates: each text is read once."""

from __future__ import annotations

import polars as pl

from flows.stages.schemas import Schema
from flows.text.aggregate.origin import credited_agencies
from flows.text.aggregate.reuse import digest_texts
from flows.text.aggregate.stories import count_terms, terms

COUNTED: Schema = {"text_id": pl.String, "digest": pl.UInt64, **terms.TERM_COUNTS}
"""`digest` is that of the text alone."""
CREDITS: Schema = {
    "text_id": pl.String,
    "url": pl.String,
    "agency": pl.String,
    "evidence": pl.List(pl.String),
}
_TOLD = ["text_id", "url"]
"""What credits follow from: a text_id knows outlet, dateline, authors and agencies too."""


def complete_counts(articles: pl.DataFrame, texts: pl.LazyFrame, known: pl.DataFrame) -> pl.DataFrame:
    """COUNTED of each article, in their order; what is not known (COUNTED) is read.

    articles: article_id, text_id, title; texts: article_id, text.
    """
    missing = articles.select("article_id", "text_id", "title").join(known, on="text_id", how="anti")
    wanted = texts.filter(pl.col("article_id").is_in(missing["article_id"].implode()))
    missing = missing.join(wanted.collect(), on="article_id")
    counted = count_terms(missing).drop("article_id")
    read = missing.select("text_id").hstack([digest_texts(missing)["digest"], *counted])
    complete = pl.concat([known, read])
    return articles.select("text_id").join(complete, on="text_id", how="left", maintain_order="left")


def complete_credits(articles: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """CREDITS and article_id of each article; what is not known (CREDITS) is read.

    articles: as `credited_agencies` wants them, and text_id. `agency` is None where an article names none.
    """
    missing = articles.join(known, on=_TOLD, how="anti", nulls_equal=True)
    names = ["article_id", *_TOLD]
    read = missing.select(names).join(credited_agencies(missing), on="article_id", how="left")
    return pl.concat([articles.select(names).join(known, on=_TOLD, nulls_equal=True), read])
