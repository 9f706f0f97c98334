"""Reads the word lists of `flows/text/lexicons`; the lists themselves are data."""

from __future__ import annotations

from functools import cache
from pathlib import Path

LEXICONS = Path(__file__).parents[1] / "lexicons"


@cache
def read_lexicon(name: str) -> tuple[str, ...]:
    """The entries of `lexicons/NAME.txt`, one a line; lines that begin with '#' say where they are from."""
    lines = (LEXICONS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
