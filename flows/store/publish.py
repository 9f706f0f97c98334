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

from flows.store.damage import find_damage

VERSION_FORMAT = "%Y%m%dT%H%M%S.%fZ"


class VersionError(LookupError):
    """A version that is not kept, or that cannot be read."""


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
    for left in database.parent.glob(f".{database.name}.*"):  # of a run that was killed
        left.unlink()
    os.replace(built, kept)
    _sync(versions)
    _replace(kept, database)
    _remove_old(versions, database, keep)


def list_versions(database: Path, versions: Path) -> list[Version]:
    """The kept versions, newest first; files with other names are none."""
    current = _identity(database) if database.is_file() else None
    found = []
    for path in sorted(versions.glob("*.duckdb"), reverse=True):
        published_at = _instant_of(path)
        if published_at is None:
            continue
        is_published = current is not None and _identity(path) == current
        found.append(Version(path.stem, path, published_at, path.stat().st_size, is_published))
    return found


def find_published(database: Path, versions: Path) -> Version | None:
    """The kept version that is published; None where nothing is, or something that is not kept."""
    return next((version for version in list_versions(database, versions) if version.is_published), None)


def roll_back(database: Path, versions: Path, version: str | None = None) -> Version:
    """Publishes the named version, or the last good one before the published. Raises VersionError.

    Where what is published is damaged or none of the kept versions, the newest good one of these.
    """
    kept = list_versions(database, versions)
    chosen = _choose_named(kept, version) if version is not None else _choose_older(kept, database)
    _replace(chosen.path, database)
    return chosen


def _choose_named(kept: list[Version], version: str) -> Version:
    matching = [item for item in kept if item.name.startswith(version)]
    if len(matching) != 1:
        found = "no kept version" if not matching else "more than one version"
        raise VersionError(f"{found} begins with {version!r}; kept: {_names(kept)}")
    if damage := find_damage(matching[0].path):
        raise VersionError(f"{matching[0].path} cannot be read: {damage}; kept: {_names(kept)}")
    return matching[0]


def _choose_older(kept: list[Version], database: Path) -> Version:
    position = next((number for number, item in enumerate(kept) if item.is_published), None)
    is_good = position is not None and find_damage(database) is None
    candidates = kept[(position or 0) + is_good :]
    chosen = next((item for item in candidates if find_damage(item.path) is None), None)
    if chosen is None:
        raise VersionError(f"there is no older version to go back to; kept: {_names(kept)}")
    return chosen


def _names(kept: list[Version]) -> str:
    return ", ".join(item.name for item in kept) or "none"


def _instant_of(path: Path) -> datetime | None:
    """When the version's run began; None where the file is no version."""
    try:
        instant = datetime.strptime(path.stem, VERSION_FORMAT)
    except ValueError:
        return None
    return instant.replace(tzinfo=UTC) if path.is_file() else None


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
