"""Which statements of a story could say the same, and how alike their words are. Numbers only.

A sparse product finds the pairs: terms are kept apart by story, so that one product serves a whole
corpus and never compares across stories. What the words mean, and whether they agree, comes later.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from flows.text.aggregate.claims.statements import FIGURE, Statement

LOWEST_COSINE = 0.12
"""Cosine of TF-IDF vectors below which a pair is not looked at."""
MOST_PARTNERS = 24
"""Pairs kept a statement, the most alike first: bounds the work in a story of thousands of sentences."""
ASIDE = 0.5
"""What a word counts that is not part of what happens: it cuts the pairs that share only the setting."""
COMMON_TERM = 400
"""Statements of one story above which a term finds no pairs: it is what the story is about."""
CHUNK = 2_000
"""Statements multiplied at once: bounds memory, as does PAIRS."""
PAIRS = 100_000
"""Pairs compared at once."""

TINY = 1e-9
"""Stands for a length or weight of zero in a divisor."""

FEATURES = ("cosine", "containment", "jaccard", "shared_weight")

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CandidatePairs:
    """firsts[k] < seconds[k] are statement numbers; features[k] has one column for each of FEATURES."""

    firsts: Ints
    seconds: Ints
    features: Floats


def find_candidates(
    statements: Sequence[Statement],
    stories: Ints,
    *,
    cores: Sequence[Collection[str]] | None = None,
    others: Sequence[tuple[int, int]] = (),
) -> CandidatePairs:
    """The pairs of statements of one story that share enough rare words, with their likeness.

    stories: number of the story of each statement. cores: the stems of who does what to whom in it;
    none: all words count the same. others: pairs that are taken too, however little alike.
    """
    terms, frequency, weight = _weigh_terms(statements, stories, cores)
    alike = _find_alike(_unit_rows(terms * weight), frequency <= COMMON_TERM)
    firsts, seconds = np.unique(
        np.concatenate([alike, np.array(others, np.int64).reshape(-1, 2).T], axis=1), axis=1
    )
    return CandidatePairs(firsts, seconds, _compare(terms, weight, firsts, seconds))


def compare_pairs(
    statements: Sequence[Statement],
    stories: Ints,
    cores: Sequence[Collection[str]],
    firsts: Ints,
    seconds: Ints,
) -> Floats:
    """The FEATURES of the pairs (firsts[k], seconds[k]), however little alike; see `find_candidates`."""
    terms, _, weight = _weigh_terms(statements, stories, cores)
    return _compare(terms, weight, firsts, seconds)


def _weigh_terms(
    statements: Sequence[Statement], stories: Ints, cores: Sequence[Collection[str]] | None
) -> tuple[csr_array, Floats, Floats]:
    """Statements by terms, how many statements have each term, and what each term weighs."""
    terms = _number_terms(statements, stories, cores or [()] * len(statements))
    frequency: Floats = terms.astype(bool).astype(np.float64).sum(axis=0)
    return terms, frequency, _weigh(terms, frequency, stories)


def _number_terms(
    statements: Sequence[Statement], stories: Ints, cores: Sequence[Collection[str]]
) -> csr_array:
    """One row a statement, one column a term of a story: 1 where it is there, ASIDE outside the core.

    Figures are no terms here: whether they agree is asked of statements that are alike without them.
    """
    count_terms = count()
    numbers: defaultdict[int, defaultdict[str, int]]
    numbers = defaultdict(lambda: defaultdict(count_terms.__next__))
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for statement, story, core in zip(statements, stories.tolist(), cores, strict=True):
        words = [term for term in statement.terms if term[0] != FIGURE]
        terms = dict.fromkeys(words or statement.terms)
        columns.extend(map(numbers[story].__getitem__, terms))
        values.extend([1.0 if not core or term in core else ASIDE for term in terms])
        ends.append(len(columns))
    shape = (len(ends) - 1, next(count_terms))
    return csr_array((np.array(values), np.array(columns, np.int64), np.array(ends)), shape=shape)


def _weigh(terms: csr_array, frequency: Floats, stories: Ints) -> Floats:
    """Inverse frequency of each column among the statements of its story."""
    n_statements = np.bincount(stories) if len(stories) else np.zeros(1)
    story_of_column = np.zeros(terms.shape[1], np.int64)
    story_of_column[terms.indices] = np.repeat(stories, np.diff(terms.indptr))
    weight: Floats = np.log1p(n_statements[story_of_column] / np.maximum(frequency, 1))
    return weight


def _unit_rows(matrix: csr_array) -> csr_array:
    matrix = csr_array(matrix)
    length = np.sqrt(matrix.multiply(matrix).sum(axis=1))
    return csr_array(matrix.multiply(1 / np.maximum(length, TINY)[:, None]))


def _find_alike(unit: csr_array, telling: NDArray[np.bool_]) -> Ints:
    """Two rows: pairs with at least LOWEST_COSINE by telling terms, at most MOST_PARTNERS a statement."""
    sparse = csr_array(unit * telling)
    sparse.eliminate_zeros()
    columns = csr_array(sparse.T)
    firsts, seconds = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for start in range(0, unit.shape[0], CHUNK):
        product = (sparse[start : start + CHUNK] @ columns).tocoo()
        row, column = product.coords
        keep = (product.data >= LOWEST_COSINE) & (row + start != column)
        i, j = _most_alike(row[keep], column[keep], product.data[keep])
        firsts.append(i + start)
        seconds.append(j)
    i, j = np.concatenate(firsts).astype(np.int64), np.concatenate(seconds).astype(np.int64)
    return np.unique(np.stack([np.minimum(i, j), np.maximum(i, j)]), axis=1)


def _most_alike(row: Ints, column: Ints, likeness: Floats) -> tuple[Ints, Ints]:
    order = np.lexsort((column, -likeness, row))
    row, column = row[order], column[order]
    begins = np.concatenate([[True], row[1:] != row[:-1]]) if len(row) else np.zeros(0, bool)
    rank = np.arange(len(row)) - np.maximum.accumulate(np.where(begins, np.arange(len(row)), 0))
    return row[rank < MOST_PARTNERS], column[rank < MOST_PARTNERS]


def _compare(terms: csr_array, weight: Floats, firsts: Ints, seconds: Ints) -> Floats:
    """The FEATURES of the pairs, some at a time."""
    starts = range(0, max(1, len(firsts)), PAIRS)
    return np.concatenate(
        [_compare_some(terms, weight, firsts[at : at + PAIRS], seconds[at : at + PAIRS]) for at in starts]
    )


def _compare_some(terms: csr_array, weight: Floats, firsts: Ints, seconds: Ints) -> Floats:
    """The FEATURES of some pairs."""
    first, second = terms[firsts], terms[seconds]
    squares = weight**2
    in_first, in_second, in_both = first @ weight, second @ weight, first.minimum(second) @ weight
    lengths = ((rows.multiply(rows)) @ squares for rows in (first, second))
    columns = (
        (first.multiply(second) @ squares) / np.sqrt(np.maximum(math.prod(lengths), TINY)),
        in_both / np.maximum(np.minimum(in_first, in_second), TINY),
        in_both / np.maximum(in_first + in_second - in_both, TINY),
        np.log1p(in_both),
    )
    return np.stack(columns, axis=1)
