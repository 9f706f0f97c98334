"""Quarantine: articles that break a critical check are set aside, and come back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from support import run_direct

from flows.errors import ChecksFailedError
from flows.stages.parts import to_frame, write_folder
from flows.stages.quarantine import quarantine
from flows.stages.schemas import BLOCKS, REJECTED, SETTLED

GOOD = "The Orlin dam broke on Tuesday night and flooded four villages, officials said on Wednesday."
BAD = "The mayor of Lower Orlin, Ines Halvard, thanked the crews <div class=end> on Friday."
STRICT = {"articles": {"markup_in_the_text": {"severity": "critical"}}}


def ask(warehouse: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(warehouse / "news.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "in"
    path.mkdir()
    (path / "good.txt").write_text(f" date 2024-03-13 {GOOD}")
    (path / "fine.txt").write_text(f" date 2024-03-14 {GOOD} Nobody was hurt.")
    (path / "bad.txt").write_text(f" date 2024-03-15 {BAD}")
    return path


def test_the_rest_is_published_and_the_article_comes_back(folder: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "w"
    with pytest.raises(ChecksFailedError, match="markup_in_the_text"):
        run_direct(folder, warehouse, quality=STRICT)
    assert not (warehouse / "news.duckdb").exists()

    summary = run_direct(folder, warehouse, quality=STRICT, quarantine=True)
    assert (summary.status, summary.n_rejected) == ("published", 1)
    assert ask(warehouse, "SELECT count(*) FROM articles") == [(2,)]
    assert ask(warehouse, "SELECT source_uri LIKE '%bad.txt', reason, detail FROM rejected_inputs") == [
        (True, "quarantined", "main.articles: markup_in_the_text")
    ]
    assert run_direct(folder, warehouse, quality=STRICT, quarantine=True).status == "unchanged"

    assert run_direct(folder, warehouse).status == "published"
    assert ask(warehouse, "SELECT count(*) FROM articles") == [(3,)]
    assert ask(warehouse, "SELECT count(*) FROM rejected_inputs") == [(0,)]


@pytest.fixture
def settled(tmp_path: Path) -> Path:
    rows = [
        {"article_id": name, "document_id": f"d{name}", "source_uri": f"file:///{name}", "is_latest": True}
        for name in "abcd"
    ]
    blocks = [{"document_id": row["document_id"], "paragraph_no": 0} for row in rows]
    frames = {
        "articles": (fill(rows, SETTLED), SETTLED),
        "blocks": (fill(blocks, BLOCKS), BLOCKS),
        "rejected": (to_frame([], REJECTED), REJECTED),
    }
    return write_folder(frames, tmp_path / "settled")


def fill(rows: list[dict[str, Any]], schema: Any) -> pl.DataFrame:
    return to_frame([{name: row.get(name) for name in schema} for row in rows], schema)


def test_offenders_leave_articles_and_blocks_and_become_rejections(settled: Path, tmp_path: Path) -> None:
    target = quarantine(
        settled,
        {"b": "main.quotes: span_is_not_its_text"},
        tmp_path / "run",
        run_id="r1",
        reason="quarantined",
    )
    assert target is not None
    assert pl.read_parquet(target / "articles.parquet")["article_id"].to_list() == ["a", "c", "d"]
    assert pl.read_parquet(target / "blocks.parquet")["document_id"].to_list() == ["da", "dc", "dd"]
    assert pl.read_parquet(target / "rejected.parquet").rows() == [
        ("r1", "file:///b", "quarantined", "main.quotes: span_is_not_its_text")
    ]


@pytest.mark.parametrize("offenders", ["", "abc", "x"])
def test_the_gate_stays_shut_where_nobody_or_nearly_everybody_offends(
    settled: Path, tmp_path: Path, offenders: str
) -> None:
    assert (
        quarantine(
            settled, dict.fromkeys(offenders, "check"), tmp_path / "run", run_id="r1", reason="quarantined"
        )
        is None
    )
