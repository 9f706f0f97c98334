"""The days on which happened what sentences tell: of their events, else the days that they name.

Days on which somebody merely said something are none, nor are those of datelines, nor is a "today" that
means nowadays.
"""

from __future__ import annotations

import polars as pl

from flows.text.aggregate.datelines import dateline_length
from flows.text.aggregate.nowadays import TODAY, means_nowadays

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
    named = _place_in_sentences(sentences, times.filter(pl.col("begins_on") == pl.col("ends_on")))
    is_vague = _mean_nowadays(named)
    clear = named.filter(~is_vague)
    vague = named.filter(is_vague).join(clear, on=[*_PLACE, "begins_on"], how="anti")
    of_events = _event_days(events).join(
        vague.select(*_PLACE, happened_on="begins_on"), on=[*_PLACE, "happened_on"], how="anti"
    )
    return pl.concat([of_events, _named_days(clear).join(of_events, on=_PLACE, how="anti")])


def _place_in_sentences(sentences: pl.DataFrame, times: pl.DataFrame) -> pl.DataFrame:
    """The times with their `sentence`, and `start` in it."""
    told = sentences.select(*_PLACE, sentence="text", sentence_start="char_start").unique(_PLACE)
    return (
        times.select(*_PLACE, "begins_on", "char_start")
        .join(told, on=_PLACE)
        .with_columns(start=pl.col("char_start") - pl.col("sentence_start"))
    )


def _mean_nowadays(named: pl.DataFrame) -> pl.Series:
    """Whether each is a "today" that is no day."""
    word = pl.col("sentence").str.slice(pl.col("start"), len(TODAY)).str.to_lowercase()
    is_today = named.select(word == TODAY).to_series()
    told = named.filter(is_today).select("sentence", "start").iter_rows()
    answers = iter([means_nowadays(sentence, start) for sentence, start in told])
    return pl.Series([is_one and next(answers) for is_one in is_today], dtype=pl.Boolean)


def _event_days(events: pl.DataFrame) -> pl.DataFrame:
    """Days of the events of each sentence that happened or are to happen."""
    one_day = (pl.col("begins_on") == pl.col("ends_on")) & pl.col("modality").is_in(["asserted", "planned"])
    return (
        events.filter(one_day & ~pl.col("negated"))
        .select(*_PLACE, happened_on="begins_on", planned=pl.col("modality") == "planned")
        .unique(maintain_order=True)
        .select(_DATED)
    )


def _named_days(named: pl.DataFrame) -> pl.DataFrame:
    """Days that sentences name, where these are not the day of a report or of a dateline."""
    after_dateline = pl.col("sentence").map_elements(dateline_length, return_dtype=pl.Int64)
    is_reported = pl.col("sentence").str.slice(0, pl.col("start")).str.contains(REPORTING)
    return (
        named.filter(~is_reported & (pl.col("start") >= after_dateline))
        .select(*_PLACE, happened_on="begins_on", planned=pl.lit(False))
        .unique(maintain_order=True)
        .select(_DATED)
    )
