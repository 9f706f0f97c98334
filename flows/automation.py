"""The Prefect automation on a failed check: its notification goes through a block that the user made.

Alerts of our own go out from Python (alerts.py) and need no server. This is Prefect's way beside it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from prefect.automations import Automation
from prefect.client.orchestration import get_client
from prefect.events.actions import DoNothing, SendNotification
from prefect.events.schemas.automations import EventTrigger

from flows.settings import Settings
from flows.tasks import QUALITY_FAILED
from flows.terminal import say

AUTOMATION_NAME = "copydesk: checks failed"
BLOCK_NAME = "copydesk-alerts"
SUBJECT = "Copydesk: checks failed, the published version stays"
BODY = (
    "{% for check in event.payload.failed %}"
    "{{ check.table }}: {{ check.check }}: {{ check.unexpected }} rows\n"
    "{% endfor %}"
    "Warehouse: {{ event.payload.warehouse }}\n"
    "{% if flow_run %}Run: {{ flow_run|ui_url }}{% endif %}"
)


def set_up_alerts(settings: Settings) -> None:
    """Creates or updates the automation; without a block of that name it only records the event."""
    block = _find_block()
    if block is None:
        say(f"No Prefect notification block {BLOCK_NAME!r}: its automation tells nobody of failed checks.")
    wanted = Automation(
        name=AUTOMATION_NAME,
        description=f"Tells of failed checks through the notification block {BLOCK_NAME!r}.",
        tags=["copydesk"],
        trigger=EventTrigger(
            expect={QUALITY_FAILED},
            match={"prefect.resource.id": f"copydesk.warehouse.{settings.warehouse.name}"},
            threshold=1,
        ),
        actions=[_action(block)],
    )
    _replace(wanted)


def _action(block: UUID | None) -> DoNothing | SendNotification:
    return SendNotification(block_document_id=block, subject=SUBJECT, body=BODY) if block else DoNothing()


def _find_block() -> UUID | None:
    with get_client(sync_client=True) as client:
        documents: Any = client.request("POST", "/block_documents/filter", json={"include_secrets": False})
    found = (item["id"] for item in documents.json() if item["name"] == BLOCK_NAME)
    return next((UUID(identity) for identity in found), None)


def _replace(wanted: Automation) -> None:
    with suppress(ValueError):  # none of this name yet
        earlier = Automation.read(name=AUTOMATION_NAME)
        assert isinstance(earlier, Automation)  # a coroutine only inside an event loop
        earlier.delete()
    wanted.create()
