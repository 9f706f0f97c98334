"""Pairs of articles as pairs of numbers, which are joined and sorted faster than ids are."""

from __future__ import annotations

import polars as pl


def number_pairs(pairs: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    """The pairs whose articles are in `ids` (distinct), with their places there: i and j."""
    known = pl.Enum(ids)
    places = [
        pl.col(name).cast(known, strict=False).to_physical().cast(pl.Int64).alias(place)
        for name, place in (("article_id", "i"), ("other_id", "j"))
    ]
    return pairs.with_columns(places).drop_nulls(["i", "j"])
