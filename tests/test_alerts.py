"""Alerts, to a real mail server and a real web server on loopback."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from sinks import free_port, mail_sink, web_sink

from flows.alerts import AlertDesk, alert_if_stale, alert_on_bad_version, alert_on_failure, last_good_at
from flows.checks.gate import Verdict
from flows.doctor import examine
from flows.errors import ChecksFailedError
from flows.settings import Settings
from flows.stages.ledger import Ledger, RunRecord
from flows.status import read_status, status_json, status_lines
from flows.store.damage import DamagedVersionError
from flows.store.lock import WarehouseLockedError
from flows.store.publish import publish, version_name
from flows.watch import watch

UNPUBLISHABLE = Verdict(False, (), (), 1)
FAILURE = "1 critical checks failed: main.articles: article_without_text: 3 of 9 rows; [{...}]"


def fail(settings: Settings, error: Exception | None = None, **options: str) -> None:
    failure = error or ChecksFailedError(FAILURE, UNPUBLISHABLE)
    with pytest.raises(type(failure)), alert_on_failure(settings, **options):
        raise failure


def succeed(settings: Settings) -> None:
    with alert_on_failure(settings):
        pass


@contextmanager
def addresses(urls: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COPYDESK_ALERT_URLS", urls)
        yield


@pytest.fixture(autouse=True)
def no_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told by a test that names nobody."""
    monkeypatch.delenv("COPYDESK_ALERT_URLS", raising=False)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(warehouse=tmp_path / "w", server_port=free_port())


