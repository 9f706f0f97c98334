"""Publishing: whole or not at all, readers undisturbed, versions kept."""

from __future__ import annotations

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
