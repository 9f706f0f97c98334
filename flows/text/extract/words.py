"""The closed word groups that rules of several extractors ask for. No rules here."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

PATH = Path(__file__).parents[1] / "lexicons" / "word_groups.tsv"


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[str]]:
    lines = PATH.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: frozenset(words.split()) for name, words in rows}


def word_group(name: str) -> frozenset[str]:
    """The words of the group; raises KeyError for a group that the list does not have."""
    return _groups()[name]