def test_one_alert_an_incident_and_one_when_it_is_over(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_sink() as sink:
        monkeypatch.setenv("COPYDESK_ALERT_URLS", f"json://127.0.0.1:{sink.port}/hook")
        fail(settings, run_url="http://ui/runs/1")
        fail(settings)
        succeed(settings)
        succeed(settings)
        titles = [message["title"] for message in sink.posted]
        assert titles == ["Copydesk: checks failed, nothing was published", "Copydesk: recovered"]
        told = sink.posted[0]["message"]
        assert "article_without_text: 3 of 9 rows" in told
        assert "Nothing is published." in told
        assert "http://ui/runs/1" in told
        assert "checks_failed since" in sink.posted[1]["message"]


def test_alerts_reach_a_mail_server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with mail_sink() as sink:
        address = f"mailto://127.0.0.1:{sink.port}?from=desk@copydesk.example&to=editor@copydesk.example&mode=insecure"
        monkeypatch.setenv("COPYDESK_ALERT_URLS", address)
        fail(settings, OSError("the disk is full"))
    assert len(sink.messages) == 1
    assert "Copydesk: a run failed" in sink.messages[0]
    assert "the disk is full" in sink.messages[0]


def test_what_cannot_be_delivered_is_kept_and_sent_later(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_sink() as good, web_sink() as bad:
        bad.status = 503
        urls = f"json://127.0.0.1:{good.port}/a json://127.0.0.1:{bad.port}/b"
        monkeypatch.setenv("COPYDESK_ALERT_URLS", urls)
        fail(settings)
        assert (len(good.posted), len(bad.posted)) == (1, 0)
        bad.status = 200
        fail(settings)
        assert (len(good.posted), len(bad.posted)) == (1, 1)
        assert AlertDesk(settings).send() == 0


@pytest.mark.parametrize(
    "address",
    [
        "json://user:secret-word@127.0.0.1:9/hook",  # nothing listens there
        "gopher://user:secret-word@127.0.0.1/",  # no such service
        "user:secret-word@127.0.0.1",  # no address at all
    ],
)
def test_no_address_is_ever_written_or_shown(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    address: str,
) -> None:
    monkeypatch.setenv("COPYDESK_ALERT_URLS", address)
    caplog.set_level(logging.DEBUG)
    fail(settings)
    assert AlertDesk(settings).n_waiting() == 1
    findings = [finding for finding in examine(settings) if finding.name == "alerts"]
    shown = [status_json(read_status(settings)), *status_lines(read_status(settings)), str(findings)]
    written = [path.read_text() for path in settings.warehouse.rglob("*") if path.is_file()]
    assert written
    assert "secret-word" not in "".join([caplog.text, *capfd.readouterr(), *shown, *written])


def test_without_addresses_an_incident_is_known_and_nothing_piles_up(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COPYDESK_ALERT_URLS", raising=False)
    fail(settings)
    assert [incident.kind for incident in AlertDesk(settings).incidents()] == ["checks_failed"]
    assert AlertDesk(settings).send() == 0
    succeed(settings)
    assert AlertDesk(settings).incidents() == []


def publish_empty(settings: Settings, instant: datetime) -> None:
    settings.warehouse.mkdir(parents=True, exist_ok=True)
    built = settings.warehouse / "built.duckdb"
    duckdb.connect(str(built)).close()
    publish(built, settings.database, settings.versions, version=version_name(instant), keep=2)


def kinds(settings: Settings) -> list[str]:
    return [incident.kind for incident in AlertDesk(settings).incidents()]


def test_a_version_that_is_too_old_is_an_incident_once(settings: Settings) -> None:
    with web_sink() as sink, addresses(f"json://127.0.0.1:{sink.port}/"):
        publish_empty(settings, datetime.now(UTC) - timedelta(hours=23))
        alert_if_stale(settings)
        assert kinds(settings) == []
        old = replace(settings, stale_hours=22)
        alert_if_stale(old)
        alert_if_stale(old)
        assert kinds(settings) == ["stale"]
        assert len(sink.posted) == 1
        assert "the limit is 22:00:00" in sink.posted[0]["message"]


def test_a_run_that_found_nothing_new_keeps_the_version_fresh(settings: Settings) -> None:
    publish_empty(settings, datetime.now(UTC) - timedelta(hours=40))
    now = datetime.now(UTC)
    Ledger(settings.parts / "ledger").add_run(RunRecord("r1", now, now, "unchanged"))
    alert_if_stale(settings)
    assert kinds(settings) == []
    Ledger(settings.parts / "ledger").add_run(RunRecord("r2", now, now, "rejected"))
    assert last_good_at(settings) == now


def test_the_watch_tells_even_if_no_run_ever_starts(settings: Settings) -> None:
    with watch(replace(settings, stale_hours=0.0), every=0.01):
        deadline = time.monotonic() + 20
        while not kinds(settings) and time.monotonic() < deadline:
            time.sleep(0.01)
    assert kinds(settings) == ["stale"]


@pytest.mark.parametrize(
    "error", [ChecksFailedError(FAILURE, UNPUBLISHABLE), DamagedVersionError(Path("news.duckdb"), "cut off")]
)
def test_a_bad_published_version_is_not_over_when_a_run_ends_well(
    settings: Settings, error: Exception
) -> None:
    publish_empty(settings, datetime.now(UTC) - timedelta(hours=1))
    with pytest.raises(type(error)), alert_on_bad_version(settings):
        raise error
    succeed(settings)
    assert kinds(settings) == ["published_fails"]
    publish_empty(settings, datetime.now(UTC) + timedelta(hours=1))
    succeed(settings)
    assert kinds(settings) == []


def test_good_checks_of_the_published_version_do_not_end_a_failed_run(settings: Settings) -> None:
    fail(settings)
    with alert_on_bad_version(settings):
        pass
    assert kinds(settings) == ["checks_failed"]


def test_a_long_failure_does_not_push_out_the_link(settings: Settings) -> None:
    with web_sink() as sink, addresses(f"json://127.0.0.1:{sink.port}/"):
        fail(settings, ChecksFailedError("row " * 5000, UNPUBLISHABLE), run_url="http://ui/runs/7")
    assert "Run: http://ui/runs/7" in sink.posted[0]["message"]
    assert len(sink.posted[0]["message"]) < 4000


def test_a_disk_that_cannot_be_written_is_told_of_all_the_same(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(AlertDesk, "_write", refuse)
    with web_sink() as sink, addresses(f"json://127.0.0.1:{sink.port}/"):
        fail(settings, OSError(28, "No space left on device"))
    assert [message["title"] for message in sink.posted] == ["Copydesk: a run failed"]


def test_two_that_tell_at_once_tell_once(settings: Settings) -> None:
    with web_sink() as sink, addresses(f"json://127.0.0.1:{sink.port}/"):
        told = [threading.Thread(target=AlertDesk(settings).open, args=("stale", "old")) for _ in range(4)]
        for thread in told:
            thread.start()
        for thread in told:
            thread.join()
    assert len(sink.posted) == 1


def test_an_address_that_is_none_stops_neither_the_run_nor_the_others(settings: Settings) -> None:
    with web_sink() as sink, addresses(f"gopher://nowhere json://127.0.0.1:{sink.port}/"):
        fail(settings)
        assert len(sink.posted) == 1
        assert AlertDesk(settings).n_waiting() == 1


def test_a_run_that_another_holds_up_is_no_incident(settings: Settings) -> None:
    with pytest.raises(WarehouseLockedError), alert_on_failure(settings):
        raise WarehouseLockedError("held")
    assert kinds(settings) == []


@pytest.mark.parametrize("damaged", ["", "[{]", '[{"kind": "stale"}]', "7"])
def test_a_damaged_note_of_what_is_wrong_keeps_no_alert_back(
    settings: Settings, damaged: str, caplog: pytest.LogCaptureFixture
) -> None:
    note = settings.parts / "ledger/alerts/incidents.json"
    note.parent.mkdir(parents=True)
    note.write_text(damaged)
    with web_sink() as sink, addresses(f"json://127.0.0.1:{sink.port}/"):
        fail(settings)
    assert len(sink.posted) == 1
    assert kinds(settings) == ["checks_failed"]
    assert note.with_suffix(".damaged").read_text() == damaged
    assert "incidents.json cannot be read" in caplog.text


def test_a_damaged_message_keeps_no_other_back(settings: Settings) -> None:
    outbox = settings.parts / "ledger/alerts/outbox"
    outbox.mkdir(parents=True)
    (outbox / "20230725T000000-abc.json").write_text('{"title": ')
    with web_sink() as sink, addresses(f"json://127.0.0.1:{sink.port}/"):
        fail(settings)
    assert len(sink.posted) == 1
    assert AlertDesk(settings).n_waiting() == 0
