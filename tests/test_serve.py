"""`copydesk serve` with real parts: a Prefect server, its schedule, its runs, its automation, its end.

The tests share one server and go in the order in which they stand.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import psutil
import pytest
from serving import Served, serving, starting, wait_until
from sinks import WebSink, web_sink
from support import ROOT

from flows.deploy import ServerError, _ended_with, _require_free
from flows.settings import Settings
from flows.status import read_status

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
DOG = " date 2024-06-02 A dog named Bosko found the lost ring of a Tolland baker, the baker said on Sunday."


@dataclass
class Desk:
    """What is served, and who is told: by Copydesk itself, and by Prefect's automation."""

    served: Served
    told: WebSink
    told_by_prefect: WebSink
    inputs: Path


@pytest.fixture(scope="module")
def desk(example_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("serve")
    inputs, warehouse = folder / "in", folder / "warehouse"
    inputs.mkdir()
    (inputs / "dog.txt").write_text(DOG)
    shutil.copytree(example_warehouse, warehouse)
    with web_sink() as told, web_sink() as told_by_prefect:
        urls = f"json://127.0.0.1:{told.port}/secret-address"
        with serving(inputs, warehouse, folder / "home", COPYDESK_ALERT_URLS=urls) as served:
            yield Desk(served, told, told_by_prefect, inputs)


def test_the_deployments_explain_themselves(desk: Desk) -> None:
    found = desk.served.deployments()
    assert set(found) == {"refresh", "backfill", "check"}
    for deployment in found.values():
        assert deployment["description"]
        assert deployment["tags"] == ["copydesk"]
        assert deployment["global_concurrency_limit"]["limit"] == 1
        assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
        parameters = deployment["parameter_openapi_schema"]["properties"].values()
        assert all(parameter["description"] for parameter in parameters)
    assert [item["schedule"]["cron"] for item in found["refresh"]["schedules"]] == ["* * * * *"]
    assert found["check"]["schedules"] == []


def test_the_page_calls_its_own_server(desk: Desk) -> None:
    with urllib.request.urlopen(f"{desk.served.address}/ui-settings", timeout=20) as answer:
        assert json.load(answer)["api_url"] == "/api"


def test_a_scheduled_run_publishes_and_shows_what_it_did(desk: Desk) -> None:
    runs: list[dict[str, Any]] = []

    def has_ended() -> bool:
        body = {"sort": "START_TIME_ASC", "flow_runs": {"state": {"type": {"any_": ["COMPLETED", "FAILED"]}}}}
        runs[:] = desk.served.ask("/flow_runs/filter", body)
        return bool(runs)

    wait_until(has_ended, desk.served.tell)
    assert (runs[0]["state_type"], runs[0]["auto_scheduled"]) == ("COMPLETED", True)
    with duckdb.connect(str(desk.served.warehouse / "news.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchall() == [(12,)]
    artifacts = desk.served.ask("/artifacts/filter", {})
    assert {"summary", "quality"} <= {artifact["key"] for artifact in artifacts}
    assert "secret-address" not in json.dumps([runs, artifacts])


def test_status_knows_when_the_next_run_comes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    status = read_status(Settings(warehouse=desk.served.warehouse))
    assert status.next_run_at is not None
    assert not status.is_stale
    assert status.counts["articles"] == 12
    desk.served.pause("refresh")


def test_a_failed_check_is_told_by_copydesk_and_by_the_automation(desk: Desk) -> None:
    set_up_block(desk)
    spoil(desk.served.warehouse / "news.duckdb")
    run = desk.served.start("check")
    assert desk.served.wait_for_end(run)["state_type"] == "FAILED"
    wait_until(lambda: bool(desk.told.posted and desk.told_by_prefect.posted), desk.served.tell, 60)
    title, message = desk.told.posted[0]["title"], desk.told.posted[0]["message"]
    assert title == "Copydesk: the published version fails its checks"
    assert "sentences" in message
    assert f"Run: {desk.served.address}/flow-runs/flow-run/{run}" in message
    text = desk.told_by_prefect.posted[0]["text"]
    assert "sentences" in text
    assert f"Run: {desk.served.address}/" in text
    assert f"flow-run/{run}" in text


def test_a_run_whose_process_is_killed_is_told_of(desk: Desk) -> None:
    desk.served.pause("refresh")
    os.mkfifo(desk.inputs.parent / "never.txt")
    run = desk.served.start("refresh", inputs=[str(desk.inputs.parent / "never.txt")])
    wait_until(lambda: desk.served.ask(f"/flow_runs/{run}")["state_type"] == "RUNNING", desk.served.tell)
    for child in psutil.Process(desk.served.process.pid).children(recursive=True):
        if child.environ().get("PREFECT__FLOW_RUN_ID", "").replace("-", "") == run.replace("-", ""):
            os.kill(child.pid, signal.SIGKILL)
    assert desk.served.wait_for_end(run)["state_type"] == "CRASHED"
    wait_until(lambda: any("run failed" in item["title"] for item in desk.told.posted), desk.served.tell, 60)
    assert f"flow-run/{run}" in desk.told.posted[-1]["message"]


def test_what_was_planned_while_nothing_served_is_not_caught_up(desk: Desk) -> None:
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.late_runs import cancel_late_runs

    ask = desk.served.ask
    flow = ask("/flows/", {"name": "unserved"})["id"]
    deployment = ask("/deployments/", {"name": "unserved", "flow_id": flow, "tags": ["unserved"]})["id"]
    runs = {}
    for days in (-1, 1):
        due = {"scheduled_time": (datetime.now(UTC) + timedelta(days=days)).isoformat()}
        state = {"state": {"type": "SCHEDULED", "state_details": due}}
        runs[days] = ask(f"/deployments/{deployment}/create_flow_run", state)["id"]
    with temporary_settings({PREFECT_API_URL: f"{desk.served.address}/api"}):
        assert cancel_late_runs("unserved") == 1
    assert ask(f"/flow_runs/{runs[-1]}")["state_type"] == "CANCELLED"
    assert ask(f"/flow_runs/{runs[1]}")["state_type"] == "SCHEDULED"


def test_sigterm_ends_all_of_it(desk: Desk) -> None:
    process = psutil.Process(desk.served.process.pid)
    family = [process, *process.children(recursive=True)]
    desk.served.process.terminate()
    assert desk.served.process.wait(90) == 0
    _, alive = psutil.wait_procs(family, timeout=20)
    assert alive == []
    assert not (desk.served.warehouse / ".server").exists()


def set_up_block(desk: Desk) -> None:
    """The user's notification block, and what `copydesk serve` does with it when it starts."""
    from prefect.blocks.notifications import CustomWebhookNotificationBlock
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.automation import BLOCK_NAME, set_up_alerts

    with temporary_settings({PREFECT_API_URL: f"{desk.served.address}/api"}):
        CustomWebhookNotificationBlock(
            name="hook",
            url=f"http://127.0.0.1:{desk.told_by_prefect.port}/",
            json_data={"text": "{{body}}"},
            secrets={},
        ).save(BLOCK_NAME)
        set_up_alerts(Settings(warehouse=desk.served.warehouse))


def spoil(database: Path) -> None:
    """Takes all sentences out of the published version, as a fault of the disk or of a person would."""
    with duckdb.connect(str(database)) as connection:
        tables = connection.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE table_name = 'sentences'"
        ).fetchall()
        for (name,) in tables:
            connection.execute(f"DELETE FROM {name}")
        assert connection.execute("SELECT count(*) FROM sentences").fetchall() == [(0,)]


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


def test_a_port_that_is_taken_is_said_at_once() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(ServerError, match="--port"):
            _require_free("127.0.0.1", other.getsockname()[1])


def test_sigterm_while_the_server_starts_leaves_nothing_behind(tmp_path: Path) -> None:
    with starting(tmp_path, tmp_path / "w", tmp_path / "home") as served:
        process = psutil.Process(served.process.pid)
        wait_until(lambda: bool(process.children()), served.tell)
        family = [process, *process.children(recursive=True)]
        served.process.terminate()
        assert served.process.wait(60) == 0
        _, alive = psutil.wait_procs(family, timeout=20)
        assert alive == []


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
