"""The quality of time expressions on annotated news must not fall; raise a floor when the figure rises.

Uses the annotated articles beside the project, every sixth of them; `benchmarks/times.py` has the
figures of all.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from support import load_module

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT.parent / "shared" / "data" / "times"
MEASURE = ROOT.parent / "shared" / "measure" / "annotations"
EVERY = 6
FLOORS = {"strict": 90.6, "relaxed": 95.9, "value": 81.8, "days": 87.8}
"""F1, and the share of days right, in percent, a point below what was reached."""


@pytest.mark.slow
def test_quality_stays_above_its_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    if not (DATA / "gold.json").exists() or not (MEASURE / "score_times.py").exists():
        pytest.skip(f"no annotated articles in {DATA}")
    monkeypatch.setattr(sys, "path", [*sys.path])
    benchmark = load_module(ROOT / "benchmarks" / "times.py")
    gold = json.loads((DATA / "gold.json").read_text(encoding="utf-8"))
    documents = list(benchmark.read_documents(DATA / "input"))[::EVERY]
    names = {document["name"] for document in documents}
    gold["docs"] = [document for document in gold["docs"] if document["name"] in names]
    rows, _, _ = benchmark.run_ours(documents)
    figures = benchmark.summarise(rows, documents, gold, benchmark.load_score(MEASURE))["all"]
    assert {name: figures[name] for name, floor in FLOORS.items() if figures[name] < floor} == {}, figures
