"""A real `copydesk serve` in a process of its own, and its Prefect server's API."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sinks import free_port
from support import ROOT

BUSY_TRIES = 5
START_SECONDS = 240.0  # a server's first start takes a minute where several tests share two cores


@dataclass
class Served:
    """What serves, where, and what it printed."""

    process: subprocess.Popen[bytes]
    address: str
    warehouse: Path
    log: Path

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """What the API answers; a body makes it a POST."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.address}/api{path}", data, {"Content-Type": "application/json"}
        )
        return json.loads(_open(request) or "null")

    def events(self, name: str) -> list[dict[str, Any]]:
        """The events of that name."""
        found: list[dict[str, Any]] = self.ask("/events/filter", {"filter": {"event": {"name": [name]}}})[
            "events"
        ]
        return found

    def deployments(self) -> dict[str, dict[str, Any]]:
        return {item["name"]: item for item in self.ask("/deployments/filter", {})}

    def start(self, name: str, **parameters: object) -> str:
        """Starts a run of the deployment by hand; gives its id."""
        deployment = self.deployments()[name]["id"]
        return str(self.ask(f"/deployments/{deployment}/create_flow_run", {"parameters": parameters})["id"])

    def pause(self, name: str) -> None:
        """No more scheduled runs, and none still going: a run by hand would collide with it."""
        self.ask(f"/deployments/{self.deployments()[name]['id']}/pause_deployment", {})
        going = {"flow_runs": {"state": {"type": {"any_": ["PENDING", "RUNNING", "CANCELLING"]}}}}
        wait_until(lambda: not self.ask("/flow_runs/filter", going), self.tell)

    def wait_for_end(self, run: str) -> dict[str, Any]:
        """The run, once it is over."""
        ends = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
        wait_until(lambda: self.ask(f"/flow_runs/{run}")["state_type"] in ends, self.tell)
        found: dict[str, Any] = self.ask(f"/flow_runs/{run}")
        return found

    def prefect(self, *arguments: str, folder: Path, **environment: str) -> None:
        """The command `prefect` as somebody types it in the folder, with this server configured."""
        subprocess.run(
            [sys.executable, "-m", "prefect", *arguments],
            cwd=folder,
            env=_environment(folder, PWD=str(folder), PREFECT_API_URL=f"{self.address}/api", **environment),
            check=True,
            timeout=START_SECONDS,
        )

    def tell(self) -> str:
        return self.log.read_text(errors="replace")[-3000:]


@contextmanager
def serving(inputs: Path, warehouse: Path, home: Path, **environment: str) -> Iterator[Served]:
    """`copydesk serve`, up, while the block runs; its schedule starts a run each minute."""
    with starting(inputs, warehouse, home, **environment) as served:
        wait_until(lambda: served.process.poll() is not None or _is_up(served), served.tell)
        assert served.process.poll() is None, served.tell()
        yield served


@contextmanager
def starting(inputs: Path, warehouse: Path, home: Path, **environment: str) -> Iterator[Served]:
    """`copydesk serve` from its first moment; it is ended by SIGTERM."""
    port, log = free_port(), home / "serve.log"
    home.mkdir(parents=True, exist_ok=True)
    arguments = ["serve", str(inputs), "--warehouse", str(warehouse), "--port", str(port)]
    arguments += ["--cron", "* * * * *"]
    command, env = [sys.executable, "-m", "flows.cli", *arguments], _environment(home, **environment)
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=home, env=env, stdout=output, stderr=output)
    served = Served(process, f"http://127.0.0.1:{port}", warehouse, log)
    try:
        yield served
    finally:
        process.terminate()
        process.wait(60)


def _environment(home: Path, **more: str) -> dict[str, str]:
    """Ours, without what is set for Prefect and Copydesk on this machine."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "COPYDESK_"))
    }
    return {**kept, "PYTHONPATH": str(ROOT), "PREFECT_HOME": str(home), "COPYDESK_WORKERS": "1", **more}


def _open(request: urllib.request.Request) -> bytes:
    """What the server answers; it says 503 where its database was locked for too long, and means: again."""
    for _ in range(BUSY_TRIES):
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                body: bytes = answer.read()
                return body
        except urllib.error.HTTPError as error:
            if error.code != 503:
                raise
        time.sleep(1)
    raise AssertionError(f"{request.full_url} is busy all the time")


def wait_until(is_true: Callable[[], bool], tell: Callable[[], str], seconds: float = START_SECONDS) -> None:
    """Waits; fails with what `tell` says where it takes too long."""
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, tell()
        time.sleep(0.5)  # each look costs the server some milliseconds


def _is_up(served: Served) -> bool:
    try:
        return len(served.deployments()) == 3
    except OSError:
        return False
