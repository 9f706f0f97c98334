"""The public contract: names, columns, types and comments in `main`; see docs/data-dictionary.md."""

from __future__ import annotations

import csv
import re

import duckdb
import pytest
from support import ROOT

TEXT, WHOLE, REAL, DAY, INSTANT, FLAG = (
    "VARCHAR",
    "BIGINT",
    "DOUBLE",
    "DATE",
    "TIMESTAMP WITH TIME ZONE",
    "BOOLEAN",
)
LIST = "VARCHAR[]"
SPAN = {"char_start": WHOLE, "char_end": WHOLE}
ARTICLE = {
    "article_id": TEXT,
    "source_uri": TEXT,
    "url": TEXT,
    "outlet": TEXT,
    "title": TEXT,
    "authors": LIST,
    "agencies": LIST,
    "dateline": TEXT,
    "published_on": DAY,
    "published_at": INSTANT,
    "date_basis": TEXT,
    "language": TEXT,
    "text": TEXT,
    "n_words": WHOLE,
    "story_id": TEXT,
    "revision": WHOLE,
}
PLACE = {"article_id": TEXT, "sentence_no": WHOLE}
CONTRACT: dict[str, dict[str, str]] = {
    "articles": ARTICLE,
    "article_revisions": {**ARTICLE, "ingested_at": INSTANT, "run_id": TEXT},
    "paragraphs": {
        "article_id": TEXT,
        "paragraph_no": WHOLE,
        "role": TEXT,
        "text": TEXT,
        "raw_start": WHOLE,
        "raw_end": WHOLE,
        **SPAN,
    },
    "sentences": {**PLACE, "paragraph_no": WHOLE, "text": TEXT, **SPAN},
    "entities": {
        "entity_id": TEXT,
        "name": TEXT,
        "label": TEXT,
        "aliases": LIST,
        "country_code": TEXT,
        "n_mentions": WHOLE,
        "n_articles": WHOLE,
    },
    "mentions": {**PLACE, "entity_id": TEXT, "label": TEXT, "text": TEXT, **SPAN},
    "quotes": {
        "quote_id": TEXT,
        **PLACE,
        "kind": TEXT,
        "text": TEXT,
        **SPAN,
        "cue": TEXT,
        "cue_start": WHOLE,
        "cue_end": WHOLE,
        "speaker": TEXT,
        "speaker_start": WHOLE,
        "speaker_end": WHOLE,
        "speaker_entity_id": TEXT,
    },
    "times": {
        **PLACE,
        "text": TEXT,
        **SPAN,
        "timex_type": TEXT,
        "timex_value": TEXT,
        "begins_on": DAY,
        "ends_on": DAY,
    },
    "quantities": {
        **PLACE,
        "text": TEXT,
        **SPAN,
        "value": REAL,
        "unit": TEXT,
        "currency": TEXT,
        "kind": TEXT,
        "approximate": FLAG,
    },
    "events": {
        "event_id": TEXT,
        **PLACE,
        "actor": TEXT,
        "actor_entity_id": TEXT,
        "action": TEXT,
        "event_type": TEXT,
        "target": TEXT,
        "target_entity_id": TEXT,
        "place": TEXT,
        "begins_on": DAY,
        "ends_on": DAY,
        "negated": FLAG,
        "modality": TEXT,
    },
    "reuse": {
        "article_id": TEXT,
        "other_id": TEXT,
        "containment": REAL,
        "n_shared_sentences": WHOLE,
        "relation": TEXT,
        "direction": TEXT,
    },
    "shared_spans": {
        "article_id": TEXT,
        "other_id": TEXT,
        **SPAN,
        "other_start": WHOLE,
        "other_end": WHOLE,
    },
    "stories": {
        "story_id": TEXT,
        "title": TEXT,
        "first_on": DAY,
        "last_on": DAY,
        "n_articles": WHOLE,
        "n_outlets": WHOLE,
        "n_independent_sources": WHOLE,
    },
    "claims": {
        "claim_id": TEXT,
        "story_id": TEXT,
        "text": TEXT,
        "n_articles": WHOLE,
        "n_outlets": WHOLE,
        "n_independent_sources": WHOLE,
        "first_on": DAY,
    },
    "claim_sentences": {"claim_id": TEXT, **PLACE, "source_group": TEXT, "evidence": TEXT},
    "timeline": {
        "story_id": TEXT,
        "happened_on": DAY,
        "text": TEXT,
        "n_articles": WHOLE,
        "n_independent_sources": WHOLE,
        "claim_id": TEXT,
    },
    "runs": {
        "run_id": TEXT,
        "started_at": INSTANT,
        "finished_at": INSTANT,
        "status": TEXT,
        "n_seen": WHOLE,
        "n_new": WHOLE,
        "n_changed": WHOLE,
        "n_rejected": WHOLE,
        "seconds": REAL,
    },
    "quality_results": {
        "run_id": TEXT,
        "table_name": TEXT,
        "check_name": TEXT,
        "severity": TEXT,
        "passed": FLAG,
        "n_rows": WHOLE,
        "n_unexpected": WHOLE,
        "sample": TEXT,
    },
    "rejected_inputs": {"run_id": TEXT, "source_uri": TEXT, "reason": TEXT, "detail": TEXT},
}
SPANNED = ("paragraphs", "sentences", "mentions", "quotes", "times", "quantities")


