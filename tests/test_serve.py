"""`copydesk serve` with real parts: a Prefect server, its schedule, its runs, its automation, its end.

The tests share one server and go in the order in which they stand.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import shutil
import signal
import socket
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import psutil
import pytest
from serving import Served, serving, wait_until
from sinks import WebSink, web_sink
from support import ROOT

from flows import commands, run, steps
from flows.checks.gate import judge
from flows.checks.run import CheckResult
from flows.errors import ChecksFailedError, NoReadableInputError
from flows.run import Aggregated, Checked, Cleaned, Extracted, Ingested
from flows.settings import Settings
from flows.status import read_status

QUALITY_FAILED = "copydesk.quality.failed"
pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
SECRET = "Correct-Horse-7b"
"""The password of the alert address: it must stand nowhere once all is over."""
DOG = " date 2024-06-02 A dog named Bosko found the lost ring of a Tolland baker, the baker said on Sunday."


@dataclass
class Desk:
    """What is served, and who is told: by Copydesk itself, and by Prefect's automation."""

    served: Served
    told: WebSink
    told_by_prefect: WebSink
    inputs: Path
    folder: Path


@pytest.fixture(scope="module")
def desk(example_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("serve")
    inputs, warehouse = folder / "in", folder / "warehouse"
    inputs.mkdir()
    (inputs / "dog.txt").write_text(DOG)
    shutil.copytree(example_warehouse, warehouse)
    with web_sink() as told, web_sink() as told_by_prefect:
        urls = f"json://desk:{SECRET}@127.0.0.1:{told.port}/"
        environment = {"COPYDESK_ALERT_URLS": urls, "COPYDESK_ALLOW_PRIVATE": "yes"}
        with serving(inputs, warehouse, folder / "home", **environment) as served:
            yield Desk(served, told, told_by_prefect, inputs, folder)


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
    assert runs[0]["name"] == f"refresh {desk.served.warehouse}"
    artifacts = desk.served.ask("/artifacts/filter", {})
    assert {"summary", "quality"} <= {artifact["key"] for artifact in artifacts}


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
    assert opened(f"{desk.served.address}/flow-runs/flow-run/{run}") == 200
    # the server shows an event some seconds after it acted on it
    wait_until(lambda: bool(desk.served.events(QUALITY_FAILED)), desk.served.tell, 60)
    assert len(desk.served.events(QUALITY_FAILED)) == 1
    text = desk.told_by_prefect.posted[0]["text"]
    assert "sentences" in text
    assert f"Run: {desk.served.address}/" in text
    assert f"flow-run/{run}" in text


def test_a_run_whose_process_is_killed_is_told_of(desk: Desk) -> None:
    desk.served.pause("refresh")
    with socket.create_server(("127.0.0.1", 0)) as silent:  # a feed that never answers: the run waits
        feed = f"http://127.0.0.1:{silent.getsockname()[1]}/feed.xml"
        run = desk.served.start("refresh", inputs=[feed])
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


def test_the_alert_of_a_run_by_hand_links_to_it(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.settings import PREFECT_API_URL, temporary_settings

    (tmp_path / "junk.txt").write_bytes(bytes(range(256)))
    settings = Settings(warehouse=tmp_path / "w", workers=1)
    monkeypatch.setattr(commands, "PREFECT_ENVIRONMENT", {})  # this process stays as it is
    monkeypatch.setattr(commands, "QUIET_ENVIRONMENT", {})
    monkeypatch.setattr(commands, "_warm_up", lambda _: None)
    monkeypatch.setenv("COPYDESK_ALERT_URLS", f"json://127.0.0.1:{desk.told.port}/")
    with (
        temporary_settings({PREFECT_API_URL: f"{desk.served.address}/api"}),
        pytest.raises(NoReadableInputError),
    ):
        commands.run([str(tmp_path)], settings, direct=False, verbose=False)
    link = desk.told.posted[-1]["message"].rpartition("Run: ")[2].strip()
    assert link.startswith(f"{desk.served.address}/")
    assert opened(link) == 200
    shown = desk.served.ask(f"/flow_runs/{link.rpartition('/')[2]}")
    assert (shown["name"], shown["state_type"]) == (f"run {settings.warehouse}", "FAILED")


def warnings(desk: Desk) -> list[str]:
    """What the server has been told by now; logs come some seconds later."""
    lines = desk.served.ask("/logs/filter", {"logs": {"level": {"ge_": logging.WARNING}}})
    return [line["message"] for line in lines]


def test_an_event_tells_of_a_run_that_publishes_nothing_and_of_no_other(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that sets an article aside has published; the flow is real, its steps only say how they ended."""
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.pipeline import run_flow

    settings = Settings(warehouse=tmp_path / "w", workers=1)
    known = len(desk.served.events(QUALITY_FAILED))
    with temporary_settings({PREFECT_API_URL: f"{desk.served.address}/api"}):
        pretend_steps(monkeypatch, tmp_path, "failed", "passed")
        summary = run_flow(["in"], replace(settings, quarantine=True))
        assert (summary.status, summary.n_rejected) == ("published", 1)
        pretend_steps(monkeypatch, tmp_path, "failed")
        with pytest.raises(ChecksFailedError):
            run_flow(["in"], settings)
    wait_until(lambda: len(desk.served.events(QUALITY_FAILED)) > known, desk.served.tell, 60)
    assert len(desk.served.events(QUALITY_FAILED)) == known + 1
    wait_until(
        lambda: any("1 articles are set aside" in line for line in warnings(desk)), desk.served.tell, 60
    )


def test_a_process_worker_runs_what_prefect_yaml_deploys(desk: Desk, tmp_path: Path) -> None:
    """Under other names, so that `copydesk serve` does not take the run; paths are those of the folder."""
    written = (ROOT / "prefect.yaml").read_text(encoding="utf-8")
    (tmp_path / "prefect.yaml").write_text(written.replace("- name: ", "- name: worked-"))
    (tmp_path / "copydesk.toml").write_text('inputs = "in"')
    (tmp_path / "in").symlink_to(desk.inputs)
    (tmp_path / "warehouse").symlink_to(desk.served.warehouse)
    desk.served.ask("/work_pools/", {"name": "copydesk", "type": "process"})
    desk.served.prefect("--no-prompt", "deploy", "--all", folder=tmp_path)
    assert {"worked-refresh", "worked-backfill", "worked-check"} <= set(desk.served.deployments())
    run = desk.served.start("worked-refresh")
    worker = ["worker", "start", "--pool", "copydesk", "--run-once"]
    desk.served.prefect(*worker, folder=tmp_path, COPYDESK_WAREHOUSE="warehouse")
    found = desk.served.ask(f"/flow_runs/{run}")
    assert (found["state_type"], found["name"]) == ("COMPLETED", f"refresh {tmp_path / 'warehouse'}")


def test_sigterm_ends_all_of_it(desk: Desk) -> None:
    process = psutil.Process(desk.served.process.pid)
    family = [process, *process.children(recursive=True)]
    desk.served.process.terminate()
    assert desk.served.process.wait(90) == 0
    _, alive = psutil.wait_procs(family, timeout=20)
    assert alive == []
    assert not (desk.served.warehouse / ".server").exists()


def test_the_alert_address_stands_nowhere(desk: Desk) -> None:
    """Neither in the warehouse, nor in what was printed, nor in the database of the Prefect server."""
    files = [path for path in desk.folder.rglob("*") if path.is_file()]
    assert {"news.duckdb", "prefect.db", "prefect-server.log", "serve.log"} <= {path.name for path in files}
    secrets = [SECRET.encode(), base64.b64encode(f"desk:{SECRET}".encode())]
    assert [path for path in files if any(secret in path.read_bytes() for secret in secrets)] == []


def pretend_steps(monkeypatch: pytest.MonkeyPatch, folder: Path, *rounds: str) -> None:
    """Steps that find one article; `rounds` say how its checks end, one after another."""
    checks = [
        CheckResult("main.articles", "markup_in_the_text", "critical", ended == "passed", 1, 1, None)
        for ended in rounds
    ]
    verdicts = iter([Checked((check,), judge([check])) for check in checks])
    cleaned = Cleaned(folder / "settled", 1, 1, 0, 0, 0)
    answers: dict[str, Callable[..., object]] = {
        "ingest": lambda *_: Ingested(1, 1, 1, 0, 1),
        "clean": lambda *_: cleaned,
        "extract": lambda *_: Extracted(folder, 1, cleaned),
        "aggregate": lambda *_: Aggregated("a", folder / "settled", folder / "news.duckdb"),
        "check": lambda *_: next(verdicts),
        "set_aside": lambda _, cleaned, *__: replace(cleaned, n_rejected=1),
        "publish_built": lambda *_: "v1",
    }
    for name, answer in answers.items():
        monkeypatch.setattr(steps, name, answer)
    monkeypatch.setattr(run, "read_counts", lambda *_: {})


def opened(link: str) -> int:
    """The status of a page, asked for as a browser does."""
    with urllib.request.urlopen(
        urllib.request.Request(link, headers={"Accept": "text/html"}), timeout=60
    ) as page:
        return int(page.status)


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
