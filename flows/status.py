"""`copydesk status`: what is published, how old it is, what is wrong, when the next run comes."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from flows.alerts import AlertDesk, alert_if_stale, last_good_at
from flows.settings import Settings, prefect_address
from flows.store.lock import read_holder
from flows.store.publish import list_versions
from flows.store.query import open_published

COUNTED = ("articles", "stories", "claims", "quotes", "rejected_inputs")
SERVER_TIMEOUT_SECONDS = 3


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a warehouse. Times are ISO 8601, UTC."""

    warehouse: str
    version: str | None
    published_at: str | None
    age_hours: float | None
    last_good_at: str | None
    """When the version was made or last found to be up to date; `is_stale` goes by it."""
    is_stale: bool
    counts: dict[str, int]
    failed_checks: tuple[str, ...]
    incidents: tuple[str, ...]
    alerts_waiting: int
    held_by: str | None
    next_run_at: str | None


def read_status(settings: Settings) -> Status:
    """The status of the warehouse that the settings name."""
    kept = list_versions(settings.database, settings.versions)
    published = next((version for version in kept if version.is_published), None)
    age = _hours_since(published.published_at) if published else None
    good_at = last_good_at(settings)
    counts, failed = _read_published(settings)
    desk = AlertDesk(settings)
    return Status(
        warehouse=str(settings.warehouse),
        version=published.name if published else None,
        published_at=published.published_at.isoformat(timespec="seconds") if published else None,
        age_hours=round(age, 2) if age is not None else None,
        last_good_at=good_at.isoformat(timespec="seconds") if good_at else None,
        is_stale=good_at is None or _hours_since(good_at) > settings.stale_hours,
        counts=counts,
        failed_checks=failed,
        incidents=tuple(f"{item.kind} since {item.since}" for item in desk.incidents()),
        alerts_waiting=desk.n_waiting(),
        held_by=read_holder(settings.warehouse),
        next_run_at=_next_run(settings),
    )


def tell_if_stale(settings: Settings) -> None:
    """Opens the incident of a stale version and sends what alerts wait: a watch from outside."""
    alert_if_stale(settings)
    AlertDesk(settings).send()


def status_lines(status: Status) -> list[str]:
    """The status for people."""
    if status.version is None:
        lines = [f"{status.warehouse}: nothing is published yet"]
    else:
        stale = ", STALE" if status.is_stale else ""
        lines = [f"{status.warehouse}: version {status.version}, {status.age_hours:.1f} hours old{stale}"]
        lines.append(", ".join(f"{count} {name.replace('_', ' ')}" for name, count in status.counts.items()))
    lines.extend(f"failed check: {name}" for name in status.failed_checks)
    lines.extend(f"incident: {name}" for name in status.incidents)
    if status.alerts_waiting:
        lines.append(f"{status.alerts_waiting} alerts wait to be delivered")
    if status.held_by:
        lines.append(f"held by {status.held_by}")
    lines.append(f"next scheduled run: {status.next_run_at or 'none known (no Prefect server answers)'}")
    return lines


def status_json(status: Status) -> str:
    """The status for programs."""
    return json.dumps(asdict(status), indent=1)


def _read_published(settings: Settings) -> tuple[dict[str, int], tuple[str, ...]]:
    if not settings.database.exists():
        return {}, ()
    with open_published(settings.database) as connection:
        rows = [connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in COUNTED]
        failed = connection.execute(
            "SELECT severity || ': ' || table_name || ': ' || check_name FROM quality WHERE result = 'FAILED'"
        ).fetchall()
    counts = {name: int(row[0]) for name, row in zip(COUNTED, rows, strict=True) if row}
    return counts, tuple(str(row[0]) for row in failed)


def _hours_since(instant: datetime) -> float:
    return (datetime.now(UTC) - instant).total_seconds() / 3600


def _next_run(settings: Settings) -> str | None:
    """When the next refresh is due, where a Prefect server answers."""
    wanted = {
        "sort": "EXPECTED_START_TIME_ASC",
        "limit": 1,
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
        "flows": {"name": {"any_": ["refresh"]}},
    }
    runs = _ask(f"{prefect_address(settings)}/api/flow_runs/filter", wanted)
    return str(runs[0]["expected_start_time"]) if runs else None


def _ask(url: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"Content-Type": "application/json"}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=SERVER_TIMEOUT_SECONDS) as answer:
            found: list[dict[str, Any]] = json.load(answer)
            return found
    except (urllib.error.URLError, OSError, ValueError):
        return []  # no server is no fault: schedules are then not known
