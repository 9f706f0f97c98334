"""Spans in the midst of a long article are checked as those of a short one, and in bounded memory."""

from __future__ import annotations

import duckdb
import pytest

from flows.checks.suites import load_suites

SENTENCE = "The ferry Ælma drifted off Nordvik for {} hours. "
N_SENTENCES = 20_000


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    """One article of a megabyte in one paragraph, with a sentence longer than a piece, and a short one."""
    sentences = [SENTENCE.format(number) for number in range(N_SENTENCES)]
    sentences[7] = "And so on " * 1500 + ". "
    connection = duckdb.connect()
    connection.execute("SET memory_limit = '200MB'; SET threads = 1")
    connection.execute("CREATE TABLE articles (article_id VARCHAR, text VARCHAR)")
    columns = "article_id VARCHAR, paragraph_no INT, char_start INT, char_end INT, text VARCHAR"
    connection.execute(f"CREATE TABLE paragraphs ({columns})")
    connection.execute(f"CREATE TABLE sentences (sentence_no INT, {columns})")
    for name, parts in (("long", sentences), ("short", sentences[:3])):
        text = "".join(parts)
        connection.execute("INSERT INTO articles VALUES (?, ?)", [name, text])
        connection.execute("INSERT INTO paragraphs VALUES (?, 0, 0, ?, ?)", [name, len(text), text])
        connection.execute(
            """
            INSERT INTO sentences
            SELECT number - 1, ?, 0, char_end - length(text), char_end - 1, rtrim(text) FROM (
                SELECT number, text, sum(length(text)) OVER (ORDER BY number) AS char_end
                FROM (SELECT unnest(?) AS text, generate_subscripts(?, 1) AS number)
            )
            """,
            [name, parts, parts],
        )
    return connection


def faults(connection: duckdb.DuckDBPyConnection, relation: str, rows: str) -> list[str]:
    """The articles in which the check of spans finds one among the rows."""
    (query,) = (
        check.query(f"({rows})")
        for suite in load_suites()
        if suite.relation == f"main.{relation}"
        for check in suite.checks
        if check.name == "span_is_not_its_text"
    )
    return [row[0] for row in connection.execute(f"SELECT DISTINCT article_id FROM ({query})").fetchall()]


@pytest.mark.parametrize("relation", ["sentences", "paragraphs"])
def test_right_spans_are_right(connection: duckdb.DuckDBPyConnection, relation: str) -> None:
    assert connection.execute(f"SELECT count(*) > 1 FROM {relation}").fetchone() == (True,)
    assert faults(connection, relation, f"FROM {relation}") == []


@pytest.mark.parametrize("number", [0, 7, 4999, N_SENTENCES - 1])
def test_one_letter_late_is_found_anywhere(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    for change in ("char_start + 1 AS char_start", "char_end - 1 AS char_end"):
        late = f"SELECT * REPLACE ({change}) FROM sentences WHERE sentence_no = {number}"
        assert "long" in faults(connection, "sentences", late)


@pytest.mark.parametrize("relation", ["sentences", "paragraphs"])
def test_a_span_that_ends_before_it_begins_is_found(
    connection: duckdb.DuckDBPyConnection, relation: str
) -> None:
    turned = f"SELECT * REPLACE (char_end AS char_start, char_start AS char_end) FROM {relation}"
    assert sorted(faults(connection, relation, turned)) == ["long", "short"]


def test_another_paragraph_is_found(connection: duckdb.DuckDBPyConnection) -> None:
    other = "SELECT * REPLACE (text || '!' AS text) FROM paragraphs"
    assert sorted(faults(connection, "paragraphs", other)) == ["long", "short"]
