"""What an operator types: status, doctor, backfill, and a run that fails."""

from __future__ import annotations

import json
import os
import shutil
import socket
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sinks import free_port, web_sink
from support import run_direct

from flows import commands
from flows.alerts import AlertDesk, tell_of_failed_run
from flows.backfill import inputs_of_days
from flows.doctor import Finding, examine
from flows.errors import NoReadableInputError
from flows.settings import Settings, SettingsError
from flows.status import read_status, status_json, status_lines, tell_if_stale
from flows.store.lock import hold_warehouse

BELL = " date 2024-03-01 The bell of Lower Orlin rang seven times on Friday, the parish council said."


@pytest.fixture(autouse=True)
def nobody_near(monkeypatch: pytest.MonkeyPatch) -> None:
    """No server and no addresses but those that a test names."""
    for name in ("PREFECT_API_URL", "COPYDESK_ALERT_URLS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(warehouse=tmp_path / "w", workers=1, server_port=free_port())


@pytest.fixture
def published(example_warehouse: Path) -> Settings:
    """Settings of a warehouse that must not be changed."""
    return Settings(warehouse=example_warehouse, server_port=free_port())


def finding(settings: Settings, name: str) -> Finding:
    return next(found for found in examine(settings) if found.name == name)


def test_status_of_an_empty_warehouse(settings: Settings) -> None:
    status = read_status(settings)
    assert (status.version, status.is_stale, status.counts) == (None, True, {})
    assert "nothing is published yet" in status_lines(status)[0]
    assert not settings.warehouse.exists()


def test_status_of_a_published_version(published: Settings) -> None:
    status = read_status(published)
    assert status.version is not None
    assert status.counts["articles"] == 11
    assert not status.is_stale
    assert read_status(replace(published, stale_hours=0.0)).is_stale
    assert json.loads(status_json(status))["version"] == status.version
    assert any("11 articles" in line for line in status_lines(status))
    assert "no Prefect server answers" in status_lines(status)[-1]


def test_status_shows_who_holds_the_warehouse_and_what_is_wrong(settings: Settings) -> None:
    tell_of_failed_run(settings, OSError("the share is gone"))
    with hold_warehouse(settings.warehouse, purpose="a long run"):
        lines = "\n".join(status_lines(read_status(settings)))
    assert f"held by a long run (process {os.getpid()} " in lines
    assert "incident: run_failed since 2" in lines


def test_status_tells_how_many_alerts_wait(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with web_sink() as sink:
        sink.status = 503
        monkeypatch.setenv("COPYDESK_ALERT_URLS", f"json://127.0.0.1:{sink.port}/")
        tell_of_failed_run(settings, "gone")
        assert "1 alerts wait to be delivered" in status_lines(read_status(settings))
        sink.status = 200
        tell_if_stale(settings)
        assert read_status(settings).alerts_waiting == 0
        assert len(sink.posted) == 1


def test_doctor_finds_a_sound_installation(published: Settings) -> None:
    findings = examine(published)
    assert {"Python", "prefect", "disk", "lock", "warehouse", "server port", "alerts"} <= {
        found.name for found in findings
    }
    assert [found for found in findings if not found.is_good and found.name != "disk"] == []


def test_doctor_finds_what_is_missing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not finding(replace(settings, model="xx_no_such_model"), "xx-no-such-model").is_good
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = replace(settings, server_port=other.getsockname()[1])
        monkeypatch.setattr("flows.doctor.SERVER_TIMEOUT_SECONDS", 0.2)
        assert not finding(taken, "server port").is_good


def test_doctor_shows_the_kind_of_an_address_and_nothing_more(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COPYDESK_ALERT_URLS", "json://user:secret-word@127.0.0.1/")
    assert finding(settings, "alerts") == Finding("alerts", True, "go to json")
    monkeypatch.setenv("COPYDESK_ALERT_URLS", "gopher://user:secret-word@127.0.0.1/ secret-word")
    assert finding(settings, "alerts") == Finding(
        "alerts", False, "not an address that Apprise knows (gopher, no scheme)"
    )


def test_doctor_changes_nothing(settings: Settings) -> None:
    examine(settings)
    assert not settings.warehouse.exists()


def test_a_backfill_reads_the_days_that_are_there(tmp_path: Path) -> None:
    for day in (1, 2, 9):
        (tmp_path / f"2024-03-0{day}").mkdir()
    pattern = f"{tmp_path}/{{day}}"
    there, missing = inputs_of_days([pattern], date(2024, 3, 1), date(2024, 3, 3))
    assert [Path(name).name for name in there] == ["2024-03-01", "2024-03-02"]
    assert [Path(name).name for name in missing] == ["2024-03-03"]
    by_parts, _ = inputs_of_days(
        [f"{tmp_path}/{{year}}-{{month}}-{{dd}}"], date(2024, 3, 9), date(2024, 3, 9)
    )
    assert [Path(name).name for name in by_parts] == ["2024-03-09"]


@pytest.mark.parametrize(
    ("pattern", "first", "last"),
    [
        ("in/{day}", date(2024, 3, 2), date(2024, 3, 1)),
        ("in/{day}", date(1024, 3, 1), date(2024, 3, 1)),
        ("in/all", date(2024, 3, 1), date(2024, 3, 2)),
        ("in/{hour}", date(2024, 3, 1), date(2024, 3, 2)),
        ("in/{day", date(2024, 3, 1), date(2024, 3, 2)),
    ],
)
def test_a_backfill_that_makes_no_sense_is_bad_usage(pattern: str, first: date, last: date) -> None:
    with pytest.raises(SettingsError):
        inputs_of_days([pattern], first, last)


def test_a_failed_run_is_told_of_and_a_good_one_ends_it(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "junk.txt").write_bytes(bytes(range(256)))
    with web_sink() as sink:
        monkeypatch.setenv("COPYDESK_ALERT_URLS", f"json://127.0.0.1:{sink.port}/")
        with pytest.raises(NoReadableInputError):
            commands.run([str(folder)], settings, direct=True, verbose=False)
        assert [incident.kind for incident in AlertDesk(settings).incidents()] == ["run_failed"]
        (folder / "bell.txt").write_text(BELL)
        commands.run([str(folder)], settings, direct=True, verbose=False)
        titles = [message["title"] for message in sink.posted]
    assert titles == ["Copydesk: a run failed", "Copydesk: recovered"]
    assert "junk.txt" in sink.posted[0]["message"]
    assert "Published: version" in sink.posted[1]["message"]
    assert capsys.readouterr().out.startswith("Published a new version")


def test_parts_do_not_pile_up_and_what_a_run_needs_stays(tmp_path: Path, example_warehouse: Path) -> None:
    warehouse = tmp_path / "w"
    shutil.copytree(example_warehouse, warehouse)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "bell.txt").write_text(BELL)
    assert run_direct(folder, warehouse).status == "published"
    assert run_direct(folder, warehouse).status == "unchanged"
    parts = warehouse / "parts"
    assert len(list((parts / "settled").iterdir())) == 1
    assert len(list((parts / "aggregates").glob("*/*"))) == 1
    assert len(list((parts / "clean").iterdir())) == 1
