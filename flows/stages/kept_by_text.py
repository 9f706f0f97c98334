"""What follows from an article's own text and is kept beside the aggregates: each text is read once."""

from __future__ import annotations

import polars as pl

from flows.stages.schemas import Schema
from flows.text.aggregate.origin import credited_agencies
from flows.text.aggregate.stories import count_terms, terms

TERM_COUNTS: Schema = {"text_id": pl.String, **terms.TERM_COUNTS}
CREDITS: Schema = {
    "text_id": pl.String,
    "url": pl.String,
    "agency": pl.String,
    "evidence": pl.List(pl.String),
}
_TOLD = ["text_id", "url"]
"""What credits follow from: a text_id knows outlet, dateline, authors and agencies too."""


def complete_term_counts(articles: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """TERM_COUNTS of each article, in their order; what is not known (TERM_COUNTS) is counted.

    articles: text_id, title, text.
    """
    missing = articles.join(known, on="text_id", how="anti")
    counted = missing.select("text_id").hstack(count_terms(missing))
    complete = pl.concat([known, counted.select(list(TERM_COUNTS))])
    return articles.select("text_id").join(complete, on="text_id", how="left", maintain_order="left")


def complete_credits(articles: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """CREDITS and article_id of each article; what is not known (CREDITS) is read.

    articles: as `credited_agencies` wants them, and text_id. `agency` is None where an article names none.
    """
    missing = articles.join(known, on=_TOLD, how="anti", nulls_equal=True)
    names = ["article_id", *_TOLD]
    read = missing.select(names).join(credited_agencies(missing), on="article_id", how="left")
    return pl.concat([articles.select(names).join(known, on=_TOLD, nulls_equal=True), read])
