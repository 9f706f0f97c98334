"""The days on which happened what sentences tell: of their events, else the days that they name.

Days on which somebody merely said something are none, nor are those of datelines.
"""

from __future__ import annotations

import polars as pl

from flows.text.aggregate.datelines import dateline_length

REPORTING = (
    r"(?i)\b(?:said|says|told|reported|reports|announced|stated|added|wrote|tweeted)\b(?: \w+){0,3}\s*$"
)
"""Wording before a day that makes it the day of the report: "state media said on Tuesday"."""

_PLACE = ["article_id", "sentence_no"]
_DATED = [*_PLACE, "happened_on", "planned"]


def find_days(sentences: pl.DataFrame, events: pl.DataFrame, times: pl.DataFrame) -> pl.DataFrame:
    """article_id, sentence_no, happened_on, planned: one row a day of a sentence.

    sentences: article_id, sentence_no, text, char_start. events: article_id, sentence_no, negated,
    modality, begins_on, ends_on. times: article_id, sentence_no, begins_on, ends_on, char_start, char_end.
    """
    of_events = _event_days(events)
    named = _named_days(sentences, times).join(of_events, on=_PLACE, how="anti")
    return pl.concat([of_events, named])


def _event_days(events: pl.DataFrame) -> pl.DataFrame:
    """Days of the events of each sentence that happened or are to happen."""
    one_day = (pl.col("begins_on") == pl.col("ends_on")) & pl.col("modality").is_in(["asserted", "planned"])
    return (
        events.filter(one_day & ~pl.col("negated"))
        .select(*_PLACE, happened_on="begins_on", planned=pl.col("modality") == "planned")
        .unique(maintain_order=True)
        .select(_DATED)
    )


def _named_days(sentences: pl.DataFrame, times: pl.DataFrame) -> pl.DataFrame:
    """Days that sentences name, where these are not the day of a report or of a dateline."""
    start = pl.col("char_start") - pl.col("sentence_start")
    told = sentences.select(*_PLACE, sentence="text", sentence_start="char_start").unique(_PLACE)
    after_dateline = pl.col("sentence").map_elements(dateline_length, return_dtype=pl.Int64)
    return (
        times.filter(pl.col("begins_on") == pl.col("ends_on"))
        .select(*_PLACE, "begins_on", "char_start")
        .join(told, on=_PLACE)
        .filter(~pl.col("sentence").str.slice(0, start).str.contains(REPORTING) & (start >= after_dateline))
        .select(*_PLACE, happened_on="begins_on", planned=pl.lit(False))
        .unique(maintain_order=True)
        .select(_DATED)
    )
