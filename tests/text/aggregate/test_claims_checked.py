"""Claims over articles that lie beside the project: skipped where these are missing."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import duckdb
import pytest
from support import ROOT, SHARED, run_direct

HERE = Path(__file__).parent
LEAST_RIGHT = 0.9


def _rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.skipif(not (SHARED / "articles").is_dir(), reason="needs shared/articles beside the project")
def test_sources_of_checked_claims(tmp_path: Path) -> None:
    run_direct(SHARED / "articles", tmp_path / "warehouse")
    with duckdb.connect(str(tmp_path / "warehouse/news.duckdb"), read_only=True) as connection:
        found = connection.execute("""
            SELECT left(parse_filename(source_uri), 3), char_start, n_articles, n_independent_sources
            FROM claims JOIN claim_sentences USING (claim_id)
            JOIN sentences USING (article_id, sentence_no) JOIN articles USING (article_id)
        """).fetchall()
    right = {(file, str(start)): (str(articles), str(sources)) for file, start, articles, sources in found}
    checked = _rows("claims_checked.tsv")
    n_right = sum(
        right.get((file, start)) == (articles, sources) for file, start, articles, sources in checked
    )
    assert n_right >= LEAST_RIGHT * len(checked)
    # One agency's sentence in other words; a visit that four articles report from three sources.
    assert right["001", "1959"] == ("2", "1")
    assert right["001", "97"] == ("4", "3")


def _benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_claims", ROOT / "benchmarks/claims.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.skipif(
    not (SHARED / "data/stories").is_dir(), reason="needs shared/data/stories beside the project"
)
def test_labelled_pairs() -> None:
    benchmark = _benchmark()
    pairs = benchmark.read_pairs(HERE / "claim_pairs.tsv")
    records = benchmark.read_stories(SHARED / "data/stories", pairs)
    scores = benchmark.measure(benchmark.make_inputs(records, benchmark.extract(records)), pairs)
    assert scores["precision"] >= 0.90
    assert scores["recall"] >= 0.75
