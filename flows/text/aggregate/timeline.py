"""A story's happenings by the day they happened, planned and past told apart; one line a claim.

Which day a sentence tells of is found in `days`.
"""

from __future__ import annotations

import polars as pl

from flows.text.aggregate.claim_frames import TIMELINE


def build_timeline(members: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """One row a dated claim: the day most of its sentences give it; see TIMELINE.

    members: claim_id, story_id, article_id, sentence_no, published_on, claim_text, in order of time.
    days: what `find_days` gives.
    """
    ahead = pl.col("happened_on") > pl.col("published_on")
    return (
        days.join(members, on=["article_id", "sentence_no"])
        .with_columns(planned=pl.col("planned") | ahead.fill_null(False))
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
