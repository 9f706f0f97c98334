"""The title that a person would give a story: its most central headline.

Not here: which articles are one story (cluster.py), what an article is headed (headlines.py).
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array

from flows.text.aggregate.stories.terms import WeighedArticles, count_terms, weigh_articles


def story_titles(
    articles: pl.DataFrame, stories: pl.DataFrame, *, weighed: WeighedArticles | None = None
) -> pl.DataFrame:
    """story_id, title (None where no article has a headline or a lead).

    articles: article_id, title, text; stories: article_id, story_id; weighed: as in `cluster_stories`.
    Of equally central headlines it is that of the first article_id.
    """
    weighed = weighed or weigh_articles(count_terms(articles), articles.get_column("language", default=None))
    told = articles.select("article_id", has_title=pl.col("title").is_not_null(), title=weighed.headlines)
    told = told.with_row_index("row").join(stories, on="article_id").sort("article_id")
    return (
        told.with_columns(centrality=_centralities(told["story_id"], told["row"].to_numpy(), weighed))
        .sort("has_title", "centrality", descending=True, maintain_order=True)
        .unique("story_id", keep="first", maintain_order=True)
        .select("story_id", "title")
        .sort("story_id")
    )


def _centralities(
    stories: pl.Series, rows: NDArray[np.uint32], weighed: WeighedArticles
) -> NDArray[np.float64]:
    """How like the sum of its story's articles each headline is, to be compared within the story.

    stories: the story of each article; rows: its row.
    """
    numbers = stories.rank("dense").cast(pl.Int64).to_numpy() - 1
    headlines, n_articles = weighed.headline_terms[rows], len(weighed.headlines)
    if not headlines.nnz:
        return np.zeros(len(rows))
    n_stories = int(numbers.max(initial=-1)) + 1
    members = csr_array((np.ones(len(rows)), (numbers, rows)), shape=(n_stories, n_articles))
    totals = csr_array(members @ weighed.terms)
    totals.sort_indices()
    row_of = np.repeat(np.arange(len(rows)), np.diff(headlines.indptr))
    shares = headlines.data * totals[numbers[row_of], headlines.indices]
    alike: NDArray[np.float64] = np.bincount(row_of, weights=shares, minlength=len(rows)).astype(np.float64)
    return alike
