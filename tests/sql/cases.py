"""Row fixtures: a Markdown file that holds the rows of some parts, and the rows that a view shows of them.

A heading `## given NAME` or `## expect` stands over a table. An empty cell is NULL; a list is written
`[a, b]`. Columns that a table does not name are NULL in what is given and not looked at in what is expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
_SECTION = re.compile(
    r"^## (?:given (?P<part>\w+)|expect)$(?P<table>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Table:
    """The names of the columns, and rows of as many cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True)
class Case:
    """What is given, by part, and what the view must show."""

    relation: str
    name: str
    given: dict[str, Table]
    expected: Table

    def __str__(self) -> str:
        return f"{self.relation}/{self.name}"


def load_cases() -> list[Case]:
    """All cases, by name: the same list in every worker."""
    return [_read(path) for path in sorted(FOLDER.glob("*/*.md"))]


def _read(path: Path) -> Case:
    given, expected = {}, None
    for section in _SECTION.finditer(path.read_text(encoding="utf-8")):
        table = _table(section["table"], path)
        if section["part"]:
            given[section["part"]] = table
        else:
            expected = table
    assert expected, f"{path} expects nothing"
    return Case(path.parent.name, path.stem, given, expected)


def _table(text: str, path: Path) -> Table:
    columns, _rule, *rows = _cells(text)
    assert all(len(row) == len(columns) for row in rows), f"{path}: a row of more or fewer cells than columns"
    return Table(tuple(str(name) for name in columns), tuple(rows))


def _cells(text: str) -> Iterator[tuple[str | None, ...]]:
    for line in text.splitlines():
        if line.startswith("|"):
            yield tuple(cell.strip() or None for cell in line.strip()[1:-1].split("|"))
