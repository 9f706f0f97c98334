"""The word lists, and how to read them. The lists are data; their first lines name their sources."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def read_lines(name: str) -> tuple[str, ...]:
    """The entries of `lexicons/NAME`, one a line; lines that begin with '#' say where they are from."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return tuple(line.strip(" ") for line in lines if line.strip() and not line.startswith("#"))


def read_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the table `lexicons/NAME`: what stands between its tabs."""
    return tuple(tuple(line.split("\t")) for line in read_lines(name))
