"""The closed word groups that rules of several extractors ask for. No rules here."""

from __future__ import annotations

from functools import lru_cache

from flows.text.lexicons import read_rows


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in read_rows("word_groups.tsv")}


def word_group(name: str) -> frozenset[str]:
    """The words of the group; raises KeyError for a group that the list does not have."""
    return _groups()[name]
