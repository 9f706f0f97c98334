"""Prefect tasks: the steps with names, retries, time limits and artifacts. Nothing else."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from prefect import get_run_logger, task
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.events import emit_event

from flows import steps
from flows.checks.gate import Verdict, judge
from flows.checks.run import CheckResult, run_checks
from flows.checks.suites import load_suites
from flows.progress import listen_to_progress
from flows.run import Aggregated, Checked, Cleaned, Extracted, Ingested, RunRequest
from flows.stages.ledger import RunRecord

HOURS = 3600
QUALITY_FAILED = "copydesk.quality.failed"
"""The event of a critical failure that stays, for Prefect automations: a run that sets the offending
articles aside and publishes the rest emits none."""
PROGRESS_PAUSE_SECONDS = 5.0  # each update is a request, some 0.05 s of CPU on both sides
_OPTIONS: dict[str, Any] = {"cache_policy": NO_CACHE, "persist_result": False}
"""Results are paths into the warehouse, which keeps its own: nothing for Prefect to cache."""


@contextmanager
def _progress_artifact(step: str) -> Iterator[None]:
    """Shows the step's progress in the Prefect UI, where it takes long enough for anybody to look."""
    shown: list[UUID] = []
    last_shown = time.monotonic()

    def show(name: str, done: int, total: int) -> None:
        nonlocal last_shown
        is_due = time.monotonic() - last_shown >= PROGRESS_PAUSE_SECONDS or (done == total and shown)
        if name != step or not total or not is_due:
            return
        last_shown = time.monotonic()
        percent = 100.0 * done / total
        if shown:
            update_progress_artifact(artifact_id=shown[0], progress=percent)
        else:
            created = create_progress_artifact(progress=percent, description=f"{step}: {total} parts")
            assert isinstance(created, UUID)  # a coroutine where an event loop runs; tasks have none
            shown.append(created)

    with listen_to_progress(show):
        yield


@task(name="ingest", task_run_name="ingest {request.run_id}", retries=2, retry_delay_seconds=10, **_OPTIONS)
def ingest(request: RunRequest) -> Ingested:
    """Reads the inputs; a retry helps where a disk or a site was out of reach for a moment."""
    ingested = steps.ingest(request)
    get_run_logger().info(
        "%d documents in %d inputs, %d of them new, %d could not be read",
        ingested.n_seen,
        ingested.n_inputs,
        ingested.n_new,
        ingested.n_rejected,
    )
    return ingested


@task(name="clean", task_run_name="clean {request.run_id}", retries=1, timeout_seconds=6 * HOURS, **_OPTIONS)
def clean(request: RunRequest, ingested: Ingested) -> Cleaned:
    """Cleans what is new; a retry goes on after the parts that are done."""
    with _progress_artifact("clean"):
        cleaned = steps.clean(request, ingested)
    get_run_logger().info(
        "%d articles; since the last version %d new, %d revised, %d documents set aside",
        cleaned.n_articles,
        cleaned.n_new,
        cleaned.n_changed,
        cleaned.n_rejected,
    )
    return cleaned


@task(
    name="extract",
    task_run_name="extract {request.run_id}",
    retries=1,
    timeout_seconds=12 * HOURS,
    **_OPTIONS,
)
def extract(request: RunRequest, cleaned: Cleaned) -> Extracted:
    """Annotates what is new; a retry goes on after the batches that are done."""
    with _progress_artifact("extract"):
        extracted = steps.extract(request, cleaned)
    logger = get_run_logger()
    logger.info("%d texts annotated, the others were before", extracted.n_annotated)
    if n_unread := extracted.readable.n_rejected - cleaned.n_rejected:
        logger.warning("%d articles are set aside: the extractors failed on them", n_unread)
    return extracted


@task(name="aggregate", task_run_name="aggregate {request.run_id}", timeout_seconds=6 * HOURS, **_OPTIONS)
def aggregate(request: RunRequest, cleaned: Cleaned, extracted: Extracted) -> Aggregated:
    """Joins the articles and builds the version. The same input fails the same way: no retry."""
    with _progress_artifact("aggregate"):
        return steps.aggregate(request, cleaned, extracted)


@task(name="check", task_run_name="check {request.run_id}", timeout_seconds=1 * HOURS, **_OPTIONS)
def check(request: RunRequest, aggregated: Aggregated) -> Checked:
    """Checks the built version and shows every result as a table."""
    with _progress_artifact("check"):
        checked = steps.check(request, aggregated)
    _show_quality(checked.results, f"Checks of run {request.run_id}")
    return checked


@task(name="check published", timeout_seconds=1 * HOURS, **_OPTIONS)
def check_published(database: Path, quality: dict[str, Any]) -> Verdict:
    """Checks the published version and shows every result as a table."""
    results = run_checks(database, load_suites(quality=quality))
    _show_quality(results, "Checks of the published version")
    return judge(results)


def _show_quality(results: Sequence[CheckResult], description: str) -> None:
    _log_failures(results)
    table = [
        {
            "result": "passed" if result.passed else "FAILED",
            "severity": result.severity,
            "table": result.table_name,
            "check": result.check_name,
            "unexpected": result.n_unexpected,
            "rows": result.n_rows,
            "sample": result.sample,
        }
        for result in sorted(results, key=lambda result: result.passed)
    ]
    create_table_artifact(key="quality", table=table, description=description)


def _log_failures(results: Sequence[CheckResult]) -> None:
    failed = [result for result in results if not result.passed]
    logger = get_run_logger()
    for result in failed:
        level = logging.ERROR if result.severity == "critical" else logging.WARNING
        named = f"{result.table_name}: {result.check_name}"
        logger.log(
            level, "%s (%s): %d of %d rows", named, result.severity, result.n_unexpected, result.n_rows
        )
    logger.info("%d of %d checks passed", len(results) - len(failed), len(results))


def emit_failure(warehouse: Path, verdict: Verdict) -> None:
    """The event of a run that publishes nothing, or of a published version that fails."""
    failed = [
        {"table": result.table_name, "check": result.check_name, "unexpected": result.n_unexpected}
        for result in verdict.critical
    ]
    emit_event(
        QUALITY_FAILED,
        resource={"prefect.resource.id": f"copydesk.warehouse.{warehouse.name}"},
        payload={"failed": failed, "warehouse": str(warehouse)},
    )


@task(name="publish", task_run_name="publish {request.run_id}", retries=2, retry_delay_seconds=5, **_OPTIONS)
def publish(request: RunRequest, aggregated: Aggregated, record: RunRecord, key: str) -> str:
    """Publishes the built version."""
    version = steps.publish_built(request, aggregated, record, key)
    get_run_logger().info("published version %s", version)
    return version


class PrefectSteps:
    """The steps as Prefect tasks."""

    ingest = staticmethod(ingest)
    clean = staticmethod(clean)
    extract = staticmethod(extract)
    aggregate = staticmethod(aggregate)
    publish = staticmethod(publish)
    check = staticmethod(check)

    @staticmethod
    def set_aside(
        request: RunRequest, cleaned: Cleaned, aggregated: Aggregated, checked: Checked
    ) -> Cleaned | None:
        """Sets aside the articles that a critical check names, and says so in the run's log."""
        rest = steps.set_aside(request, cleaned, aggregated, checked)
        n_aside = rest.n_rejected - cleaned.n_rejected if rest else 0
        if n_aside:
            get_run_logger().warning(
                "%d articles are set aside (quarantine); the rest is built again", n_aside
            )
        return rest
