"""Publish: a finished database takes the place of the published one, whole or not at all.

Readers open `news.duckdb` only. A reader that has it open keeps what it opened; the next one sees
the new version. Kept versions lie in `versions/`, hard-linked where the file system can.
"""

from __future__ import annotations

import os
import shutil
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

VERSION_FORMAT = "%Y%m%dT%H%M%S.%fZ"


class VersionError(LookupError):
    """A version that is not kept."""


@dataclass(frozen=True, slots=True)
class Version:
    """A kept version of the published database."""

    name: str
    path: Path
    published_at: datetime
    n_bytes: int
    is_published: bool


def version_name(instant: datetime) -> str:
    """A version is named for the instant at which its run began."""
    return instant.astimezone(UTC).strftime(VERSION_FORMAT)


def publish(built: Path, database: Path, versions: Path, *, version: str, keep: int) -> None:
    """Keeps the built file as a version and publishes it; the oldest versions beyond `keep` go."""
    _settle(built)
    versions.mkdir(parents=True, exist_ok=True)
    kept = versions / f"{version}.duckdb"
    os.replace(built, kept)
    _sync(versions)
    _replace(kept, database)
    _remove_old(versions, database, keep)


def list_versions(database: Path, versions: Path) -> list[Version]:
    """The kept versions, newest first."""
    current = _identity(database) if database.exists() else None
    found = []
    for path in sorted(versions.glob("*.duckdb"), reverse=True):
        published_at = datetime.strptime(path.stem, VERSION_FORMAT).replace(tzinfo=UTC)
        is_published = current is not None and _identity(path) == current
        found.append(Version(path.stem, path, published_at, path.stat().st_size, is_published))
    return found


def roll_back(database: Path, versions: Path, version: str | None = None) -> Version:
    """Publishes the named version, or the one before the published. Raises VersionError."""
    kept = list_versions(database, versions)
    chosen = _choose(kept, version)
    _replace(chosen.path, database)
    return chosen


def _choose(kept: list[Version], version: str | None) -> Version:
    names = ", ".join(item.name for item in kept) or "none"
    if version is not None:
        matching = [item for item in kept if item.name.startswith(version)]
        if len(matching) != 1:
            found = "no kept version" if not matching else "more than one version"
            raise VersionError(f"{found} begins with {version!r}; kept: {names}")
        return matching[0]
    position = next((number for number, item in enumerate(kept) if item.is_published), None)
    if position is None or position + 1 >= len(kept):
        raise VersionError(f"there is no older version to go back to; kept: {names}")
    return kept[position + 1]


def _settle(built: Path) -> None:
    """All of the database is in its one file, and the file on the disk."""
    with duckdb.connect(str(built)) as connection:
        connection.execute("CHECKPOINT")
    wal = built.with_name(built.name + ".wal")
    if wal.exists():
        raise OSError(f"{wal} is still there after a checkpoint: the version is not complete")
    _sync(built)


def _replace(source: Path, database: Path) -> None:
    temporary = database.with_name(f".{database.name}.{uuid.uuid4().hex[:8]}")
    try:
        os.link(source, temporary)
    except OSError:  # file systems without hard links
        shutil.copyfile(source, temporary)
        _sync(temporary)
    os.replace(temporary, database)
    # Replacing a link by another link to the same file is a no-op that leaves the first behind.
    temporary.unlink(missing_ok=True)
    _sync(database.parent)


def _remove_old(versions: Path, database: Path, keep: int) -> None:
    for version in list_versions(database, versions)[max(keep, 1) :]:
        if not version.is_published:
            version.path.unlink()


def _identity(path: Path) -> tuple[int, ...]:
    """The same file, or a copy: a copy has the size and the first and last bytes of its source."""
    stat = path.stat()
    if stat.st_nlink > 1:
        return (stat.st_dev, stat.st_ino)
    return (stat.st_size, _edge(path))


def _edge(path: Path) -> int:
    with path.open("rb") as file:
        return hash(file.read(12_288))  # DuckDB's two headers: they change with every checkpoint


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
