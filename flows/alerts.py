"""Alerts: somebody is told when a run fails, when checks stop a version, when none came for long.

One alert an incident, one when it is over. What cannot be delivered waits in an outbox beside the
ledger and goes out with a later run. Addresses are Apprise URLs (mailto, Slack, JSON webhooks and
some hundred others); they come from the environment, and only their digests are ever written.
Prefect's own notifications are automation.py's.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import TypeAdapter

from flows.errors import ChecksFailedError
from flows.settings import Settings, alert_addresses
from flows.stages.ledger import Ledger
from flows.store.damage import DamagedVersionError
from flows.store.lock import WarehouseLockedError
from flows.store.publish import Version, list_versions

IncidentKind = Literal["checks_failed", "published_fails", "run_failed", "stale"]
TEXT_CHARACTERS = 3000  # a chat message's worth; what stays published and the link come after it
LOGGER = logging.getLogger("copydesk.alerts")

TITLES: dict[IncidentKind, str] = {
    "checks_failed": "Copydesk: checks failed, nothing was published",
    "published_fails": "Copydesk: the published version fails its checks",
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


Note = TypeVar("Note")
_INCIDENTS, _MESSAGE = TypeAdapter(list[Incident]), TypeAdapter(Message)


class AlertDesk:
    """The open incidents and the outbox of one warehouse."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.parts / "ledger" / "alerts"
        self._outbox = self._folder / "outbox"
        self._addresses = alert_addresses()

    def incidents(self) -> list[Incident]:
        """What is wrong now."""
        path = self._folder / "incidents.json"
        if not path.exists():
            return []
        return _read_note(path, _INCIDENTS, "what is wrong is told again") or []

    def open(self, kind: IncidentKind, body: str) -> None:
        """Tells of an incident, unless one of its kind is open already; sends what waits.

        The message is kept before the incident is: whoever is killed in between tells twice, never not.
        """
        with self._held():
            known = self.incidents()
            if all(incident.kind != kind for incident in known):
                since = datetime.now(UTC).isoformat(timespec="seconds")
                self._post(Message(TITLES[kind], body))
                self._keep([*known, Incident(kind, since, body)])
            self._send()

    def close(self, incidents: Sequence[Incident], body: str) -> None:
        """Tells that these incidents are over; sends what waits."""
        with self._held():
            over = [incident for incident in self.incidents() if incident in incidents]
            if over:
                named = ", ".join(f"{incident.kind} since {incident.since}" for incident in over)
                self._post(Message(RECOVERED, f"{body}\nOver: {named}."))
                self._keep([incident for incident in self.incidents() if incident not in over])
            self._send()

    def n_waiting(self) -> int:
        """The number of messages that somebody has not got yet."""
        return len(list(self._outbox.glob("*.json")))

    def send(self) -> int:
        """Delivers what waits in the outbox; gives the number of messages that still wait."""
        if not self.n_waiting():
            return 0
        with self._held():
            self._send()
        return self.n_waiting()

    def send_unkept(self, kind: IncidentKind, body: str) -> None:
        """Delivers without a note of it: for when nothing can be written any more."""
        for address in self._addresses:
            _notify(address, Message(TITLES[kind], body))

    def _send(self) -> None:
        if self._addresses:
            for path in sorted(self._outbox.glob("*.json")):
                self._deliver(path)

    def _keep(self, incidents: Sequence[Incident]) -> None:
        self._write(self._folder / "incidents.json", [asdict(incident) for incident in incidents])

    @contextmanager
    def _held(self) -> Iterator[None]:
        """One at a time: a run and `copydesk serve` may both have something to tell."""
        self._folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _post(self, message: Message) -> None:
        if self._addresses:
            name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}.json"
            self._write(self._outbox / name, asdict(message))

    def _deliver(self, path: Path) -> None:
        message = _read_note(path, _MESSAGE, "this alert is not sent")
        if message is None:
            return
        delivered = set(message.delivered)
        for address in self._addresses:
            if (name := _digest(address)) not in delivered and _notify(address, message):
                delivered.add(name)
        if delivered >= {_digest(address) for address in self._addresses}:
            path.unlink()
        else:
            self._write(path, {**asdict(message), "delivered": sorted(delivered)})

    def _write(self, path: Path, content: object) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(3)}")
        temporary.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(temporary, path)


def _read_note(path: Path, adapter: TypeAdapter[Note], effect: str) -> Note | None:
    """What the file holds; one that cannot be read is moved aside: it must not keep later alerts back."""
    try:
        return adapter.validate_json(path.read_bytes())
    except ValueError as error:
        aside = path.with_suffix(".damaged")
        os.replace(path, aside)
        LOGGER.warning("%s cannot be read (%s) and was moved to %s: %s.", path, error, aside.name, effect)
        return None


