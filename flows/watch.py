"""The watch of `copydesk serve`: tells when no good version came for long, even if no run starts at all.

It also sends what alerts wait. Where `serve` itself may be gone, `copydesk status --alert` does the same
from outside.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from flows.alerts import AlertDesk, alert_if_stale
from flows.settings import Settings

WATCH_SECONDS = 300.0  # an alert that is measured in hours may be minutes late
LOGGER = logging.getLogger("copydesk.watch")


@contextmanager
def watch(settings: Settings, *, every: float = WATCH_SECONDS) -> Iterator[None]:
    """Watches while the block runs."""
    over = threading.Event()
    since = datetime.now(UTC)

    def look_again_and_again() -> None:
        while not over.wait(every):
            _look(settings, since)

    watcher = threading.Thread(target=look_again_and_again, name="copydesk watch", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


def _look(settings: Settings, since: datetime) -> None:
    try:
        alert_if_stale(settings, watched_since=since)
        AlertDesk(settings).send()
    except Exception:  # a watch that ends at the first full disk watches nothing
        LOGGER.exception("the watch could not look at %s; it will look again", settings.warehouse)
