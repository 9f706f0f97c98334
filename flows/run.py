"""A run: what is asked for, the order of the steps, how it ended. Written once, for Prefect and --direct.

What crosses a step is a path and a small report, never rows or connections.
"""

from __future__ import annotations

import json
import logging
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from flows.checks.gate import Verdict
from flows.checks.run import CheckResult
from flows.errors import ChecksFailedError, CopydeskError, NoReadableInputError
from flows.settings import Settings
from flows.stages.aggregate import aggregate_fingerprint
from flows.stages.damage import PARQUET_ERRORS, DamagedPartsError, explain
from flows.stages.extract import extract_fingerprint
from flows.stages.fingerprint import code_fingerprint
from flows.stages.ledger import Ledger, RunRecord
from flows.stages.parts import digest
from flows.stages.retention import tidy
from flows.store.build import read_counts
from flows.store.damage import find_damage
from flows.store.publish import find_published

SUMMARY_RELATIONS = ("articles", "stories", "claims", "quotes", "times", "quantities", "events", "reuse")
SHOWN_REJECTIONS = 5
QUARANTINE_ROUNDS = 3  # what is built without some articles is checked again, and may lack more
LOGGER = logging.getLogger("copydesk.run")


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What one run is to do."""

    inputs: tuple[str, ...]
    settings: Settings
    run_id: str
    started_at: datetime

    @property
    def ledger(self) -> Ledger:
        """The warehouse's ledger."""
        return Ledger(self.settings.parts / "ledger")

    @property
    def built(self) -> Path:
        """Where the run builds its version."""
        return self.settings.builds / self.run_id / "news.duckdb"


