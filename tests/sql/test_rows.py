"""Each view of `main` on a few rows that are checked by hand: see cases.py for how a case is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from flows.stages.parts import to_frame, write_part
from flows.stages.schemas import RAW_RELATIONS
from flows.store.build import build_database
from flows.store.relations import load_relations

from .cases import Case, Table, load_cases

RELATIONS = load_relations()
CASES = load_cases()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database made by the store from empty parts; beside it the parts as tables, to be filled."""
    folder = tmp_path_factory.mktemp("rows")
    paths = {
        name: write_part(to_frame([], schema), folder / f"{name}.parquet", schema)
        for name, schema in RAW_RELATIONS.items()
    }
    build_database(folder / "empty.duckdb", {name: [path] for name, path in paths.items()})
    with duckdb.connect(str(folder / "empty.duckdb")) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("CREATE SCHEMA parts")
        for name, path in paths.items():
            connection.execute(f"CREATE TABLE parts.{name} AS FROM read_parquet('{path}')")
        yield connection


@pytest.fixture
def database(empty: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    empty.begin()
    yield empty
    empty.rollback()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_view_shows(case: Case, database: duckdb.DuckDBPyConnection) -> None:
    for part, table in case.given.items():
        insert(database, f"parts.{part}", table)
    fill(database)
    columns = ", ".join(case.expected.columns)
    shown = database.execute(f"SELECT {columns} FROM main.{case.relation}").fetchall()
    assert in_order(case, shown) == in_order(case, expected_rows(database, case))


def insert(database: duckdb.DuckDBPyConnection, target: str, table: Table) -> None:
    """Text becomes what the column holds, as in an INSERT that a person types."""
    cells = ", ".join("?" for _ in table.columns)
    for row in table.rows:
        database.execute(f"INSERT INTO {target} ({', '.join(table.columns)}) VALUES ({cells})", list(row))


def fill(database: duckdb.DuckDBPyConnection) -> None:
    """Everything between the parts and the views, by the queries of sql/."""
    for relation in RELATIONS:
        if relation.kind == "TABLE":
            query = relation.query.replace(
                f"read_parquet(getvariable('{relation.name}'))", f"parts.{relation.name}"
            )
            assert "read_parquet" not in query, relation.qualified_name
            database.execute(f"INSERT INTO {relation.qualified_name} {query}")


def expected_rows(database: duckdb.DuckDBPyConnection, case: Case) -> list[tuple[Any, ...]]:
    columns = ", ".join(case.expected.columns)
    database.execute(f"CREATE TEMP TABLE expected AS SELECT {columns} FROM main.{case.relation} LIMIT 0")
    insert(database, "expected", case.expected)
    return database.execute("FROM expected").fetchall()


def in_order(case: Case, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Where the view has an order of its own, it is part of what it shows."""
    query = next(item.query for item in RELATIONS if item.qualified_name == f"main.{case.relation}")
    return rows if query.rstrip().rpartition("\n)")[2].count("\nORDER BY") else sorted(rows, key=repr)


def test_every_view_has_a_case() -> None:
    views = {relation.name for relation in RELATIONS if relation.schema == "main"}
    assert {case.relation for case in CASES} == views
