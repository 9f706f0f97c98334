"""THE flow: ingest → clean → extract → aggregate → check → publish; and the flows around it."""

from __future__ import annotations

import signal
from dataclasses import asdict
from datetime import date
from threading import Thread
from typing import Any

from prefect import Flow, State, flow, get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun
from prefect.runtime import flow_run
from prefect.settings import PREFECT_API_URL, PREFECT_UI_URL

from flows.alerts import alert_on_bad_version, alert_on_failure, tell_of_failed_run
from flows.backfill import describe_missing, inputs_of_days
from flows.errors import ChecksFailedError
from flows.run import RunSummary, describe_failure, new_request, run_in_order
from flows.settings import Settings, SettingsError, load_settings
from flows.store.lock import hold_warehouse
from flows.store.query import require_published
from flows.summary import summary_markdown
from flows.tasks import PrefectSteps, check_published, emit_failure


def tell_of_crash(flow: Flow[Any, Any], flow_run: FlowRun, state: State) -> None:
    """Called by whoever started the run's process, which is gone and can tell nothing itself."""
    settings = load_settings(warehouse=flow_run.parameters.get("warehouse") or None)
    tell_of_failed_run(settings, f"{flow.name} crashed: {state.message}", run_url=_link(flow_run.id))


def has_server() -> bool:
    """Whether a Prefect server is configured, in the environment or a profile."""
    return bool(PREFECT_API_URL.value())


def _link(run_id: object) -> str | None:
    """Where the run is shown: below PREFECT_UI_URL, or on the server itself.

    None with a temporary server: its page is gone when somebody follows the link.
    """
    if not has_server():
        return None
    return f"{PREFECT_UI_URL.value().rstrip('/')}/flow-runs/flow-run/{run_id}"


def _name_of_run() -> str:
    """ "refresh /srv/news", also where the parameter is empty and the setting counts."""
    try:
        settings = load_settings(warehouse=flow_run.parameters.get("warehouse") or None)
    except SettingsError:  # the run itself stumbles over it, and says so where people look
        return str(flow_run.flow_name)
    return f"{flow_run.flow_name} {settings.warehouse}"


_OPTIONS: dict[str, Any] = {"persist_result": False, "on_crashed": [tell_of_crash]}


@flow(name="refresh", flow_run_name=_name_of_run, **_OPTIONS)
def refresh(inputs: list[str] | None = None, warehouse: str | None = None) -> RunSummary:
    """Takes in what is new, checks it and publishes it.

    Args:
        inputs: Files, folders, globs or feed addresses. Empty: the setting `inputs`.
        warehouse: The warehouse folder. Empty: the setting `warehouse`.
    """
    return _run_and_alert(inputs or [], load_settings(warehouse=warehouse or None))


@flow(name="backfill", flow_run_name="backfill {from_day} to {to_day}", **_OPTIONS)
def backfill(
    from_day: date, to_day: date, inputs: list[str] | None = None, warehouse: str | None = None
) -> RunSummary:
    """Takes in the inputs of a range of days, in one run.

    Args:
        from_day: The first day.
        to_day: The last day.
        inputs: Inputs with {day} in them (2024-03-01), or {year}, {month}, {dd}. Empty: the setting `inputs`.
        warehouse: The warehouse folder. Empty: the setting `warehouse`.
    """
    settings = load_settings(warehouse=warehouse or None)
    chosen, missing = inputs_of_days(inputs or settings.inputs.split(), from_day, to_day)
    if missing:
        get_run_logger().warning(describe_missing(missing))
    return _run_and_alert(chosen, settings)


@flow(name="check", flow_run_name=_name_of_run, **_OPTIONS)
def check(warehouse: str | None = None) -> int:
    """Runs the checks on the published version; fails where a critical check does.

    Args:
        warehouse: The warehouse folder. Empty: the setting `warehouse`.
    """
    settings = load_settings(warehouse=warehouse or None)
    with alert_on_bad_version(settings, run_url=_link(flow_run.id)):
        verdict = check_published(require_published(settings.database), settings.quality)
        if not verdict.may_publish:
            emit_failure(settings.warehouse, verdict)
            raise ChecksFailedError(describe_failure(verdict, settings.database), verdict)
    return verdict.n_checks


@flow(name="run", flow_run_name="run {settings[warehouse]}", persist_result=False)
def _run_once(inputs: list[str], settings: dict[str, Any]) -> RunSummary:
    try:
        return _run(inputs, load_settings(**settings))
    except Exception as error:
        if link := _link(flow_run.id):
            error.add_note(f"Run: {link}")
        raise


def run_flow(inputs: list[str], settings: Settings) -> RunSummary:
    """One run from the command line, whose caller holds the warehouse and sends the alerts."""
    plain = {name: str(value) if name == "warehouse" else value for name, value in asdict(settings).items()}
    if not has_server():
        _start_temporary_server()
    return _run_once(inputs, plain)


def _start_temporary_server() -> None:
    """Starts it deaf to Ctrl-C, which a terminal sends to every process: it must hear how the run ended.

    A process inherits what the thread that starts it holds back.
    """
    failed: list[Exception] = []

    def start() -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            with get_client(sync_client=True):
                pass
        except Exception as error:
            failed.append(error)

    starting = Thread(target=start, daemon=True)
    starting.start()
    starting.join()
    if failed:
        raise failed[0]


def _run_and_alert(inputs: list[str], settings: Settings) -> RunSummary:
    chosen = inputs or settings.inputs.split()
    if not chosen:
        raise SettingsError(
            "nothing to read: give `inputs`, or set COPYDESK_INPUTS or copydesk.toml's `inputs`"
        )
    with (
        alert_on_failure(settings, run_url=_link(flow_run.id)),
        hold_warehouse(settings.warehouse, purpose="copydesk refresh"),
    ):
        return _run(chosen, settings)


def _run(inputs: list[str], settings: Settings) -> RunSummary:
    try:
        summary = run_in_order(PrefectSteps(), new_request(inputs, settings))
    except ChecksFailedError as error:
        emit_failure(settings.warehouse, error.verdict)
        raise
    create_markdown_artifact(
        key="summary", markdown=summary_markdown(summary), description=f"Run {summary.run_id}"
    )
    return summary
