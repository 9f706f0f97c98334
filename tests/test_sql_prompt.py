"""`copydesk sql` in its formats: every value readable, no column lost, one result where one fits."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from flows.sql_prompt import answer
from flows.store.output import FORMATS, Format
from flows.store.query import QueryError, open_published
from flows.store.rendering import distinct_names

ODD = """SELECT 'nan'::DOUBLE AS nan, '-infinity'::FLOAT AS low, [1.5, 'inf'::DOUBLE] AS list,
  {'DATE': 'nan'::DOUBLE, 'on': DATE 'infinity'} AS struct, MAP {DATE '2024-03-01': 1} AS map,
  'a\\x00\\xFF'::BLOB AS blob, DATE 'infinity' AS day, TIMESTAMP '-infinity' AS instant,
  DATE '13213-09-21' AS far, INTERVAL 10000000 YEAR AS long, TIME '24:00:00' AS midnight,
  2::HUGEINT ** 100 AS huge, 1.50::DECIMAL(4, 2) AS price, true AS flag, NULL AS nothing"""


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    duckdb.connect(str(tmp_path / "news.duckdb")).close()
    with open_published(tmp_path / "news.duckdb") as found:
        yield found


class Answers:
    """Asks, and gives back what was written to standard output."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, printed: pytest.CaptureFixture[bytes]) -> None:
        self.connection, self.printed = connection, printed

    def __call__(self, query: str, output: Format) -> bytes:
        answer(self.connection, query, output=output, timeout=30)
        return self.printed.readouterr().out


@pytest.fixture
def ask(connection: duckdb.DuckDBPyConnection, capfdbinary: pytest.CaptureFixture[bytes]) -> Answers:
    return Answers(connection, capfdbinary)


def refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


def test_json_is_json(ask: Answers) -> None:
    (row,) = json.loads(ask(ODD, "json"), parse_constant=refuse)
    assert (row["nan"], row["low"], row["list"], row["nothing"]) == (None, None, [1.5, None], None)
    assert row["struct"] == {"DATE": None, "on": "infinity"}
    assert row["map"] == {"2024-03-01": 1}
    assert row["blob"] == r"a\x00\xFF"
    assert (row["day"], row["instant"], row["far"]) == ("infinity", "-infinity", "13213-09-21")
    assert (row["long"], row["midnight"]) == ("10000000 years", "24:00:00")
    assert row["flag"] is True


def test_csv_has_what_duckdb_would_write(ask: Answers) -> None:
    (row,) = csv.DictReader(io.StringIO(ask(ODD, "csv").decode()))
    assert (row["day"], row["instant"], row["blob"]) == ("infinity", "-infinity", r"a\x00\xFF")
    assert (row["flag"], row["nothing"], row["price"]) == ("true", "", "1.50")


def test_markdown_is_a_table_whatever_stands_in_it(ask: Answers) -> None:
    shown = ask("""SELECT 'a|b' AS "c|d", 'e' || chr(10) || 'f' AS "g\nh" """, "markdown").decode()
    assert shown == "| c\\|d | g<br>h |\n|---|---|\n| a\\|b | e<br>f |\n"


@pytest.mark.parametrize("output", FORMATS)
def test_no_column_is_lost_where_two_share_a_name(ask: Answers, output: Format) -> None:
    shown = ask("SELECT 11 AS a, 22 AS a, 33 AS A, 44 AS a_1", output)
    if output == "parquet":
        assert pl.read_parquet(shown).rows() == [(11, 22, 33, 44)]
    elif output == "json":
        assert json.loads(shown) == [{"a": 11, "a_1": 22, "A_2": 33, "a_1_1": 44}]
    else:
        assert all(name in shown.decode() for name in ("a_1", "A_2", "a_1_1", "11", "22", "33", "44"))


def test_names_are_told_apart_as_duckdb_does() -> None:
    assert distinct_names(["a", "b", "a", "A"]) == ["a", "b", "a_1", "A_2"]


@pytest.mark.parametrize("output", ["csv", "json", "parquet"])
def test_two_results_do_not_fit_into_one_file(ask: Answers, output: Format) -> None:
    with pytest.raises(QueryError, match=f"2 queries, and {output} holds the result of one"):
        ask("SELECT 1; SELECT 2", output)
    assert ask("SET VARIABLE n = 7; SELECT getvariable('n') AS n", "json") == b'[\n{"n": 7}\n]\n'


@pytest.mark.parametrize("output", ["table", "markdown"])
def test_each_of_several_results_is_shown(ask: Answers, output: Format) -> None:
    shown = ask("SELECT 11 AS a; SELECT 22 AS b", output).decode()
    assert shown.index("11") < shown.index("22")


def test_a_pivot_is_one_query(ask: Answers) -> None:
    shown = ask("PIVOT (VALUES ('x', 1), ('y', 2)) AS t(k, v) ON k USING sum(v)", "csv")
    assert shown == b"x,y\n1,2\n"


@pytest.mark.parametrize("query", ["", " ", ";", "-- a remark"])
def test_no_query_is_no_answer(ask: Answers, query: str) -> None:
    assert ask(query, "csv") == b""


def test_what_explains_is_a_result_too(ask: Answers) -> None:
    assert b"physical_plan" in ask("EXPLAIN SELECT 1", "csv")
    assert json.loads(ask("DESCRIBE SELECT 1 AS n", "json"))[0]["column_name"] == "n"
