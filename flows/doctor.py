"""`copydesk doctor`: is everything there that a run needs?"""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from flows.settings import Settings
from flows.store.lock import read_holder

LIBRARIES = ("prefect", "great-expectations", "duckdb", "duckdb-sqlalchemy", "polars", "spacy", "trafilatura")
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
        _disk,
        _lock,
        _port,
    )
    return [finding for look in looks for finding in look(settings)]


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
    folder = _existing(settings.warehouse)
    is_good = os.access(folder, os.R_OK | os.W_OK | os.X_OK)
    return [
        Finding("warehouse", is_good, f"{settings.warehouse} ({'can' if is_good else 'cannot'} be written)")
    ]


def _disk(settings: Settings) -> list[Finding]:
    free = shutil.disk_usage(_existing(settings.warehouse)).free
    return [Finding("disk", free >= LEAST_FREE_BYTES, f"{free / 1e9:.1f} GB free")]


def _lock(settings: Settings) -> list[Finding]:
    holder = read_holder(settings.warehouse)
    return [Finding("lock", True, f"held by {holder}" if holder else "free")]


def _port(settings: Settings) -> list[Finding]:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", settings.server_port))
        except OSError as error:
            return [
                Finding(
                    "server port", False, f"{settings.server_port}: {error.strerror}; choose another --port"
                )
            ]
    return [Finding("server port", True, f"{settings.server_port} is free")]


def _existing(path: Path) -> Path:
    """The path, or the nearest folder above it that exists."""
    return next(folder for folder in (path, *path.parents) if folder.exists())
