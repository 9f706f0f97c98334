"""Shared spans are compared by their letters, also where many articles share one place."""

from __future__ import annotations

import duckdb
import pytest

from flows.checks.suites import load_suites

TEXT = "Ælma: six boats left Nordvik."


def faults(texts: dict[str, str]) -> list[tuple[str, str]]:
    """The pairs whose words differ, where every article shares its whole text with every other."""
    (query,) = (
        check.query("spans")
        for suite in load_suites()
        for check in suite.checks
        if check.name == "shared_span_whose_words_differ"
    )
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE articles (article_id VARCHAR, text VARCHAR)")
        connection.executemany("INSERT INTO articles VALUES (?, ?)", list(texts.items()))
        connection.execute(
            """
            CREATE TABLE spans AS
            SELECT
                own.article_id,
                others.article_id AS other_id,
                0::BIGINT AS char_start,
                length(own.text) AS char_end,
                0::BIGINT AS other_start,
                length(others.text) AS other_end
            FROM articles AS own
            JOIN articles AS others ON own.article_id <> others.article_id
            """
        )
        found = connection.execute(f"SELECT article_id, other_id FROM ({query}) ORDER BY ALL").fetchall()
    return [(str(article_id), str(other_id)) for article_id, other_id in found]


@pytest.mark.parametrize("copy", [TEXT, TEXT.upper(), "Ælma – “six” boats left Nordvik!"])
def test_case_and_punctuation_are_no_difference(copy: str) -> None:
    assert faults({"a": TEXT, "b": TEXT, "c": copy}) == []


def test_other_words_are_found_on_both_sides() -> None:
    changed = TEXT.replace("six", "ten")
    assert faults({"a": TEXT, "b": TEXT, "c": changed}) == [("a", "c"), ("b", "c"), ("c", "a"), ("c", "b")]
