"""Publishing: whole or not at all, readers undisturbed, versions kept."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from flows.store.lock import WarehouseLockedError, hold_warehouse, read_holder
from flows.store.publish import VersionError, list_versions, publish, roll_back, version_name


def build(folder: Path, value: int) -> Path:
    path = folder / f"built{value}.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"CREATE TABLE t AS SELECT {value} AS value")
    return path


def publish_value(folder: Path, value: int, *, keep: int = 5) -> None:
    publish(
        build(folder, value),
        folder / "news.duckdb",
        folder / "versions",
        version=version_name(datetime(2024, 3, 1, value, tzinfo=UTC)),
        keep=keep,
    )


def read_value(database: Path) -> int:
    with duckdb.connect(str(database), read_only=True) as connection:
        row = connection.execute("SELECT value FROM t").fetchone()
    assert row is not None
    return int(row[0])


READER = (
    "import duckdb, sys; print(duckdb.connect(sys.argv[1], read_only=True).execute('FROM t').fetchone()[0])"
)


def test_a_new_reader_sees_the_new_version_while_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    publish_value(tmp_path, 1)
    database = tmp_path / "news.duckdb"
    with duckdb.connect(str(database), read_only=True) as old:
        publish_value(tmp_path, 2)
        fresh = subprocess.run(
            [sys.executable, "-c", READER, str(database)], capture_output=True, text=True, check=True
        )
        assert fresh.stdout.strip() == "2"
        assert old.execute("SELECT value FROM t").fetchone() == (1,)


def test_only_so_many_versions_are_kept(tmp_path: Path) -> None:
    for value in range(1, 5):
        publish_value(tmp_path, value, keep=2)
    kept = list_versions(tmp_path / "news.duckdb", tmp_path / "versions")
    assert [version.name[:11] for version in kept] == ["20240301T04", "20240301T03"]
    assert [version.is_published for version in kept] == [True, False]


def test_rollback_publishes_the_version_before(tmp_path: Path) -> None:
    for value in (1, 2, 3):
        publish_value(tmp_path, value)
    database, versions = tmp_path / "news.duckdb", tmp_path / "versions"
    roll_back(database, versions)
    assert read_value(database) == 2
    roll_back(database, versions)
    assert read_value(database) == 1
    with pytest.raises(VersionError, match="no older version"):
        roll_back(database, versions)
    roll_back(database, versions, "20240301T03")
    assert read_value(database) == 3


def test_rollback_to_an_unknown_version_names_the_kept_ones(tmp_path: Path) -> None:
    publish_value(tmp_path, 1)
    with pytest.raises(VersionError, match=r"no kept version begins with '1999'; kept: 20240301T01"):
        roll_back(tmp_path / "news.duckdb", tmp_path / "versions", "1999")


def test_rollback_passes_over_what_cannot_be_read(tmp_path: Path) -> None:
    for value in (1, 2, 3):
        publish_value(tmp_path, value)
    database, versions = tmp_path / "news.duckdb", tmp_path / "versions"
    damaged = sorted(versions.iterdir())[1:]
    for path in damaged:  # the newest is the published one: a link
        path.write_bytes(b"no database")
    with pytest.raises(VersionError, match=r"20240301T03.* cannot be read: .*not a valid DuckDB"):
        roll_back(database, versions, "20240301T03")
    roll_back(database, versions)
    assert read_value(database) == 1


@pytest.mark.parametrize("content", [None, b"no database"])
def test_rollback_from_what_is_no_kept_version_takes_the_newest(
    tmp_path: Path, content: bytes | None
) -> None:
    for value in (1, 2):
        publish_value(tmp_path, value)
    database = tmp_path / "news.duckdb"
    database.unlink()
    if content is not None:
        database.write_bytes(content)
    roll_back(database, tmp_path / "versions")
    assert read_value(database) == 2


def test_what_lies_among_the_versions_and_is_none_is_left_alone(tmp_path: Path) -> None:
    publish_value(tmp_path, 1, keep=1)
    database, versions = tmp_path / "news.duckdb", tmp_path / "versions"
    for name in ("notes.txt", "backup.duckdb", "20240301T01.duckdb"):
        (versions / name).write_text("mine")
    (versions / "20200301T010000.000000Z.duckdb").mkdir()
    (versions / "20210301T010000.000000Z.duckdb").symlink_to(tmp_path / "nowhere")
    publish_value(tmp_path, 2, keep=1)
    assert [version.name[:11] for version in list_versions(database, versions)] == ["20240301T02"]
    assert (versions / "backup.duckdb").read_text() == "mine"


def test_what_a_killed_publish_left_goes_with_the_next(tmp_path: Path) -> None:
    left = tmp_path / ".news.duckdb.1a2b3c4d"
    left.write_bytes(b"a link to a version")
    publish_value(tmp_path, 1)
    assert not left.exists()


HOLDER = """
import sys, time
from pathlib import Path
from flows.store.lock import hold_warehouse
with hold_warehouse(Path(sys.argv[1]), purpose="a test"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_told_who_holds_the_warehouse_and_a_dead_one_holds_nothing(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "held"
        refused = pytest.raises(WarehouseLockedError, match=rf"a test \(process {holder.pid} ")
        with refused, hold_warehouse(tmp_path, purpose="second"):
            pytest.fail("two runs held one warehouse")
        assert f"process {holder.pid}" in (read_holder(tmp_path) or "")
    finally:
        holder.kill()
        holder.communicate()
    with hold_warehouse(tmp_path, purpose="third"):
        assert "third" in (tmp_path / ".lock").read_text()
    assert read_holder(tmp_path) is None


def test_who_may_only_read_the_warehouse_can_ask_who_holds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_file = os.open

    def open_to_read(path: Path, flags: int, mode: int = 0o777) -> int:
        if flags & (os.O_RDWR | os.O_WRONLY):
            raise PermissionError(13, "Permission denied", str(path))
        return open_file(path, flags, mode)

    with hold_warehouse(tmp_path, purpose="a run"):
        monkeypatch.setattr("flows.store.lock.os.open", open_to_read)
        assert (read_holder(tmp_path) or "").startswith("a run (process ")
    assert read_holder(tmp_path) is None


@pytest.mark.parametrize("content", ["", "[]", "{}", "null", "\0\0"])
def test_a_holder_that_cannot_be_read_is_a_run_that_has_just_begun(tmp_path: Path, content: str) -> None:
    with hold_warehouse(tmp_path, purpose="a run"):
        (tmp_path / ".lock").write_text(content)
        assert read_holder(tmp_path) == "another run that has just begun"
