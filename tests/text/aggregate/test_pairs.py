"""Pairs of articles as pairs of numbers."""

from __future__ import annotations

import polars as pl

from flows.text.aggregate.pairs import number_pairs

PAIRS = pl.DataFrame(
    {"article_id": ["b", "x", "a"], "other_id": ["a", "b", "c"], "containment": [0.5, 0.6, 0.7]}
)


def test_pairs_are_numbered_by_the_place_of_their_ids() -> None:
    found = number_pairs(PAIRS, pl.Series(["c", "a", "b"]))
    assert found.rows() == [("b", "a", 0.5, 2, 1), ("a", "c", 0.7, 1, 0)]


def test_pairs_of_unknown_articles_are_left_out() -> None:
    assert number_pairs(PAIRS, pl.Series(["a", "c"])).rows() == [("a", "c", 0.7, 0, 1)]
    assert number_pairs(PAIRS, pl.Series([], dtype=pl.String)).is_empty()
