"""Connected components: items joined directly or through others."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def label_components(n_items: int, firsts: ArrayLike, seconds: ArrayLike) -> NDArray[np.int64]:
    """A label for each item from 0; firsts[k] and seconds[k] are joined."""
    i, j = np.asarray(firsts, np.int64), np.asarray(seconds, np.int64)
    graph = coo_array((np.ones(len(i)), (i, j)), shape=(n_items, n_items))
    labels: NDArray[np.int64] = connected_components(graph, directed=False)[1].astype(np.int64)
    return labels


def number_pairs(pairs: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    """The pairs whose articles are in `ids` (distinct), with their places there: i and j."""
    known = pl.Enum(ids)
    places = [
        pl.col(name).cast(known, strict=False).to_physical().cast(pl.Int64).alias(place)
        for name, place in (("article_id", "i"), ("other_id", "j"))
    ]
    return pairs.with_columns(places).drop_nulls(["i", "j"])
