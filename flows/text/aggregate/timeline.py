"""A story's happenings by the day they happened, planned and past told apart; one line a claim.

The day comes from the events of the claim's sentences, else from the days they name. Days on which
somebody merely said something are no happenings.
"""

from __future__ import annotations

import polars as pl

from flows.text.aggregate.claims.frames import TIMELINE, ClaimInputs

REPORTING = (
    r"(?i)\b(?:said|says|told|reported|reports|announced|stated|added|wrote|tweeted)\b(?: \w+){0,3}\s*$"
)
"""Wording before a day that makes it the day of the report: "state media said on Tuesday"."""
DATELINE = r"^[^.]{0,12}\([A-Z][^)]{1,30}\)\s*[-–—]"
"""Wording after a day that makes it part of a dateline: "SAN JOSE, Dec 31 (Reuters) -"."""

_PLACE = ["article_id", "sentence_no"]
_DATED = [*_PLACE, "happened_on", "planned"]


def build_timeline(members: pl.DataFrame, evidence: ClaimInputs) -> pl.DataFrame:
    """One row a dated claim: the day most of its sentences give it; see TIMELINE.

    members: claim_id, story_id, article_id, sentence_no, text, char_start, published_on, claim_text,
    in order of time.
    """
    dated = _dated_events(evidence)
    by_time = _named_days(members, evidence).join(dated, on=_PLACE, how="anti")
    days = pl.concat([dated, by_time]).join(members, on=_PLACE)
    ahead = pl.col("happened_on") > pl.col("published_on")
    return (
        days.with_columns(planned=pl.col("planned") | ahead.fill_null(False))
        .group_by("claim_id", "story_id", "happened_on")
        .agg(
            pl.col("claim_text").first().alias("text"),
            n=pl.col("article_id").n_unique(),
            planned=pl.col("planned").mean() >= 0.5,
        )
        .sort("claim_id", "n", "happened_on", descending=[False, True, False])
        .unique("claim_id", keep="first", maintain_order=True)
        .select(list(TIMELINE))
        .cast(TIMELINE)
        .sort("story_id", "happened_on", "claim_id")
    )


def _dated_events(evidence: ClaimInputs) -> pl.DataFrame:
    """Days of the events of each sentence that happened or are to happen."""
    one_day = (pl.col("begins_on") == pl.col("ends_on")) & pl.col("modality").is_in(["asserted", "planned"])
    return (
        evidence.events.filter(one_day & ~pl.col("negated"))
        .select(*_PLACE, happened_on="begins_on", planned=pl.col("modality") == "planned")
        .unique(maintain_order=True)
        .select(_DATED)
    )


def _named_days(members: pl.DataFrame, evidence: ClaimInputs) -> pl.DataFrame:
    """Days that sentences name, where these are not the day of a report or of a dateline."""
    start = pl.col("char_start") - pl.col("sentence_start")
    before = pl.col("sentence").str.slice(0, start)
    after = pl.col("sentence").str.slice(start + (pl.col("char_end") - pl.col("char_start")))
    sentences = members.select(*_PLACE, sentence="text", sentence_start="char_start").unique(_PLACE)
    return (
        evidence.times.filter(pl.col("begins_on") == pl.col("ends_on"))
        .select(*_PLACE, "begins_on", "char_start", "char_end")
        .join(sentences, on=_PLACE)
        .filter(~before.str.contains(REPORTING) & ~after.str.contains(DATELINE))
        .select(*_PLACE, happened_on="begins_on", planned=pl.lit(False))
        .unique(maintain_order=True)
        .select(_DATED)
    )