@dataclass(frozen=True, slots=True)
class Ingested:
    """What ingest read."""

    n_inputs: int
    n_seen: int
    n_new: int
    n_rejected: int
    n_readable: int
    """Documents that could be read, known ones too, and feeds that answered."""
    known_bad: tuple[str, ...] = ()
    """Some of the inputs that were set aside, all or in part, when an earlier run read them."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The settled articles."""

    settled: Path
    n_articles: int
    n_new: int
    n_changed: int
    n_rejected: int
    """Documents that cleaning set aside since the last published version."""
    n_rejected_now: int
    """Those of them that this run read."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """Where the annotations are, and the articles without those that the extractors failed on."""

    folder: Path
    n_annotated: int
    readable: Cleaned


@dataclass(frozen=True, slots=True)
class Aggregated:
    """The aggregates' name, and the database that was built from everything."""

    name: str
    settled: Path
    database: Path


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks found."""

    results: tuple[CheckResult, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class RunSummary:
    """How a run ended."""

    run_id: str
    status: str
    seconds: float
    n_seen: int = 0
    n_new: int = 0
    n_changed: int = 0
    n_rejected: int = 0
    version: str | None = None
    counts: dict[str, int] = field(default_factory=dict)
    warnings: tuple[CheckResult, ...] = ()


class Steps(Protocol):
    """The steps as somebody runs them."""

    def ingest(self, request: RunRequest) -> Ingested: ...
    def clean(self, request: RunRequest, ingested: Ingested) -> Cleaned: ...
    def extract(self, request: RunRequest, cleaned: Cleaned) -> Extracted: ...
    def aggregate(self, request: RunRequest, cleaned: Cleaned, extracted: Extracted) -> Aggregated: ...
    def check(self, request: RunRequest, aggregated: Aggregated) -> Checked: ...
    def set_aside(
        self, request: RunRequest, cleaned: Cleaned, aggregated: Aggregated, checked: Checked
    ) -> Cleaned | None: ...
    def publish(self, request: RunRequest, aggregated: Aggregated, record: RunRecord, key: str) -> str: ...


def new_request(inputs: Sequence[str], settings: Settings) -> RunRequest:
    """A request that begins now."""
    now = datetime.now(UTC)
    return RunRequest(tuple(inputs), settings, f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}", now)


def run_in_order(steps: Steps, request: RunRequest) -> RunSummary:
    """ingest → clean → extract → aggregate → check → publish.

    Raises NoReadableInputError, ChecksFailedError, DamagedPartsError, or what a step raises; the run's row
    is written either way, and the published version changes in the last step only. For whoever holds the
    warehouse.
    """
    outcome = _Outcome()
    _remove_builds(request)  # of runs that were killed
    try:
        return _run(steps, request, outcome)
    except ChecksFailedError:
        outcome.status = "rejected"
        raise
    except (Exception, *PARQUET_ERRORS) as error:
        is_told = isinstance(error, (CopydeskError, DamagedPartsError))
        if not is_told and (damage := explain(error, request.settings.parts)):
            raise damage from error
        raise
    finally:
        if outcome.status != "published":
            request.ledger.add_run(outcome.record(request))
        _remove_builds(request)
        _tidy(request, is_good=outcome.status in ("published", "unchanged"))


def _remove_builds(request: RunRequest) -> None:
    shutil.rmtree(request.settings.builds, ignore_errors=True)


def _tidy(request: RunRequest, *, is_good: bool) -> None:
    settings, now = request.settings, datetime.now(UTC)
    try:
        tidy(settings.parts, model=settings.model, now=now, keep_days=settings.keep_parts_days)
    except (
        OSError,
        DamagedPartsError,
    ) as error:  # how the run ended is told, not that something old still lies there
        if not is_good and isinstance(error, DamagedPartsError):
            return  # that is how the run ended
        LOGGER.warning("superseded parts could not be removed: %s", error)


@dataclass(slots=True)
class _Outcome:
    """What is known of the run so far; `failed` until it is known better."""

    status: str = "failed"
    n_seen: int = 0
    n_new: int = 0
    n_changed: int = 0
    n_rejected: int = 0

    def record(self, request: RunRequest) -> RunRecord:
        return RunRecord(request.run_id, request.started_at, datetime.now(UTC), **asdict(self))

    def summary(self, request: RunRequest, **more: object) -> RunSummary:
        seconds = (datetime.now(UTC) - request.started_at).total_seconds()
        return RunSummary(request.run_id, seconds=seconds, **asdict(self), **more)  # type: ignore[arg-type]


def _run(steps: Steps, request: RunRequest, outcome: _Outcome) -> RunSummary:
    ingested = steps.ingest(request)
    outcome.n_seen, outcome.n_rejected = ingested.n_seen, ingested.n_rejected
    cleaned = steps.clean(request, ingested)
    outcome.n_new, outcome.n_changed = cleaned.n_new, cleaned.n_changed
    outcome.n_rejected += cleaned.n_rejected
    _require_articles(request, ingested, cleaned)
    key = _publish_key(request, cleaned)
    if request.ledger.read_state().published_key == key and _is_whole(request.settings.database):
        return _unchanged(request, ingested, outcome)
    extracted = steps.extract(request, cleaned)
    aggregated, checked, rest = _build_and_check(steps, request, extracted)
    outcome.n_rejected += rest.n_rejected - cleaned.n_rejected
    if not checked.verdict.may_publish:
        raise ChecksFailedError(describe_failure(checked.verdict, request.settings.database), checked.verdict)
    outcome.status = "published"
    try:
        version = steps.publish(request, aggregated, outcome.record(request), key)
    except BaseException:
        outcome.status = "failed"
        raise
    counts = read_counts(request.settings.database, SUMMARY_RELATIONS)
    return outcome.summary(request, version=version, counts=counts, warnings=checked.verdict.warnings)


def _unchanged(request: RunRequest, ingested: Ingested, outcome: _Outcome) -> RunSummary:
    """What a published version has is not new, whoever read it. After a rollback an older one stays."""
    outcome.status, outcome.n_new, outcome.n_changed = "unchanged", 0, 0
    outcome.n_rejected = ingested.n_rejected
    published = find_published(request.settings.database, request.settings.versions)
    return outcome.summary(request, version=published.name if published else None)


def _is_whole(database: Path) -> bool:
    if damage := find_damage(database):
        LOGGER.warning("%s: %s; it is built and published again", database, damage)
    return damage is None


def _build_and_check(
    steps: Steps, request: RunRequest, extracted: Extracted
) -> tuple[Aggregated, Checked, Cleaned]:
    """The built version, its checks and its articles; with `quarantine`, without those that fail."""
    rest = extracted.readable
    for n_left in reversed(range(QUARANTINE_ROUNDS)):
        aggregated = steps.aggregate(request, rest, extracted)
        checked = steps.check(request, aggregated)
        wants_less = request.settings.quarantine and not checked.verdict.may_publish and n_left
        smaller = steps.set_aside(request, rest, aggregated, checked) if wants_less else None
        if smaller is None:
            break
        rest = smaller
    return aggregated, checked, rest


def _require_articles(request: RunRequest, ingested: Ingested, cleaned: Cleaned) -> None:
    if cleaned.n_articles and ingested.n_readable > cleaned.n_rejected_now:
        return
    named = ", ".join(request.inputs[:3]) + (" ..." if len(request.inputs) > 3 else "")
    reasons = request.ledger.reasons(
        request.run_id, ingested.known_bad, set_aside=cleaned.settled / "rejected.parquet"
    )
    raise NoReadableInputError(
        f"no article could be read from {named}: {ingested.n_inputs} inputs, none readable"
        + "".join(f"\n  {line}" for line in reasons[-SHOWN_REJECTIONS:])
        + "\nThe published version is unchanged. `copydesk run --help` lists what can be read."
    )


def _publish_key(request: RunRequest, cleaned: Cleaned) -> str:
    """Names everything that a reader's view depends on."""
    settings = request.settings
    code = code_fingerprint("store", "../sql", "../expectations", "_data")
    quality = json.dumps(settings.quality, sort_keys=True)
    made_by = (extract_fingerprint(settings.model), aggregate_fingerprint(), code)
    return digest(cleaned.settled.name, request.ledger.rejections_name(), quality, *made_by)


def describe_failure(verdict: Verdict, database: Path) -> str:
    """What failed, in how many rows, with a sample; and what stays published."""
    failed = "".join(
        f"\n  {result.table_name}: {result.check_name}: {result.n_unexpected} of {result.n_rows} rows; "
        f"{result.sample}"
        for result in verdict.critical
    )
    stays = "the published version stays" if database.exists() else "nothing is published"
    return f"{len(verdict.critical)} critical checks failed, {stays}:{failed}"
