"""Connected components: items joined directly or through others. Numbers only."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def label_components(n_items: int, firsts: ArrayLike, seconds: ArrayLike) -> NDArray[np.int64]:
    """A label for each item from 0; firsts[k] and seconds[k] are joined."""
    i, j = np.asarray(firsts, np.int64), np.asarray(seconds, np.int64)
    graph = coo_array((np.ones(len(i)), (i, j)), shape=(n_items, n_items))
    labels: NDArray[np.int64] = connected_components(graph, directed=False)[1].astype(np.int64)
    return labels
