"""Bad input through a whole run, small: `benchmarks/bad_input.py` has the same by the thousand."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from support import ROOT, load_module, run_direct

N_COPIES = 270  # more than are paired each with each
REPORT = {
    "title": "Dam breaks above Orlin",
    "date": "2024-03-13",
    "text": "The Orlin dam broke on Tuesday night and flooded four villages, officials said.\n\n"
    "About 3,200 people had to leave their homes, the civil protection agency said on Wednesday.",
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Many copies of one report, and events in seven languages, without dates."""
    place = tmp_path_factory.mktemp("bad")
    (place / "report.jsonl").write_text(json.dumps(REPORT))
    material = load_module(ROOT / "benchmarks" / "bad_input.py").Material(place / "report.jsonl", 1.0)
    told = [{**row, "date": None} for row in material.languages(1)]
    lines = (json.dumps(row) for row in (*material.identical(N_COPIES), *told))
    (place / "in.jsonl").write_text("\n".join(lines))
    assert run_direct(place / "in.jsonl", place / "w").status == "published"
    return place / "w"


def ask(warehouse: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(warehouse / "news.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_identical_articles_are_one_story_with_one_source(warehouse: Path) -> None:
    copies = f"FROM stories WHERE n_articles >= {N_COPIES}"
    assert ask(warehouse, f"SELECT n_articles, n_independent_sources {copies}") == [(N_COPIES, 1)]
    claims = f"FROM claims WHERE story_id = (SELECT story_id {copies})"
    assert ask(warehouse, f"SELECT DISTINCT n_articles, n_independent_sources {claims}") == [(N_COPIES, 1)]
    assert ask(warehouse, "SELECT count(*) < 3000 FROM reuse") == [(True,)]


def test_no_story_joins_what_has_only_its_language_or_no_date_in_common(warehouse: Path) -> None:
    assert ask(warehouse, "SELECT count(DISTINCT language) FROM articles") == [(7,)]
    assert ask(warehouse, f"SELECT max(n_articles) <= 4 FROM stories WHERE n_articles < {N_COPIES}") == [
        (True,)
    ]
