"""The title that a person would give a story: its most central headline.

Not here: which articles are one story (cluster.py).
"""

from __future__ import annotations

import re

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array

from flows.text.aggregate.datelines import strip_dateline
from flows.text.aggregate.stories.terms import complete_terms, count_terms, measure_rarity, weigh_terms

LEAD_TITLE_CHARACTERS = 90
"""Length at which a lead that stands in for a headline is cut, at a word: a long headline's length."""
LEAD_READ = 1_000
"""Characters in which the lead's end is looked for."""

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])|\n")


def story_titles(
    articles: pl.DataFrame, stories: pl.DataFrame, *, terms: pl.DataFrame | None = None
) -> pl.DataFrame:
    """story_id, title (None where no article has a headline or a lead).

    articles: article_id, title, text; stories: article_id, story_id; terms: as in `cluster_stories`.
    Of equally central headlines it is that of the first article_id.
    """
    rows = articles.select("article_id", "title", "text").join(stories, on="article_id").sort("article_id")
    rows = rows.with_columns(has_title=pl.col("title").is_not_null(), headline=_headlines(rows))
    return (
        rows.join(
            _centralities(rows, complete_terms(terms, rows)),
            on="article_id",
            how="left",
            maintain_order="left",
        )
        .sort("has_title", "centrality", descending=True, maintain_order=True)
        .unique("story_id", keep="first", maintain_order=True)
        .select("story_id", pl.col("headline").alias("title"))
        .sort("story_id")
    )


def _headlines(rows: pl.DataFrame) -> pl.Series:
    told = rows.select("title", "text").iter_rows()
    return pl.Series(
        [_shorten_lead(text) if title is None else title for title, text in told], dtype=pl.String
    )


def _centralities(rows: pl.DataFrame, terms: pl.DataFrame) -> pl.DataFrame:
    """article_id, centrality: the cosine of each headline with the sum of its story's articles.

    An article that is alone in its story is left out.
    """
    rarity = measure_rarity(terms)
    several = (pl.len().over("story_id") > 1).alias("several")
    chosen = rows.select(several).to_series()
    rows, terms = rows.filter(chosen), terms.filter(chosen)
    headlines = rows.select("article_id", pl.col("headline").alias("title"), text=pl.lit(""))
    vectors = weigh_terms(count_terms(headlines), rarity=rarity)
    numbers = rows["story_id"].rank("dense").cast(pl.Int64).to_numpy() - 1
    n_stories = int(numbers.max(initial=-1)) + 1
    members = csr_array((np.ones(len(rows)), (numbers, np.arange(len(rows)))), shape=(n_stories, len(rows)))
    centroids = csr_array(members @ weigh_terms(terms, rarity=rarity))
    lengths = np.sqrt(centroids.multiply(centroids).sum(axis=1))
    alike: NDArray[np.float64] = vectors.multiply(centroids[numbers]).sum(axis=1)
    alike /= np.maximum(lengths[numbers], 1e-12)
    return rows.select("article_id", centrality=pl.Series(alike, dtype=pl.Float64))


def _shorten_lead(text: str) -> str | None:
    lead = _SENTENCE_END.split(strip_dateline(text.strip()), maxsplit=1)[0].strip()
    if len(lead) <= LEAD_TITLE_CHARACTERS:
        return lead or None
    return lead[: LEAD_TITLE_CHARACTERS + 1].rsplit(None, 1)[0].rstrip(",;:–—-") + " …"
