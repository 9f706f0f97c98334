"""Reading: nothing but the database can be reached, and nothing can be changed."""

from __future__ import annotations

import io
import json
from pathlib import Path

import duckdb
import pyarrow.parquet
import pytest

from flows.store.output import Format, write_result
from flows.store.query import (
    NoPublishedVersionError,
    QueryError,
    QueryTimeoutError,
    open_published,
    time_limit,
)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "news.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "CREATE TABLE articles AS SELECT 1 AS n, 'a|b' AS t, ['x', 'y'] AS l, NULL AS nothing"
        )
    return path


def ask(database: Path, query: str, output: Format = "csv", seconds: float = 10.0) -> bytes:
    out = io.BytesIO()
    with open_published(database) as connection, time_limit(connection, seconds):
        write_result(connection, query, output=output, out=out)
    return out.getvalue()


def test_formats(database: Path) -> None:
    assert ask(database, "FROM articles", "csv") == b'n,t,l,nothing\n1,a|b,"[""x"", ""y""]",\n'
    assert json.loads(ask(database, "FROM articles", "json")) == [
        {"n": 1, "t": "a|b", "l": ["x", "y"], "nothing": None}
    ]
    assert json.loads(ask(database, "FROM articles WHERE n = 2", "json")) == []
    assert ask(database, "SELECT t FROM articles", "markdown") == b"| t |\n|---|\n| a\\|b |\n"
    table = pyarrow.parquet.read_table(io.BytesIO(ask(database, "SELECT n FROM articles", "parquet")))
    assert table.to_pylist() == [{"n": 1}]


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM articles",
        "CREATE TABLE x (y INTEGER)",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "COPY articles TO 'out.csv'",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SELECT * FROM 'https://news.example/a.parquet'",
        "SELECT nothing FROM nowhere",
    ],
)
def test_what_a_query_may_not_do(database: Path, query: str) -> None:
    with pytest.raises(QueryError):
        ask(database, query)


def test_a_query_that_takes_too_long_is_ended(database: Path) -> None:
    with pytest.raises(QueryTimeoutError, match=r"longer than 0\.3 s"):
        ask(database, "SELECT sum(a.range * b.range) FROM range(10000000) a, range(1000000) b", seconds=0.3)


def test_without_a_published_version_the_message_says_what_to_do(tmp_path: Path) -> None:
    with (
        pytest.raises(NoPublishedVersionError, match="copydesk run INPUT"),
        open_published(tmp_path / "news.duckdb"),
    ):
        pass
