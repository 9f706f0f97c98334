"""Alerts, to a real mail server and a real web server on loopback."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from sinks import mail_sink, web_sink

from flows.alerts import AlertDesk, alert_if_stale, alert_on_failure
from flows.errors import ChecksFailedError
from flows.settings import Settings
from flows.store.publish import publish, version_name

FAILURE = "1 critical checks failed: main.articles: article_without_text: 3 of 9 rows; [{...}]"


def fail(settings: Settings, error: Exception | None = None, **options: str) -> None:
    failure = error or ChecksFailedError(FAILURE)
    with pytest.raises(type(failure)), alert_on_failure(settings, **options):
        raise failure


def succeed(settings: Settings) -> None:
    with alert_on_failure(settings):
        pass


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(warehouse=tmp_path / "w")


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


def test_no_address_is_ever_written(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_ALERT_URLS", "json://user:secret-word@127.0.0.1:9/hook")
    fail(settings)
    written = b"".join(path.read_bytes() for path in settings.warehouse.rglob("*") if path.is_file())
    assert written
    assert b"secret-word" not in written


def test_without_addresses_an_incident_is_known_and_nothing_piles_up(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COPYDESK_ALERT_URLS", raising=False)
    fail(settings)
    assert [incident.kind for incident in AlertDesk(settings).incidents()] == ["checks_failed"]
    assert AlertDesk(settings).send() == 0
    succeed(settings)
    assert AlertDesk(settings).incidents() == []


def test_a_version_that_is_too_old_is_an_incident(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COPYDESK_ALERT_URLS", raising=False)
    fresh = Settings(warehouse=tmp_path, stale_hours=24)
    built = tmp_path / "built.duckdb"
    duckdb.connect(str(built)).close()
    publish(built, fresh.database, fresh.versions, version=version_name(datetime.now(UTC)), keep=1)
    alert_if_stale(fresh)
    assert AlertDesk(fresh).incidents() == []
    alert_if_stale(Settings(warehouse=tmp_path, stale_hours=0))
    assert [incident.kind for incident in AlertDesk(fresh).incidents()] == ["stale"]
