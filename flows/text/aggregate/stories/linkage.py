"""Average linkage on a sparse graph: pairs without an edge count as 0.

Here: numbers only. Not here: what the items are.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray


def link_groups(
    sizes: list[int], edges: Iterable[tuple[int, int, float]], *, threshold: float
) -> NDArray[np.int64]:
    """A label for each of len(sizes) groups: the number of the first group it was joined with.

    `edges` are (i, j, sum of the similarities between the members of i and j). The two groups
    with the highest average similarity are joined until none reaches the threshold (UPGMA,
    Sokal and Michener 1958; missing pairs are 0).
    """
    sizes = list(sizes)
    totals: list[dict[int, float]] = [{} for _ in sizes]
    for i, j, total in edges:
        totals[i][j] = totals[j][i] = totals[i].get(j, 0.0) + total
    heap = [
        (-total / (sizes[i] * sizes[j]), i, j)
        for i, row in enumerate(totals)
        for j, total in row.items()
        if i < j and total >= threshold * sizes[i] * sizes[j]
    ]
    heapq.heapify(heap)
    labels = np.arange(len(sizes))
    while heap:
        negative, i, j = heapq.heappop(heap)
        average = totals[i].get(j)
        if average is None or -negative != average / (sizes[i] * sizes[j]):
            continue  # one of the two has been joined with another since
        _join(i, j, sizes, totals)
        labels[j] = i
        for k, total in totals[i].items():
            if total >= threshold * sizes[i] * sizes[k]:
                heapq.heappush(heap, (-total / (sizes[i] * sizes[k]), min(i, k), max(i, k)))
    return _roots(labels)


def _join(i: int, j: int, sizes: list[int], totals: list[dict[int, float]]) -> None:
    """Group j becomes part of i."""
    sizes[i] += sizes[j]
    for k, total in totals[j].items():
        del totals[k][j]
        if k != i:
            totals[i][k] = totals[k][i] = totals[i].get(k, 0.0) + total
    totals[j] = {}


def _roots(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    # A group is only ever joined to one with a smaller number, so one pass in order suffices.
    for number, label in enumerate(labels):
        labels[number] = labels[label]
    return labels
