"""What became of those who are counted: "trapping five people and injuring 40" counts two things."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from flows.text.aggregate.claims.words import word_class

FATES = ("dead", "hurt", "trapped", "missing", "held", "displaced", "hospital")
"""Classes of `lexicons/statement_words.tsv`."""


@cache
def _fates() -> dict[str, str]:
    return {word: fate for fate in FATES for word in word_class(fate)}


def find_fate(before: Iterable[str], after: Iterable[str]) -> str:
    """One of FATES, or "" where none is said: "killing at least 84", else "84 people were killed".

    before: lower-case words before the figure, the nearest first; after: those after it. Both end where
    the clause does, at an "and" before it and at the next figure.
    """
    return next((_fates()[word] for words in (before, after) for word in words if word in _fates()), "")
