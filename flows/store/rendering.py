"""Rendering: a result made fit for formats that are text, and its columns told apart.

Python has no infinite dates, no year 20,000 and no month as a length of time: DuckDB itself writes
what is neither a number nor a text, as its own shell does. How rows are laid out is output.py's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb
    from duckdb.sqltypes import DuckDBPyType

WHOLE_NUMBERS = frozenset(
    f"{sign}{size}" for sign in ("", "u") for size in ("tinyint", "smallint", "integer", "bigint", "hugeint")
)
PLAIN = WHOLE_NUMBERS | {"boolean", "float", "double", "decimal", "varchar"}
"""Types that are handed over as they are."""


def as_text(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """The relation with distinct names, and with text for every value that is no number, flag or text."""
    columns = [f"CAST(#{n} AS {_textual(kind)})" for n, kind in enumerate(relation.types, 1)]
    return _project(relation, columns)


def with_distinct_names(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """The relation with distinct names."""
    return _project(relation, [f"#{number}" for number in range(1, len(relation.columns) + 1)])


def distinct_names(names: Sequence[str]) -> list[str]:
    """The names as DuckDB tells them apart: “a”, “a” to “a”, “a_1”. Case does not count."""
    taken: set[str] = set()
    found = []
    for name in names:
        number, chosen = 0, name
        while chosen.lower() in taken:
            number += 1
            chosen = f"{name}_{number}"
        taken.add(chosen.lower())
        found.append(chosen)
    return found


def _project(relation: duckdb.DuckDBPyRelation, columns: Sequence[str]) -> duckdb.DuckDBPyRelation:
    names = distinct_names(relation.columns)
    return relation.project(
        ", ".join(f"{column} AS {_quoted(name)}" for column, name in zip(columns, names, strict=True))
    )


def _textual(kind: DuckDBPyType) -> str:
    """The type with VARCHAR in place of all that is not plain: DATE[] to VARCHAR[]."""
    if kind.id in PLAIN:
        return str(kind)
    if kind.id in ("list", "array"):
        return f"{_textual(_child(kind, 0))}[]"
    if kind.id == "map":
        return f"MAP({_textual(_child(kind, 0))}, {_textual(_child(kind, 1))})"
    if kind.id == "struct" and all(name for name, _ in kind.children):
        fields = (f"{_quoted(name)} {_textual(_child(kind, n))}" for n, (name, _) in enumerate(kind.children))
        return f"STRUCT({', '.join(fields)})"
    return "VARCHAR"


def _child(kind: DuckDBPyType, number: int) -> DuckDBPyType:
    child = kind.children[number][1]
    assert not isinstance(child, (int, list))  # an array's size, an enum's values: not asked for
    return child


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
