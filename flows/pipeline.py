"""THE flow: ingest → clean → extract → aggregate → check → publish."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from flows.run import RunSummary, new_request, run_in_order
from flows.settings import Settings, SettingsError, load_settings
from flows.store.lock import hold_warehouse
from flows.summary import summary_markdown
from flows.tasks import PrefectSteps


@flow(name="refresh", flow_run_name="refresh {warehouse}", persist_result=False)
def refresh(inputs: list[str] | None = None, warehouse: str | None = None) -> RunSummary:
    """Takes in what is new, checks it and publishes it.

    Args:
        inputs: files, folders, globs or feed addresses; empty: the setting `inputs`.
        warehouse: the warehouse folder; empty: the setting `warehouse`.
    """
    settings = load_settings(warehouse=warehouse)
    chosen = inputs or settings.inputs.split()
    if not chosen:
        raise SettingsError(
            "nothing to read: give `inputs`, or set COPYDESK_INPUTS or copydesk.toml's `inputs`"
        )
    with hold_warehouse(settings.warehouse, purpose="copydesk refresh"):
        return _run(chosen, settings)


@flow(name="run", flow_run_name="run {settings[warehouse]}", persist_result=False)
def _run_once(inputs: list[str], settings: dict[str, Any]) -> RunSummary:
    return _run(inputs, load_settings(**settings))


def run_flow(inputs: list[str], settings: Settings) -> RunSummary:
    """One run from the command line, whose caller holds the warehouse and has settled the settings."""
    plain = {name: str(value) if name == "warehouse" else value for name, value in asdict(settings).items()}
    return _run_once(inputs, plain)


def _run(inputs: list[str], settings: Settings) -> RunSummary:
    summary = run_in_order(PrefectSteps(), new_request(inputs, settings))
    create_markdown_artifact(
        key="summary", markdown=summary_markdown(summary), description=f"Run {summary.run_id}"
    )
    return summary
