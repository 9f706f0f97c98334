"""The days on which happened what sentences tell: of their events, else the days that they name.

Days on which somebody merely said something are none, nor are those of datelines, nor is a "today" that
means nowadays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from flows.text.aggregate.datelines import dateline_length
from flows.text.aggregate.nowadays import means_nowadays

REPORTING = (
    r"(?i)\b(?:said|says|told|reported|reports|announced|stated|added|wrote|tweeted)\b(?: \w+){0,3}\s*$"
)
"""Wording before a day that makes it the day of the report: "state media said on Tuesday"."""

BEFORE = 120
"""Characters before a day in which a word of reporting is looked for."""

_PLACE = ["article_id", "sentence_no"]
_DATED = [*_PLACE, "happened_on", "planned"]


def find_days(sentences: pl.DataFrame, events: pl.DataFrame, times: pl.DataFrame) -> pl.DataFrame:
    """article_id, sentence_no, happened_on, planned: one row a day of a sentence.

    sentences: article_id, sentence_no, text, char_start. events: article_id, sentence_no, negated,
    modality, begins_on, ends_on. times: article_id, sentence_no, begins_on, ends_on, char_start, char_end.
    """
    named = _place_in_sentences(sentences, times.filter(pl.col("begins_on") == pl.col("ends_on")))
    clear = named.filter(~pl.col("means_nowadays"))
    vague = named.filter("means_nowadays").join(clear, on=[*_PLACE, "begins_on"], how="anti")
    of_events = _event_days(events).join(
        vague.select(*_PLACE, happened_on="begins_on"), on=[*_PLACE, "happened_on"], how="anti"
    )
    return pl.concat([of_events, _named_days(clear).join(of_events, on=_PLACE, how="anti")])


def _place_in_sentences(sentences: pl.DataFrame, times: pl.DataFrame) -> pl.DataFrame:
    """article_id, sentence_no, begins_on, before, means_nowadays, in_dateline: one row a time.

    `before` are the characters that stand before it. Sentences are looked at one by one: one of a megabyte
    may have thousands of times.
    """
    told = sentences.select(*_PLACE, "text", sentence_start="char_start").unique(_PLACE)
    places = times.select(*_PLACE, "begins_on", "char_start").group_by(_PLACE).agg("begins_on", "char_start")
    kinds = (pl.Date, pl.String, pl.Boolean, pl.Boolean)
    names = ("begins_on", "before", "means_nowadays", "in_dateline")
    schema = {name: times.schema[name] for name in _PLACE} | dict(zip(names, kinds, strict=True))
    found = _look_around(places.join(told, on=_PLACE).iter_rows())
    return pl.DataFrame(found, schema=schema, orient="row").sort(_PLACE, maintain_order=True)


def _look_around(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The rows of `_place_in_sentences`, of rows that have the times of one sentence as lists."""
    for article, number, days, places, text, sentence_start in rows:
        after_dateline = dateline_length(text)
        for day, place in zip(days, places, strict=True):
            start = place - sentence_start
            before = text[max(start - BEFORE, 0) : start]
            yield article, number, day, before, means_nowadays(text, start), start < after_dateline


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
    return (
        named.filter(~pl.col("before").str.contains(REPORTING) & ~pl.col("in_dateline"))
        .select(*_PLACE, happened_on="begins_on", planned=pl.lit(False))
        .unique(maintain_order=True)
        .select(_DATED)
    )
