"""Shared parts of the tests: real DuckDB files, the example articles, no network but loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

if TYPE_CHECKING:
    from flows.run import RunSummary

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples" / "articles"
SHARED = ROOT.parent / "shared"


def run_direct(inputs: Path | list[str], warehouse: Path, **settings: object) -> RunSummary:
    """One run without Prefect, in this process."""
    from flows.run import new_request, run_in_order
    from flows.settings import Settings
    from flows.steps import DirectSteps

    given = [str(inputs)] if isinstance(inputs, Path) else inputs
    chosen = Settings(warehouse=warehouse, workers=1, **settings)  # type: ignore[arg-type]
    return run_in_order(DirectSteps(), new_request(given, chosen))


@pytest.fixture(scope="session")
def example_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with the example articles in it; tests must not change it."""
    warehouse = tmp_path_factory.mktemp("examples") / "warehouse"
    run_direct(EXAMPLES, warehouse)
    return warehouse


@pytest.fixture
def examples(example_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database of the example articles."""
    with duckdb.connect(str(example_warehouse / "news.duckdb"), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


@pytest.fixture
def shared_articles() -> Path:
    """The folder of real articles beside the project; a test that needs it skips where it is missing."""
    folder = SHARED / "articles"
    if not folder.is_dir():
        pytest.skip(f"no {folder}: the real articles are not part of the project")
    return folder
