"""Articles to weighted terms: what they say in headline and lead, without regard to word order.

Not here: how alike two articles are once time is counted too (similarity.py).
"""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

from flows.text.aggregate.reuse.words import build_word_table
from flows.text.lexicons import read_lines

TITLE_WEIGHT = 5
"""How often a word of the headline counts. From 3 to 5 makes no difference on the sets measured."""
LEAD_CHARACTERS = 3000
"""How much of a text is read: what comes later is background that other stories have too."""
TERM_COLUMNS = 2**20
"""Columns of the term matrix: a term's column is its hash modulo this (Weinberger and others 2009)."""

_COLUMNS = pl.List(pl.UInt32)


def count_terms(articles: pl.DataFrame) -> pl.DataFrame:
    """article_id, terms (their columns), counts: one row an article, from its title and text alone.

    Keep them to save `cluster_stories` and `story_titles` the work for articles seen before.
    """
    headlines = [f"{title or ''}\n" * TITLE_WEIGHT for title in articles["title"]]
    leads = [text[:LEAD_CHARACTERS] for text in articles["text"]]
    table = build_word_table([headline + lead for headline, lead in zip(headlines, leads, strict=True)])
    kept = ~_is_stop_word(table.hashes) & (table.letters > 1)
    rows = np.repeat(np.arange(len(articles)), np.diff(table.bases))[kept]
    cells, counts = np.unique(rows * TERM_COLUMNS + _columns(table.hashes[kept]), return_counts=True)
    counted = (
        pl.DataFrame({"row": cells // TERM_COLUMNS, "terms": cells % TERM_COLUMNS, "counts": counts})
        .group_by("row", maintain_order=True)
        .agg("terms", "counts")
    )
    return (
        articles.select("article_id")
        .with_row_index("row")
        .with_columns(pl.col("row").cast(pl.Int64))
        .join(counted, on="row", how="left", maintain_order="left")
        .select("article_id", pl.col("terms").cast(_COLUMNS), pl.col("counts").cast(_COLUMNS))
    )


def complete_terms(terms: pl.DataFrame | None, articles: pl.DataFrame) -> pl.DataFrame:
    """The terms of the articles in their order; those that are not given are counted now."""
    if terms is None:
        return count_terms(articles)
    missing = articles.join(terms, on="article_id", how="anti")
    known = pl.concat([terms, count_terms(missing)]) if len(missing) else terms
    return articles.select("article_id").join(known, on="article_id", how="left", maintain_order="left")


def _columns(hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
    return (hashes % np.uint64(TERM_COLUMNS)).astype(np.int64)


@cache
def _stop_words() -> NDArray[np.uint64]:
    return np.sort(build_word_table(list(read_lines("stop_words.txt"))).hashes)


def _is_stop_word(hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
    known = _stop_words()
    places = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    is_stop_word: NDArray[np.bool_] = known[places] == hashes
    return is_stop_word


def weigh_terms(counted: pl.DataFrame, *, rarity: NDArray[np.float64] | None = None) -> csr_array:
    """One row of unit length an article: logarithmic counts times inverse document frequency.

    `rarity` is that of another collection (`measure_rarity`); by default that of the rows themselves.
    """
    sizes = counted["terms"].list.len().fill_null(0).to_numpy()
    columns = counted["terms"].explode(empty_as_null=False, keep_nulls=False).to_numpy()
    counts = counted["counts"].explode(empty_as_null=False, keep_nulls=False).to_numpy()
    weights = (1 + np.log(counts)) * (measure_rarity(counted) if rarity is None else rarity)[columns]
    starts = np.append(0, np.cumsum(sizes, dtype=np.int64))
    matrix = csr_array((weights, columns.astype(np.int64), starts), shape=(len(counted), TERM_COLUMNS))
    lengths = np.sqrt(np.add.reduceat(np.append(weights**2, 0.0), starts[:-1])) * (sizes > 0)
    return csr_array(diags_array(1 / np.maximum(lengths, 1e-12)) @ matrix)


def measure_rarity(counted: pl.DataFrame) -> NDArray[np.float64]:
    """The inverse document frequency of each column; what stands in every article still counts 1.

    In a handful of articles that may all be of one event, it is what the event is about.
    """
    columns = counted["terms"].explode(empty_as_null=False, keep_nulls=False).to_numpy()
    frequency = np.bincount(columns, minlength=TERM_COLUMNS)
    rarity: NDArray[np.float64] = np.log((1 + len(counted)) / (1 + frequency)) + 1
    return rarity
