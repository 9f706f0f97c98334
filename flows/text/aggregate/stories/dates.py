"""Days for undated articles, where their copies or their story fix one.

Not here: dates that an article itself declares.
"""

from __future__ import annotations

import polars as pl

COPY_SHARE = 0.8
STORY_ARTICLES = 4
"""Containment, both ways, from which an undated article is of the day of its dated copies."""


def inferred_dates(articles: pl.DataFrame, pairs: pl.DataFrame, stories: pl.DataFrame) -> pl.DataFrame:
    """article_id, published_on for the undated articles whose day is fixed; the others are left out.

    A day is fixed by copies that all have it, or else by two or more dated articles of the story
    that all have it. articles: article_id, published_on; pairs: article_id, other_id, containment.
    """
    dated = articles.select("article_id", "published_on").drop_nulls()
    undated = articles.filter(pl.col("published_on").is_null()).select("article_id")
    by_copies = _only_day(
        _copies(pairs).join(undated, on="article_id").join(dated, left_on="other_id", right_on="article_id"),
        1,
    )
    days = stories.join(dated, on="article_id").select("story_id", "published_on")
    by_story = _only_day(undated.join(stories, on="article_id").join(days, on="story_id"), STORY_ARTICLES)
    return pl.concat([by_copies, by_story.join(by_copies, on="article_id", how="anti")]).sort("article_id")


def _copies(pairs: pl.DataFrame) -> pl.DataFrame:
    shares = pairs.select("article_id", "other_id", "containment").filter(pl.col("containment") >= COPY_SHARE)
    back = shares.select(pl.col("other_id").alias("article_id"), pl.col("article_id").alias("other_id"))
    return shares.join(back, on=["article_id", "other_id"], how="semi").select("article_id", "other_id")


def _only_day(rows: pl.DataFrame, n_least: int) -> pl.DataFrame:
    day = pl.col("published_on")
    return (
        rows.group_by("article_id")
        .agg(day.first(), (day.n_unique() == 1).alias("is_one"), (pl.len() >= n_least).alias("is_enough"))
        .filter("is_one", "is_enough")
        .select("article_id", "published_on")
    )
