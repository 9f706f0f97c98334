"""How alike articles are: common terms, less so the farther apart their days, against what is usual.

Not here: what follows for stories (linkage.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

HALF_LIFE_DAYS = 4.0
"""Days after which half of what time can take off a similarity is gone."""
TIMELESS_SHARE = 0.6
"""What remains of a similarity however far apart two days are: anniversaries, late reports."""
USUAL_RANK = 50
"""The similarity of an article to its 50th nearest says how alike articles of its topic are."""
USUAL_RANGE = (0.04, 0.2)
"""Bounds for that: below, the corpus is small or the topic alone in it; above, one story fills it."""
NEIGHBOURS = 128
"""Most neighbours of an article that are kept, so that the graph grows with the number of articles."""
CELLS_AT_ONCE = 4_000_000
"""Cells of the similarity matrix computed together: bounds memory."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """One row a pair of articles: cosine of i and j, j among the nearest of i. `usual` is one an article."""

    i: Ints
    j: Ints
    cosines: Floats
    usual: Floats

    def join(self, other: Neighbours) -> Neighbours:
        """The neighbours of both, which are of different articles."""
        i, j, cosines = (
            np.concatenate([getattr(self, name), getattr(other, name)]) for name in ("i", "j", "cosines")
        )
        return Neighbours(i, j, cosines, np.maximum(self.usual, other.usual))


def find_neighbours(vectors: csr_array, columns: csr_array, wanted: Ints) -> Neighbours:
    """The nearest articles of each wanted one, with `usual` of the others at its lower bound.

    vectors: a row an article; columns: the same, transposed.
    """
    usual = np.full(vectors.shape[0], USUAL_RANGE[0])
    found: list[tuple[Ints, Ints, Floats]] = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))]
    step = max(1, CELLS_AT_ONCE // max(vectors.shape[0], 1))
    for begin in range(0, len(wanted), step):
        numbers = wanted[begin : begin + step]
        for number, others, values in _nearest(csr_array(vectors[numbers] @ columns), numbers):
            if len(others) >= USUAL_RANK:
                usual[number] = min(-np.partition(-values, USUAL_RANK - 1)[USUAL_RANK - 1], USUAL_RANGE[1])
            found.append((np.full(len(others), number), others, values))
    i, j, cosines = (np.concatenate(column) for column in zip(*found, strict=True))
    return Neighbours(i, j, cosines, usual)


def _nearest(cosines: csr_array, numbers: Ints) -> Iterator[tuple[int, Ints, Floats]]:
    for row, number in enumerate(numbers):
        cells = slice(cosines.indptr[row], cosines.indptr[row + 1])
        values, others = cosines.data[cells], cosines.indices[cells]
        near = np.flatnonzero((values >= USUAL_RANGE[0]) & (others != number))
        if len(near) > NEIGHBOURS:
            near = near[np.argpartition(-values[near], NEIGHBOURS)[:NEIGHBOURS]]
        yield int(number), others[near].astype(np.int64), values[near]


def relate(neighbours: Neighbours, days: Floats) -> Floats:
    """How alike each pair of neighbours is: 1 is as alike as two of one topic are by default."""
    i, j = neighbours.i, neighbours.j
    usual = np.sqrt(neighbours.usual[i] * neighbours.usual[j])
    return neighbours.cosines / usual * time_factor(days[i], days[j])


def time_factor(first: Floats, second: Floats) -> Floats:
    """1 on one day, falling to TIMELESS_SHARE; an article without a day meets all."""
    gap = np.nan_to_num(np.abs(first - second))
    factor: Floats = TIMELESS_SHARE + (1 - TIMELESS_SHARE) * 0.5 ** (gap / HALF_LIFE_DAYS)
    return factor
