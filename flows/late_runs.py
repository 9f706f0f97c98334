"""Late runs: what a schedule had planned for hours in which nothing served it. They are not caught up.

A run takes in everything new, so the next one does their work; Prefect would start all of them at once.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Cancelled

GRACE = timedelta(seconds=60)  # a run that is due right now is not late
MESSAGE = "Planned for a time when nothing was serving; the next run does its work."
PAGE = 200  # the most runs that Prefect's API gives at once


def cancel_late_runs(tag: str) -> int:
    """Cancels the scheduled runs of the tagged deployments whose time is over; gives their number."""
    due_before = datetime.now(UTC) - GRACE
    cancelled = 0
    with get_client(sync_client=True) as client:
        while n_cancelled := _cancel_page(client, tag, due_before):
            cancelled += n_cancelled
    return cancelled


def _cancel_page(client: SyncPrefectClient, tag: str, due_before: datetime) -> int:
    late = client.read_flow_runs(
        deployment_filter=DeploymentFilter(tags=DeploymentFilterTags(all_=[tag])),
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
            expected_start_time=FlowRunFilterExpectedStartTime.model_validate({"before_": due_before}),
        ),
        sort=FlowRunSort.EXPECTED_START_TIME_ASC,
        limit=PAGE,
    )
    for flow_run in late:
        client.set_flow_run_state(flow_run.id, Cancelled(message=MESSAGE), force=True)
    return len(late)
