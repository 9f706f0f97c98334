"""Redate: undated articles that take a day from their story are read again with it.

"On Wednesday" is then a day. Their paragraphs are parsed already, so this costs no model. What is found
is kept under an id of the text and the day: where the day changes or goes away, other annotations count.
Not here: which day (`text/aggregate/stories/dates.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.stages.extract import (
    Reader,
    annotate_texts,
    annotated_batches,
    annotated_texts,
    dated_text_id,
    unread_texts,
)
from flows.stages.schemas import AGGREGATES


@dataclass(frozen=True, slots=True)
class Redated:
    """`texts` (AGGREGATES' `dated_texts`) tells whose annotations with a day count; `batches` hold them."""

    texts: pl.DataFrame
    batches: list[Path]

    def text_ids_of(self, articles: pl.DataFrame) -> pl.Series:
        """The text_id of each article whose annotations count."""
        dated = self.texts.rename({"text_id": "dated_id"})
        joined = articles.select("article_id", "text_id").join(
            dated, on="article_id", how="left", maintain_order="left"
        )
        return joined.select(text_id=pl.coalesce("dated_id", "text_id"))["text_id"]


def read_with_days(
    settled: Path, articles: pl.DataFrame, days: pl.DataFrame, reader: Reader | None
) -> Redated:
    """Annotates the articles in `days` (`article_id`, `published_on`) as of their day, where not done yet.

    `articles` has `article_id`, `text_id`, `document_id`. Without a reader nothing is read again.
    """
    if reader is None:
        return Redated(pl.DataFrame(schema=dict(AGGREGATES["dated_texts"])), [])
    undated = articles.select("article_id", "text_id", "document_id").join(
        days.select("article_id", day="published_on"), on="article_id", maintain_order="left"
    )
    named = undated.with_columns(
        dated_id=pl.Series(
            [dated_text_id(text_id, day) for text_id, day in undated.select("text_id", "day").iter_rows()],
            dtype=pl.String,
        )
    )
    folder = reader.dated_annotations
    todo = named.join(annotated_texts(folder), left_on="dated_id", right_on="text_id", how="anti")
    annotate_texts(settled, todo, folder, reader, days=dict(todo.select("text_id", "day").iter_rows()))
    read = named.join(unread_texts(folder), left_on="dated_id", right_on="text_id", how="anti")
    return Redated(read.select("article_id", text_id="dated_id"), annotated_batches(folder))