@contextmanager
def alert_on_failure(settings: Settings, *, run_url: str | None = None) -> Iterator[None]:
    """For a run: opens an incident where the block fails, closes what is over where it succeeds.

    A warehouse that another run holds is no incident of its own; it is one once it lasts too long.
    """
    try:
        yield
    except WarehouseLockedError:
        alert_if_stale(settings)
        raise
    except ChecksFailedError as error:
        _tell(settings, "checks_failed", describe(str(error), settings, run_url))
        alert_if_stale(settings)
        raise
    except Exception as error:
        tell_of_failed_run(settings, error, run_url=run_url)
        raise
    desk, published = AlertDesk(settings), _published(settings)
    over = [incident for incident in desk.incidents() if _is_over(incident, published)]
    desk.close(over, describe("The last run ended well.", settings, run_url))


@contextmanager
def alert_on_bad_version(settings: Settings, *, run_url: str | None = None) -> Iterator[None]:
    """For checks of the published version: their incident is another than that of a failed run."""
    try:
        yield
    except (ChecksFailedError, DamagedVersionError) as error:
        _tell(settings, "published_fails", describe(str(error), settings, run_url))
        raise
    except Exception as error:
        tell_of_failed_run(settings, error, run_url=run_url)
        raise
    desk = AlertDesk(settings)
    over = [incident for incident in desk.incidents() if incident.kind == "published_fails"]
    desk.close(over, describe("The published version passes its checks.", settings, run_url))


def tell_of_failed_run(settings: Settings, error: Exception | str, *, run_url: str | None = None) -> None:
    """Opens an incident for a run that failed, or of which only its end is known."""
    text = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    notes = "".join(f"\n{note}" for note in getattr(error, "__notes__", ()))
    _tell(settings, "run_failed", describe(text, settings, run_url) + notes)
    alert_if_stale(settings)


def alert_if_stale(settings: Settings, *, watched_since: datetime | None = None) -> None:
    """Opens an incident where no run ended well for `stale_hours`, or none at all since the watch began."""
    last, limit = last_good_at(settings) or watched_since, timedelta(hours=settings.stale_hours)
    if last and datetime.now(UTC) - last > limit:
        text = f"The last good run was at {last:%Y-%m-%d %H:%M} UTC; the limit is {limit}."
        _tell(settings, "stale", describe(text, settings, None))


def last_good_at(settings: Settings) -> datetime | None:
    """When the published version was last made, or found to be up to date."""
    published = _published(settings)
    if published is None:
        return None
    return max(
        published.published_at, Ledger(settings.parts / "ledger").last_good_at() or published.published_at
    )


def address_kind(address: str) -> str:
    """All of an alert address that may be shown: its scheme. What has none may be a password."""
    scheme, separator, _ = address.partition("://")
    return scheme if separator else "no scheme"


def describe(text: str, settings: Settings, run_url: str | None) -> str:
    """The text with what readers see meanwhile, where, and the link to the run."""
    published = _published(settings)
    stays = f"Published: version {published.name}." if published else "Nothing is published."
    where = f"\nRun: {run_url}" if run_url else ""
    return f"{text[:TEXT_CHARACTERS]}\n{stays}\nWarehouse: {settings.warehouse}{where}"


def _tell(settings: Settings, kind: IncidentKind, body: str) -> None:
    desk = AlertDesk(settings)
    try:
        desk.open(kind, body)
    except OSError as error:  # a full disk is what the alert may be about
        LOGGER.error("an alert could not be kept in %s (%s); it is sent once", settings.parts, error)
        desk.send_unkept(kind, body)


def _is_over(incident: Incident, published: Version | None) -> bool:
    """A good run ends every incident but a bad published version, which a newer one ends."""
    if incident.kind != "published_fails":
        return True
    return published is not None and published.published_at > datetime.fromisoformat(incident.since)


def _published(settings: Settings) -> Version | None:
    versions = list_versions(settings.database, settings.versions)
    return next((version for version in versions if version.is_published), None)


def _notify(address: str, message: Message) -> bool:
    import apprise

    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its own lines would show the address
    sender = apprise.Apprise()
    if not sender.add(address):
        LOGGER.error("an alert address (%s) is not one that Apprise knows", address_kind(address))
        return False
    is_sent = bool(
        sender.notify(title=message.title, body=message.body, body_format=apprise.NotifyFormat.TEXT)
    )
    if not is_sent:
        LOGGER.error("an alert to %s could not be delivered; it is kept", address_kind(address))
    return is_sent


def _digest(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:16]
