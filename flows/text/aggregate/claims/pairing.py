"""Which statements of a story could say the same, and how alike their words are. Numbers only.

A sparse product finds the pairs: terms are kept apart by story, so that one product serves a whole
corpus and never compares across stories. What the words mean, and whether they agree, comes later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from flows.text.aggregate.claims.statements import Statement

LOWEST_COSINE = 0.12
"""Cosine of TF-IDF vectors below which a pair is not looked at."""
MOST_PARTNERS = 24
"""Pairs kept a statement, the most alike first: bounds the work in a story of thousands of sentences."""
COMMON_TERM = 400
"""Statements of one story above which a term finds no pairs: it is what the story is about."""
CHUNK = 2_000
"""Statements multiplied, or 50 times as many pairs compared, at once: bounds memory."""

FEATURES = ("cosine", "containment", "jaccard", "shared_weight", "word_order", "foreign_names")

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CandidatePairs:
    """firsts[k] < seconds[k] are statement numbers; features[k] has one column for each of FEATURES."""

    firsts: Ints
    seconds: Ints
    features: Floats


class _Vocabulary:
    """Numbers (story, term), so that a term of another story is another term."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[int, object], int] = {}

    def matrix(self, bags: Iterable[Iterable[object]], stories: Ints) -> csr_array:
        """One row a bag: 1 where it has the term."""
        columns: list[int] = []
        ends = [0]
        for bag, story in zip(bags, stories.tolist(), strict=True):
            columns.extend({self.numbers.setdefault((story, term), len(self.numbers)) for term in bag})
            ends.append(len(columns))
        shape = (len(ends) - 1, len(self.numbers))
        return csr_array((np.ones(len(columns)), np.array(columns, np.int64), np.array(ends)), shape=shape)


def find_candidates(statements: Sequence[Statement], stories: Ints) -> CandidatePairs:
    """The pairs of statements of one story that share enough rare words, with their likeness.

    stories: number of the story of each statement.
    """
    vocabulary = _Vocabulary()
    terms = vocabulary.matrix([statement.terms for statement in statements], stories)
    names = vocabulary.matrix([statement.names for statement in statements], stories)
    bigrams = _Vocabulary().matrix([zip(s.terms, s.terms[1:], strict=False) for s in statements], stories)
    frequency = terms.sum(axis=0)
    weight = _weigh(terms, frequency, stories)
    firsts, seconds = _find_alike(_unit_rows(terms * weight), frequency <= COMMON_TERM)
    features = [
        _compare(terms, names, bigrams, weight, firsts[start : start + 50 * CHUNK], seconds[start : start + 50 * CHUNK])
        for start in range(0, max(1, len(firsts)), 50 * CHUNK)
    ]
    return CandidatePairs(firsts, seconds, np.concatenate(features))


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
    return csr_array(matrix.multiply(1 / np.maximum(length, 1e-9)[:, None]))


def _find_alike(unit: csr_array, telling: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Pairs with at least LOWEST_COSINE by telling terms, at most MOST_PARTNERS a statement."""
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
    pairs = np.unique(np.stack([np.minimum(i, j), np.maximum(i, j)]), axis=1)
    return pairs[0], pairs[1]


def _most_alike(row: Ints, column: Ints, likeness: Floats) -> tuple[Ints, Ints]:
    order = np.lexsort((column, -likeness, row))
    row, column = row[order], column[order]
    begins = np.concatenate([[True], row[1:] != row[:-1]]) if len(row) else np.zeros(0, bool)
    rank = np.arange(len(row)) - np.maximum.accumulate(np.where(begins, np.arange(len(row)), 0))
    return row[rank < MOST_PARTNERS], column[rank < MOST_PARTNERS]


def _compare(
    terms: csr_array, names: csr_array, bigrams: csr_array, weight: Floats, firsts: Ints, seconds: Ints
) -> Floats:
    """The FEATURES of the pairs."""
    first, second = terms[firsts], terms[seconds]
    shared = first.multiply(second)
    squares = weight**2
    in_first, in_second, in_both = first @ weight, second @ weight, shared @ weight
    cosine = (shared @ squares) / np.sqrt(np.maximum((first @ squares) * (second @ squares), 1e-9))
    smaller = np.maximum(np.minimum(in_first, in_second), 1e-9)
    steps = bigrams[firsts], bigrams[seconds]
    n_steps = np.maximum(np.minimum(steps[0].sum(axis=1), steps[1].sum(axis=1)), 1)
    foreign = np.minimum(
        _without(names[firsts], second) @ weight,
        _without(names[seconds], first) @ weight,
    )
    columns = (
        cosine,
        in_both / smaller,
        in_both / np.maximum(in_first + in_second - in_both, 1e-9),
        np.log1p(in_both),
        steps[0].multiply(steps[1]).sum(axis=1) / n_steps,
        foreign / smaller,
    )
    return np.stack(columns, axis=1)


def _without(rows: csr_array, others: csr_array) -> csr_array:
    """The entries of `rows` that `others` lacks."""
    return csr_array(rows - rows.multiply(others))
