"""Deployments and `copydesk serve` without a server that is up: names, links, addresses, how it ends."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from serving import starting, wait_until
from support import ROOT

from flows.deploy import ServerError, _address, _ended_with, _require_free, _tell_of_missing
from flows.settings import Settings, SettingsError


def test_prefect_yaml_names_the_same_deployments() -> None:
    import yaml

    from flows.deploy import deployments

    written = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    served = deployments(["in"], Settings())
    assert [item["name"] for item in written] == [item.name for item in served]
    for item, deployment in zip(written, served, strict=True):
        assert item["description"] == deployment.description
        assert item["tags"] == deployment.tags
        assert item["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}
        crons = [schedule["cron"] for schedule in item.get("schedules", [])]
        assert crons == [schedule.schedule.cron for schedule in deployment.schedules or []]


def test_a_run_is_named_for_its_warehouse(monkeypatch: pytest.MonkeyPatch) -> None:
    from flows import pipeline

    monkeypatch.setattr(pipeline, "flow_run", SimpleNamespace(flow_name="check", parameters={}))
    monkeypatch.setenv("COPYDESK_WAREHOUSE", "/srv/news")
    assert pipeline._name_of_run() == "check /srv/news"
    monkeypatch.setenv("COPYDESK_KEEP_VERSIONS", "many")
    assert pipeline._name_of_run() == "check"


def test_a_link_goes_where_people_reach_the_page() -> None:
    from prefect.settings import PREFECT_API_URL, PREFECT_UI_URL, temporary_settings

    from flows.pipeline import _link

    api = {PREFECT_API_URL: "http://127.0.0.1:4711/api"}
    with temporary_settings(api):
        assert _link("r1") == "http://127.0.0.1:4711/flow-runs/flow-run/r1"
    with temporary_settings({**api, PREFECT_UI_URL: "https://desk.example/prefect/"}):
        assert _link("r1") == "https://desk.example/prefect/flow-runs/flow-run/r1"
    with temporary_settings(restore_defaults={PREFECT_API_URL}):
        assert _link("r1") is None


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:4200"),
        ("0.0.0.0", "http://127.0.0.1:4200"),
        ("::", "http://[::1]:4200"),
        ("news.example", "http://news.example:4200"),
    ],
)
def test_a_server_on_all_addresses_is_reached_on_loopback(host: str, address: str) -> None:
    assert _address(host, 4200) == address


def test_a_port_that_is_taken_is_said_at_once() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(ServerError, match="--port"):
            _require_free("127.0.0.1", other.getsockname()[1])


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_sigterm_while_the_server_starts_leaves_nothing_behind(tmp_path: Path) -> None:
    with starting(tmp_path, tmp_path / "w", tmp_path / "home") as served:
        process = psutil.Process(served.process.pid)
        wait_until(lambda: bool(process.children()), served.tell)
        family = [process, *process.children(recursive=True)]
        served.process.terminate()
        assert served.process.wait(60) == 0
        _, alive = psutil.wait_procs(family, timeout=20)
        assert alive == []


def test_a_schedule_that_never_comes_is_bad_usage() -> None:
    from flows.deploy import deployments

    with pytest.raises(SettingsError, match="refresh_cron is '99"):
        deployments(["in"], Settings(refresh_cron="99 * * * *"))


def test_serve_ends_where_its_server_dies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = subprocess.Popen([sys.executable, "-c", ""])
    (tmp_path / "log").write_text("out of memory")
    ended = threading.Event()
    monkeypatch.setattr(os, "kill", lambda *_: ended.set())

    def serve_until_told() -> None:
        with _ended_with(server, tmp_path / "log"):
            assert ended.wait(60)

    with pytest.raises(ServerError, match="out of memory"):
        serve_until_told()


def test_a_path_that_names_nothing_yet_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "dumps").mkdir()
    _tell_of_missing([str(tmp_path / "dumps"), str(tmp_path / "dmups"), "https://news.example/feed.xml"])
    told = "".join(capsys.readouterr())
    assert told.count("Note:") == 1
    assert "dmups' is no file, folder, feed address or matching glob; each scheduled run looks again" in told
