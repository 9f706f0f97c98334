"""Build: parts in, a finished database file out, aside from the published one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from flows.store.relations import Relation, column_meanings, load_relations

HISTORY = ("runs", "quality_results", "rejected_inputs")
"""Raw relations about the pipeline itself: written again once the checks have spoken."""
ONE_THREAD_BYTES = 200_000_000
"""Parts up to here are built by one thread: on tables this short a second one waits, in a busy loop."""


def build_database(path: Path, parts: Mapping[str, Sequence[Path]]) -> None:
    """Makes the database at `path` from the parts: raw relation name → Parquet files, at least one each.

    Raises duckdb.Error with the relation's name where its query fails.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET preserve_insertion_order = true")
        if sum(part.stat().st_size for listed in parts.values() for part in listed) <= ONE_THREAD_BYTES:
            connection.execute("SET threads = 1")
        _set_part_paths(connection, parts)
        relations = load_relations()
        for schema in ("raw", "core"):
            connection.execute(f"CREATE SCHEMA {schema}")
        for relation in relations:
            _create(connection, relation)
        _describe(connection, relations)


def refresh_history(path: Path, parts: Mapping[str, Sequence[Path]]) -> None:
    """Reads the history relations of a built database again from their parts."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        _set_part_paths(connection, parts)
        for relation in load_relations():
            if relation.schema == "raw" and relation.name in HISTORY:
                connection.execute(f"DELETE FROM {relation.qualified_name}")
                connection.execute(f"INSERT INTO {relation.qualified_name} {relation.query}")


def read_counts(path: Path, relations: Sequence[str]) -> dict[str, int]:
    """Rows of each relation of a database."""
    with duckdb.connect(str(path), read_only=True) as connection:
        counts = (connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in relations)
        return {name: row[0] if row else 0 for name, row in zip(relations, counts, strict=True)}


def _set_part_paths(connection: duckdb.DuckDBPyConnection, parts: Mapping[str, Sequence[Path]]) -> None:
    for name, paths in parts.items():
        connection.execute(f"SET VARIABLE {name} = ?", [[str(path) for path in paths]])


def _create(connection: duckdb.DuckDBPyConnection, relation: Relation) -> None:
    try:
        connection.execute(f"CREATE {relation.kind} {relation.qualified_name} AS {relation.query}")
    except duckdb.Error as error:
        raise type(error)(f"sql/{relation.schema}/{relation.name}.sql: {error}") from error


def _describe(connection: duckdb.DuckDBPyConnection, relations: Sequence[Relation]) -> None:
    meanings = column_meanings(relations)
    connection.begin()  # one transaction for some five hundred comments
    for relation in relations:
        _comment(connection, f"{relation.kind} {relation.qualified_name}", relation.description)
        for column in _columns(connection, relation):
            meaning = relation.columns.get(column, meanings.get(column))
            if meaning:
                _comment(connection, f"COLUMN {relation.qualified_name}.{column}", meaning)
    connection.commit()


def _comment(connection: duckdb.DuckDBPyConnection, target: str, text: str) -> None:
    quoted = text.replace("'", "''")
    connection.execute(f"COMMENT ON {target} IS '{quoted}'")


def _columns(connection: duckdb.DuckDBPyConnection, relation: Relation) -> list[str]:
    rows = connection.execute(f"DESCRIBE {relation.qualified_name}").fetchall()
    return [row[0] for row in rows]
