"""What the checks take for words: those of every script, since DuckDB's own word class knows ASCII only."""

from __future__ import annotations

import duckdb
import pytest

from flows.checks.suites import load_suites

WORDS = ["Nobody knew.", "Вратарь отбил удар.", "大火烧毁了大厅。", "وجفت الآبار في عدة قرى.", "Ναι."]


def rows_found(relation: str, check: str, rows: str, *, beside: str = "") -> int:
    """How many rows the check finds among the given ones; `beside` makes the other relations it asks."""
    query = next(
        item.query(f"({rows})")
        for suite in load_suites()
        if suite.relation == f"main.{relation}"
        for item in suite.checks
        if item.name == check
    )
    with duckdb.connect() as connection:
        connection.execute(beside)
        return len(connection.execute(str(query)).fetchall())


@pytest.mark.parametrize("text", WORDS)
def test_words_of_any_script_are_words(text: str) -> None:
    claim = f"SELECT 'c' AS claim_id, '{text}' AS text"
    assert rows_found("claims", "claim_without_words", claim) == 0
    quote = f"SELECT 'q' AS quote_id, 'a' AS article_id, '{text}' AS text"
    assert rows_found("quotes", "quote_without_words", quote) == 0
    sentences = f"SELECT '{text}' AS text FROM range(200)"
    assert rows_found("sentences", "many_sentences_without_words", sentences) == 0
    article = f"SELECT 'a' AS article_id, 'u' AS source_uri, '{text}' AS text"
    none = "CREATE TABLE sentences (article_id VARCHAR)"
    assert rows_found("articles", "article_without_sentences", article, beside=none) == 1


def test_marks_alone_are_no_words() -> None:
    claim = "SELECT 'c' AS claim_id, '— ¡…! ' AS text"
    assert rows_found("claims", "claim_without_words", claim) == 1


@pytest.mark.parametrize(("outlet", "n_found"), [("NULL", 0), ("'Gazette'", 1)])
def test_copies_of_articles_without_an_outlet_have_no_origin(outlet: str, n_found: int) -> None:
    beside = f"""
        CREATE TABLE articles AS SELECT 'a' AS article_id, CAST({outlet} AS VARCHAR) AS outlet;
        CREATE TABLE reuse AS
        SELECT 'b' || number AS article_id, 'a' AS other_id, 'from' AS direction, 'duplicate' AS relation
        FROM range(9) AS numbers (number);
    """
    none = "SELECT 1 WHERE false"
    assert rows_found("origins", "no_origin_although_copies_have_a_direction", none, beside=beside) == n_found
