"""Shared parts of the tests: real DuckDB files, the example articles, no network but loopback."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import settings
from support import EXAMPLES, SHARED, run_direct

SLOWEST_FIRST = (
    "test_serve",
    "test_entities_checked",
    "test_cli",
    "test_run",
    "test_claims_checked",
    "test_operations",
    "test_aggregate",
)
"""Files that begin first, so that no worker waits for the other at the end."""

# The same examples in every run: what passes here passes elsewhere. To look for new ones:
# pytest --hypothesis-profile=explore
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=1_000, deadline=None)
settings.load_profile("repeatable")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Orders the files as SLOWEST_FIRST says; within a file nothing moves."""
    place = {name: number for number, name in enumerate(SLOWEST_FIRST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


MadeOnce = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> MadeOnce:
    """Gives the folder of that name; the first worker of pytest-xdist that asks makes it, others wait."""
    folder = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):
        folder = folder.parent  # the workers' own folders lie side by side in it

    def give(name: str, make: Callable[[Path], object]) -> Path:
        place, done = folder / f"once-{name}", folder / f"once-{name}.done"
        with (folder / f"once-{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                make(place)
                done.touch()
        return place

    return give


@pytest.fixture(scope="session")
def example_warehouse(made_once: MadeOnce) -> Path:
    """A warehouse with the example articles in it; tests must not change it."""
    return made_once("examples", lambda warehouse: run_direct(EXAMPLES, warehouse))


@pytest.fixture
def examples(example_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database of the example articles."""
    with duckdb.connect(str(example_warehouse / "news.duckdb"), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


@pytest.fixture(scope="session")
def shared_articles() -> Path:
    """The folder of real articles beside the project; a test that needs it skips where it is missing."""
    folder = SHARED / "articles"
    if not folder.is_dir():
        pytest.skip(f"no {folder}: the real articles are not part of the project")
    return folder


@pytest.fixture(scope="session")
def shared_warehouse(made_once: MadeOnce, shared_articles: Path) -> Path:
    """A warehouse with the real articles in it; tests must not change it."""
    return made_once("shared", lambda warehouse: run_direct(shared_articles, warehouse))
