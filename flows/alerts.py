"""Alerts: somebody is told when a run fails, when checks stop a version, when none came for long.

One alert an incident, one when it is over. What cannot be delivered waits in an outbox beside the
ledger and goes out with a later run. Addresses are Apprise URLs (mailto, Slack, JSON webhooks and
some hundred others); they come from the environment, and only their digests are ever written.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from flows.errors import ChecksFailedError
from flows.settings import Settings, alert_addresses
from flows.store.lock import WarehouseLockedError
from flows.store.publish import list_versions

IncidentKind = Literal["checks_failed", "run_failed", "stale"]
BODY_CHARACTERS = 3000  # a chat message's worth
LOGGER = logging.getLogger("copydesk.alerts")

TITLES: dict[IncidentKind, str] = {
    "checks_failed": "Copydesk: checks failed, nothing was published",
    "run_failed": "Copydesk: a run failed",
    "stale": "Copydesk: no good version for too long",
}
RECOVERED = "Copydesk: recovered"


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that went wrong and is not over. `since` is ISO 8601, UTC."""

    kind: IncidentKind
    since: str
    body: str


@dataclass(frozen=True, slots=True)
class Message:
    """An alert on its way. `delivered` holds digests of the addresses that have it."""

    title: str
    body: str
    delivered: tuple[str, ...] = ()


class AlertDesk:
    """The open incidents and the outbox of one warehouse."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.parts / "ledger" / "alerts"
        self._outbox = self._folder / "outbox"
        self._addresses = alert_addresses()

    def incidents(self) -> list[Incident]:
        """What is wrong now."""
        path = self._folder / "incidents.json"
        return [Incident(**item) for item in json.loads(path.read_text("utf-8"))] if path.exists() else []

    def open(self, kind: IncidentKind, body: str) -> None:
        """Tells of an incident, unless one of its kind is open already; sends what waits."""
        known = self.incidents()
        if all(incident.kind != kind for incident in known):
            body = body[:BODY_CHARACTERS]
            since = datetime.now(UTC).isoformat(timespec="seconds")
            self._write(
                self._folder / "incidents.json", [*map(asdict, known), asdict(Incident(kind, since, body))]
            )
            self._post(Message(TITLES[kind], body))
        self.send()

    def close_all(self, body: str) -> None:
        """Tells that the open incidents are over; sends what waits."""
        known = self.incidents()
        if known:
            self._write(self._folder / "incidents.json", [])
            over = ", ".join(f"{incident.kind} since {incident.since}" for incident in known)
            self._post(Message(RECOVERED, f"{body}\nOver: {over}."))
        self.send()

    def send(self) -> int:
        """Delivers what waits in the outbox; gives the number of messages that still wait."""
        waiting = sorted(self._outbox.glob("*.json"))
        return sum(not self._deliver(path) for path in waiting) if self._addresses else len(waiting)

    def _post(self, message: Message) -> None:
        if self._addresses:
            name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}.json"
            self._write(self._outbox / name, asdict(message))

    def _deliver(self, path: Path) -> bool:
        message = Message(**json.loads(path.read_text("utf-8")))
        delivered = set(message.delivered)
        for address in self._addresses:
            if (name := _digest(address)) not in delivered and _notify(address, message):
                delivered.add(name)
        if delivered >= {_digest(address) for address in self._addresses}:
            path.unlink()
            return True
        self._write(path, {**asdict(message), "delivered": sorted(delivered)})
        return False

    def _write(self, path: Path, content: object) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(3)}")
        temporary.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(temporary, path)


@contextmanager
def alert_on_failure(settings: Settings, *, run_url: str | None = None) -> Iterator[None]:
    """Opens an incident where the block fails, closes all where it succeeds.

    A warehouse that another run holds is no incident of its own; it is one once it lasts too long.
    """
    desk = AlertDesk(settings)
    try:
        yield
    except WarehouseLockedError:
        alert_if_stale(settings)
        raise
    except ChecksFailedError as error:
        desk.open("checks_failed", _body(str(error), settings, run_url))
        alert_if_stale(settings)
        raise
    except Exception as error:
        desk.open("run_failed", _body(f"{type(error).__name__}: {error}", settings, run_url))
        alert_if_stale(settings)
        raise
    desk.close_all(_body("The last run ended well.", settings, run_url))


def alert_if_stale(settings: Settings) -> None:
    """Opens an incident where the published version is older than `stale_hours`."""
    published = next((v for v in list_versions(settings.database, settings.versions) if v.is_published), None)
    limit = timedelta(hours=settings.stale_hours)
    if published and datetime.now(UTC) - published.published_at > limit:
        since = f"{published.published_at:%Y-%m-%d %H:%M} UTC"
        AlertDesk(settings).open("stale", f"The published version is of {since}; the limit is {limit}.")


def _body(text: str, settings: Settings, run_url: str | None) -> str:
    versions = list_versions(settings.database, settings.versions)
    published = next((version.name for version in versions if version.is_published), None)
    stays = f"Published: version {published}." if published else "Nothing is published."
    where = f"\nRun: {run_url}" if run_url else ""
    return f"{text[:BODY_CHARACTERS]}\n{stays}\nWarehouse: {settings.warehouse}{where}"


def _notify(address: str, message: Message) -> bool:
    import apprise

    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its own lines would show the address
    sender = apprise.Apprise()
    if not sender.add(address):
        LOGGER.error("an alert address of scheme %s is not one that Apprise knows", address.split(":", 1)[0])
        return False
    is_sent = bool(
        sender.notify(title=message.title, body=message.body, body_format=apprise.NotifyFormat.TEXT)
    )
    if not is_sent:
        LOGGER.error("an alert to %s could not be delivered; it is kept", address.split(":", 1)[0])
    return is_sent


def _digest(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:16]
