"""`copydesk doctor`: is everything there that a run needs?"""

from __future__ import annotations

import logging
import os
import shutil
import socket
import sys
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from flows.alerts import address_kind
from flows.settings import Settings, alert_addresses, prefect_address
from flows.stages.damage import DamagedPartsError, find_damage
from flows.stages.ledger import Ledger
from flows.store.damage import DamagedVersionError
from flows.store.lock import read_holder
from flows.store.query import NoPublishedVersionError, require_published

LIBRARIES = (
    "prefect",
    "great-expectations",
    "duckdb",
    "duckdb-sqlalchemy",
    "polars",
    "spacy",
    "apprise",
)
SERVER_TIMEOUT_SECONDS = 3
LEAST_FREE_BYTES = 2 * 10**9


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    is_good: bool
    detail: str


def examine(settings: Settings) -> list[Finding]:
    """All findings; nothing is changed."""
    looks: tuple[Callable[[Settings], list[Finding]], ...] = (
        _python,
        _libraries,
        _model,
        _folder,
        _published,
        _parts,
        _disk,
        _lock,
        _port,
        _alerts,
    )
    return [finding for look in looks for finding in _look(look, settings)]


def _look(look: Callable[[Settings], list[Finding]], settings: Settings) -> list[Finding]:
    """What cannot be looked at is a finding, too."""
    try:
        return look(settings)
    except OSError as error:
        return [Finding(look.__name__.strip("_"), False, str(error))]


def _python(_: Settings) -> list[Finding]:
    return [Finding("Python", sys.version_info >= (3, 11), sys.version.split()[0])]


def _libraries(_: Settings) -> list[Finding]:
    return [_version(name) for name in LIBRARIES]


def _version(name: str) -> Finding:
    try:
        return Finding(name, True, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Finding(name, False, "not installed: install Copydesk again")


def _model(settings: Settings) -> list[Finding]:
    return [_version(settings.model.replace("_", "-"))]


def _folder(settings: Settings) -> list[Finding]:
    """A warehouse that another account made shows only where its files are: look at all that a run opens."""
    places = (settings.warehouse, settings.parts, settings.versions, settings.parts / "ledger")
    looked_at = {_existing(place) for place in places}
    barred = sorted(str(place) for place in looked_at if not os.access(place, os.R_OK | os.W_OK | os.X_OK))
    detail = f"cannot be written: {', '.join(barred)}" if barred else f"{settings.warehouse} can be written"
    return [Finding("warehouse", not barred, detail)]


def _published(settings: Settings) -> list[Finding]:
    try:
        return [Finding("published", True, f"{require_published(settings.database)} can be read")]
    except NoPublishedVersionError:
        return [Finding("published", True, "nothing yet")]
    except DamagedVersionError as error:
        return [Finding("published", False, str(error))]


def _parts(settings: Settings) -> list[Finding]:
    """The footers of all parts: rows are read by the runs that need them."""
    damaged = find_damage(settings.parts)
    try:
        Ledger(settings.parts / "ledger").read_state()
    except DamagedPartsError as error:
        damaged = damaged or error.found
    whole = [Finding("parts", True, "can be read")]
    return [Finding("parts", False, str(damage)) for damage in damaged] or whole


def _disk(settings: Settings) -> list[Finding]:
    free = shutil.disk_usage(_existing(settings.warehouse)).free
    return [Finding("disk", free >= LEAST_FREE_BYTES, f"{free / 1e9:.1f} GB free")]


def _lock(settings: Settings) -> list[Finding]:
    holder = read_holder(settings.warehouse)
    return [Finding("lock", True, f"held by {holder}" if holder else "free")]


def _port(settings: Settings) -> list[Finding]:
    if _answers(address := prefect_address(settings)):
        return [Finding("server", True, f"a Prefect server answers at {address}")]
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", settings.server_port))
        except OSError as error:
            detail = f"{settings.server_port}: {error.strerror}; choose another --port for `copydesk serve`"
            return [Finding("server port", False, detail)]
    return [Finding("server port", True, f"{settings.server_port} is free")]


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/api/health", timeout=SERVER_TIMEOUT_SECONDS) as answer:
            return bool(answer.status == 200)
    except OSError:  # nothing listens there, or something else does
        return False


def _alerts(_: Settings) -> list[Finding]:
    """Addresses hold passwords: only their kinds are shown."""
    addresses = alert_addresses()
    if not addresses:
        return [Finding("alerts", True, "nobody is told of failures: COPYDESK_ALERT_URLS is not set")]
    import apprise

    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its own lines would show the address
    bad = [address_kind(address) for address in addresses if not apprise.Apprise().add(address)]
    if bad:
        return [Finding("alerts", False, f"not an address that Apprise knows ({', '.join(bad)})")]
    return [Finding("alerts", True, "go to " + ", ".join(address_kind(address) for address in addresses))]


def _existing(path: Path) -> Path:
    """The path, or the nearest folder above it that exists."""
    return next(folder for folder in (path, *path.parents) if folder.exists())
