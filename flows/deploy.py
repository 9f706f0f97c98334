"""Deployments: `copydesk serve` starts a Prefect server with its UI and keeps the schedules running.

The same deployments stand in prefect.yaml for `prefect deploy` and a process worker.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.errors import CopydeskError
from flows.settings import SERVER_NOTE, Settings, SettingsError
from flows.sources.errors import InputNotFoundError
from flows.sources.items import require_inputs
from flows.terminal import say

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.client.schemas.objects import ConcurrencyLimitConfig
    from prefect.deployments.runner import RunnerDeployment

SERVER_START_SECONDS = 180  # 15 on a quiet machine; ten times that where others want the cores too
SERVER_STOP_SECONDS = 15
TAGS = ["copydesk"]


class ServerError(CopydeskError):
    """The Prefect server did not start; the message says what it printed."""


def serve(inputs: Sequence[str], settings: Settings, *, host: str, port: int) -> None:
    """Serves until SIGTERM or Ctrl-C. Raises ServerError where the server does not come up, or dies."""
    _tell_of_missing(inputs or settings.inputs.split())
    # Until Prefect has a handler of its own: else SIGTERM during the start would leave the server behind.
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit(0))
    with _server(settings.warehouse, host, port) as address:
        os.environ["PREFECT_API_URL"] = f"{address}/api"
        say(f"Prefect UI: {address}   Ctrl-C ends it")
        from prefect import serve as serve_deployments

        from flows.automation import set_up_alerts
        from flows.late_runs import cancel_late_runs
        from flows.watch import watch

        set_up_alerts(settings)
        if n_late := cancel_late_runs(TAGS[0]):
            say(f"{n_late} runs were planned while nothing served them; they are not caught up.")
        # Prefect's own way out on SIGTERM: it stops all the same, and says this to every user who ends it
        warnings.filterwarnings("ignore", message="coroutine 'Runner.astop' was never awaited")
        with watch(settings):
            serve_deployments(*deployments(inputs, settings), limit=2, print_starting_message=False)


def _tell_of_missing(inputs: Sequence[str]) -> None:
    """A folder may come later, so that a missing one ends nothing; a slip of the keyboard is seen at once."""
    for given in inputs:
        try:
            require_inputs([given])
        except InputNotFoundError as error:
            say(f"Note: {error}; each scheduled run looks again.")


def deployments(inputs: Sequence[str], settings: Settings) -> list[RunnerDeployment]:
    """`refresh` on its schedule, `backfill` and `check` on demand."""
    from flows import pipeline

    warehouse = {"warehouse": str(settings.warehouse)}
    given = {"inputs": list(inputs) or settings.inputs.split(), **warehouse}
    return [
        _deployment(
            pipeline.refresh,
            "Takes in what is new, checks it and publishes it. One at a time: a run that is late is dropped.",
            given,
            cron=_require_cron(settings.refresh_cron),
        ),
        _deployment(pipeline.backfill, "Takes in the inputs of a range of days; inputs hold {day}.", given),
        _deployment(pipeline.check, "Runs the checks on the published version.", warehouse),
    ]


def _require_cron(cron: str) -> str:
    """The schedule back. Raises SettingsError where Prefect has no such minute, hour or day: “99 * * * *”."""
    from prefect.client.schemas.schedules import CronSchedule

    try:
        return CronSchedule(cron=cron).cron
    except ValueError as error:
        raise SettingsError(
            f"setting refresh_cron is {cron!r}; it must be five fields of cron, such as '7 * * * *'"
        ) from error


def _deployment(
    flow: Flow[Any, Any], description: str, parameters: dict[str, Any], *, cron: str | None = None
) -> RunnerDeployment:
    from prefect.deployments.runner import RunnerDeployment
    from prefect.types.entrypoint import EntrypointType

    deployment = flow.to_deployment(
        flow.name,
        cron=cron,
        parameters=parameters,
        description=description,
        tags=TAGS,
        concurrency_limit=_one_at_a_time(),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    assert isinstance(deployment, RunnerDeployment)  # a coroutine only inside an event loop
    return deployment


def _one_at_a_time() -> ConcurrencyLimitConfig:
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy

    return ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)


@contextmanager
def _server(warehouse: Path, host: str, port: int) -> Iterator[str]:
    """A Prefect server while the block runs; gives its address."""
    _require_free(host, port)
    address = _address(host, port)
    warehouse.mkdir(parents=True, exist_ok=True)
    log, note = warehouse / "prefect-server.log", warehouse / SERVER_NOTE
    environment = {
        **os.environ,
        "PREFECT_SERVER_API_HOST": host,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_UI_API_URL": "/api",  # else the UI calls port 4200, whatever the port
        "PREFECT_UI_URL": os.environ.get("PREFECT_UI_URL", address),  # links in notifications
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    for name in ("PREFECT_API_URL", "COPYDESK_ALERT_URLS"):  # the server needs neither; the second is secret
        environment.pop(name, None)
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        _wait_for(process, f"{address}/api/health", log)
        note.write_text(address, encoding="utf-8")
        with _ended_with(process, log):
            yield address
    finally:
        note.unlink(missing_ok=True)
        _end(process)


def _address(host: str, port: int) -> str:
    """Where this machine reaches what listens on the host, which may stand for all addresses."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{reached}]:{port}" if ":" in reached else f"http://{reached}:{port}"


def _require_free(host: str, port: int) -> None:
    """Else another server on the port would be taken for ours."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServerError(
                f"cannot listen on {host}:{port} ({error.strerror}); try another --port"
            ) from error


@contextmanager
def _ended_with(process: subprocess.Popen[bytes], log: Path) -> Iterator[None]:
    """Ends the block where the server dies: whoever keeps `serve` alive can then start it anew."""
    is_over = threading.Event()

    def end_with_it() -> None:
        process.wait()
        if not is_over.is_set():
            os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=end_with_it, name="server watch", daemon=True).start()
    try:
        yield
    finally:
        is_over.set()
        if process.poll() is not None:  # whatever else failed then, failed because of it
            raise ServerError(f"the Prefect server ended; the end of {log}:\n{_tail(log)}")


def _wait_for(process: subprocess.Popen[bytes], health: str, log: Path) -> None:
    say("Waiting for the Prefect server ...")
    deadline = time.monotonic() + SERVER_START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(health, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise ServerError(f"the Prefect server did not start; the end of {log}:\n{_tail(log)}")


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-8:])


def _end(process: subprocess.Popen[bytes]) -> None:
    """The server runs in a session of its own, so that all of it is ended."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # we are ending; a second one must not stop half way
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(SERVER_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
