"""The lock on a warehouse folder: one run at a time, on this machine.

The operating system holds it, so that it goes with its process: a dead run's lock is free.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

LOCK_FILE = ".lock"
ATTEMPTS = 3  # `read_holder` takes the lock for a moment to see whether it is free
PAUSE_SECONDS = 0.1


class WarehouseLockedError(RuntimeError):
    """Another run holds the warehouse; the message names it."""


@contextmanager
def hold_warehouse(warehouse: Path, *, purpose: str) -> Iterator[None]:
    """Holds the warehouse while the block runs. Raises WarehouseLockedError at once where it is held."""
    warehouse.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(warehouse / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(descriptor, warehouse)
        _write_holder(descriptor, purpose)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def read_holder(warehouse: Path) -> str | None:
    """Who holds the warehouse, in words; None where nobody does."""
    path = warehouse / LOCK_FILE
    if not path.exists():
        return None
    descriptor = os.open(path, os.O_RDONLY)  # whoever may read the warehouse may ask
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _describe(os.pread(descriptor, 4096, 0))
    finally:
        os.close(descriptor)
    return None


def _acquire(descriptor: int, warehouse: Path) -> None:
    for _ in range(ATTEMPTS):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            time.sleep(PAUSE_SECONDS)
    holder = _describe(os.pread(descriptor, 4096, 0))
    raise WarehouseLockedError(
        f"{warehouse} is held by {holder}; wait until it ends, or use another --warehouse"
    )


def _write_holder(descriptor: int, purpose: str) -> None:
    holder = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "purpose": purpose,
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(holder).encode(), 0)


def _describe(content: bytes) -> str:
    try:
        holder = json.loads(content)
        return f"{holder['purpose']} (process {holder['pid']} on {holder['host']}, since {holder['since']})"
    except (ValueError, KeyError, TypeError):
        return "another run that has just begun"
