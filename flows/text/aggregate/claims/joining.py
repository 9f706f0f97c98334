"""Joins statements that say the same into claims. Whether two say the same is given."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

LEAST_AGREEMENT = 0.33
"""Mean probability between two groups from which they are one: a chain of near matches is no claim."""
NEVER = -math.inf
"""Probability of two statements that disagree: no claim has both, whoever says what lies between."""
MOST_COMPARED = 40
"""Members of a group that are compared, the first that joined; bounds the work for very large claims."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def join_statements(
    articles: Sequence[Collection[str]],
    firsts: Ints,
    seconds: Ints,
    probabilities: Floats,
    *,
    threshold: float,
) -> Ints:
    """The number of the group of each statement; `articles` are those that make it.

    Greedy average linkage: the surest pair first, two groups where their members say the same on
    the average; a pair that is not given counts 0, one of NEVER keeps its groups apart. An article
    says a thing once: what it says in two sentences that are unlike joins no two groups.
    """
    known = {
        (i, j): p for i, j, p in zip(firsts.tolist(), seconds.tolist(), probabilities.tolist(), strict=True)
    }
    group = list(range(len(articles)))
    members: dict[int, list[int]] = defaultdict(list)
    for i, j in sorted(
        (pair for pair in known if known[pair] >= threshold), key=lambda pair: (-known[pair], pair)
    ):
        mine, theirs = (members[group[n]] or [n] for n in (i, j))
        if group[i] == group[j] or not _agree(mine, theirs, known, articles):
            continue
        target = min(group[i], group[j])
        joined = mine + theirs
        for n in joined:
            group[n] = target
        members[target] = joined
    return np.array(group, np.int64)


def _agree(
    mine: list[int],
    theirs: list[int],
    known: Mapping[tuple[int, int], float],
    articles: Sequence[Collection[str]],
) -> bool:
    pairs = [(min(a, b), max(a, b)) for a in mine[:MOST_COMPARED] for b in theirs[:MOST_COMPARED]]
    found = [known.get(pair, 0.0) for pair in pairs]
    if sum(found) < LEAST_AGREEMENT * len(pairs):
        return False
    unlike = (pair for pair, p in zip(pairs, found, strict=True) if p < LEAST_AGREEMENT)
    return all(set(articles[i]).isdisjoint(articles[j]) for i, j in unlike)