@pytest.mark.parametrize("relation", sorted(CONTRACT))
def test_columns_have_their_names_and_types(examples: duckdb.DuckDBPyConnection, relation: str) -> None:
    found = {row[0]: row[1] for row in examples.execute(f"DESCRIBE main.{relation}").fetchall()}
    assert {name: found.get(name) for name in CONTRACT[relation]} == CONTRACT[relation]


def test_every_relation_and_column_has_a_comment(examples: duckdb.DuckDBPyConnection) -> None:
    bare = examples.execute(
        "SELECT schema_name, table_name, column_name FROM duckdb_columns() "
        "WHERE NOT internal AND comment IS NULL "
        "UNION ALL SELECT schema_name, view_name, NULL FROM duckdb_views() "
        "WHERE NOT internal AND comment IS NULL "
        "UNION ALL SELECT schema_name, table_name, NULL FROM duckdb_tables() "
        "WHERE NOT internal AND comment IS NULL"
    ).fetchall()
    assert bare == []


@pytest.mark.parametrize("relation", SPANNED)
def test_a_span_gives_back_its_text(examples: duckdb.DuckDBPyConnection, relation: str) -> None:
    total, wrong = examples.execute(
        f"SELECT count(*), count(*) FILTER (a.text[r.char_start + 1 : r.char_end] IS DISTINCT FROM r.text) "
        f"FROM main.{relation} AS r JOIN articles AS a USING (article_id) WHERE r.char_start IS NOT NULL"
    ).fetchone() or (0, 0)
    assert total > 0
    assert wrong == 0


def test_unknown_is_null_and_never_empty(examples: duckdb.DuckDBPyConnection) -> None:
    columns = examples.execute(
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE schema_name = 'main' AND data_type = 'VARCHAR' AND NOT internal"
    ).fetchall()
    empty = [
        f"{table}.{column}"
        for table, column in columns
        if examples.execute(f"SELECT count(*) FROM main.{table} WHERE {column} = ''").fetchone() != (0,)
    ]
    assert empty == []


def test_what_the_readme_asks_is_answered(examples: duckdb.DuckDBPyConnection) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    queries = [query for block in blocks for query in block.split(";") if query.strip()]
    answers = [examples.execute(query).fetchall() for query in queries]
    assert len(answers) == 5
    assert [number for number, rows in enumerate(answers) if not rows] == [1]  # its key is a placeholder
    assert {table for table, _, _ in answers[-1]} >= set(CONTRACT)
    assert all(comment for _, _, comment in answers[-1])


def test_the_readme_shows_what_the_examples_give(examples: duckdb.DuckDBPyConnection) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    counts = re.search(r"^11 articles, .*\.$", text, re.MULTILINE)
    assert counts is not None
    for number, name in re.findall(r"(\d+) (\w+)", counts[0]):
        assert examples.execute(f"SELECT count(*) FROM {name}").fetchone() == (int(number),), name
    shown = re.findall(r'^\$ copydesk sql "([^"]*)" --format csv\n((?:[^\n$]+\n)+)', text, re.MULTILINE)
    assert len(shown) == 2
    for query, answer in shown:
        rows = [tuple(map(str, row)) for row in examples.execute(query).fetchall()]
        assert rows == [tuple(row) for row in csv.reader(answer.splitlines()[1:])]


def test_a_newcomer_types_from_articles(examples: duckdb.DuckDBPyConnection) -> None:
    assert len(examples.execute("FROM articles").fetchall()) == 11
