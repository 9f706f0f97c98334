"""What a database says of itself: the comments on its relations and columns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True, slots=True)
class DescribedRelation:
    """A relation of `main`: its meaning, and (name, type, meaning) of its columns in order."""

    name: str
    meaning: str | None
    columns: tuple[tuple[str, str, str | None], ...]


def describe_main(database: Path) -> list[DescribedRelation]:
    """The relations of `main`, by name."""
    with duckdb.connect(str(database), read_only=True) as connection:
        relations = connection.execute(
            "SELECT view_name, comment FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal "
            "UNION ALL SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'main' ORDER BY 1"
        ).fetchall()
        return [
            DescribedRelation(name, meaning, tuple(_columns(connection, name))) for name, meaning in relations
        ]


def _columns(connection: duckdb.DuckDBPyConnection, name: str) -> list[tuple[str, str, str | None]]:
    return connection.execute(
        "SELECT column_name, data_type, comment FROM duckdb_columns() "
        "WHERE schema_name = 'main' AND table_name = ? ORDER BY column_index",
        [name],
    ).fetchall()
