"""Days for undated articles, where their copies or their story fix one.

Not here: dates that an article itself declares.
"""

from __future__ import annotations

import polars as pl

COPY_SHARE = 0.8
"""Containment, both ways, from which an undated article is of the day of its dated copies."""
STORY_ARTICLES = 3
"""Dated articles of a story, all of one day, that fix its day: of two, one is often of another event."""


def inferred_dates(articles: pl.DataFrame, pairs: pl.DataFrame, stories: pl.DataFrame) -> pl.DataFrame:
    """article_id, published_on for the undated articles whose day is fixed; the others are left out.

    A day is fixed by copies that all have it, or else by three or more dated articles of the story
    that all have it. articles: article_id, published_on; pairs: article_id, other_id, containment,
    other_containment.
    """
    dated = articles.select("article_id", "published_on").drop_nulls()
    undated = articles.filter(pl.col("published_on").is_null()).select("article_id")
    copies = _copies(pairs).join(undated, on="article_id")
    copy_days = copies.join(dated, left_on="other_id", right_on="article_id")
    by_copies = _only_day(copy_days, of="article_id", n_least=1)
    story_days = _only_day(stories.join(dated, on="article_id"), of="story_id", n_least=STORY_ARTICLES)
    by_story = undated.join(stories, on="article_id").join(story_days, on="story_id").drop("story_id")
    return pl.concat([by_copies, by_story.join(by_copies, on="article_id", how="anti")]).sort("article_id")


def _copies(pairs: pl.DataFrame) -> pl.DataFrame:
    least = pl.min_horizontal("containment", "other_containment")
    return pairs.filter(least >= COPY_SHARE).select("article_id", "other_id")


def _only_day(rows: pl.DataFrame, *, of: str, n_least: int) -> pl.DataFrame:
    """The day of each group whose rows, n_least or more, all have it."""
    day = pl.col("published_on")
    return (
        rows.group_by(of)
        .agg(day.first(), is_one=day.n_unique() == 1, is_enough=pl.len() >= n_least)
        .filter("is_one", "is_enough")
        .select(of, "published_on")
    )
