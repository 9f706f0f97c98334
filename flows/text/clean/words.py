"""How many words a text has: counted once, where the text is made. What the words are belongs elsewhere."""

from __future__ import annotations

import polars as pl


def count_words(text: pl.Expr) -> pl.Expr:
    """Words of the text, split at blanks, tabs and ends of lines."""
    return text.str.count_matches(r"[^ \t\n\f\r]+").cast(pl.Int64)
