"""Runs the suites on a database file and gives one result a check."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from flows.checks.suites import Check, Severity, Suite, load_suites

SAMPLE_ROWS = 5
RESULT_FORMAT = {"result_format": "SUMMARY", "partial_unexpected_count": SAMPLE_ROWS}
SAMPLE_CHARACTERS = 2000
SETTINGS = {
    "memory_limit": "400MB",  # DuckDB spills beyond; Great Expectations itself takes some 300 MB
    "preserve_insertion_order": "false",  # of a sample; keeping it takes memory
}
ONE_THREAD_BYTES = 500_000_000
"""On a database up to here queries are so short that a second thread waits, in a busy loop."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found. `error` holds the exception where the check itself could not run."""

    table_name: str
    check_name: str
    severity: Severity
    passed: bool
    n_rows: int | None
    n_unexpected: int | None
    sample: str | None


def run_checks(
    database: Path,
    suites: list[Suite] | None = None,
    *,
    on_done: Callable[[int, int], None] = lambda _done, _all: None,
) -> list[CheckResult]:
    """Results of all suites, read-only on the database. A check that cannot run has failed, critically."""
    chosen = suites if suites is not None else load_suites()
    results: list[CheckResult] = []
    with _context(database, chosen) as data_source:
        for number, suite in enumerate(chosen, 1):
            results.extend(_run_suite(data_source, suite))
            on_done(number, len(chosen))
    return results


def warm_up() -> None:
    """Imports Great Expectations: seconds that a caller can spend while something else starts."""
    _import()


def _import() -> Any:
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    return great_expectations


@contextmanager
def _context(database: Path, suites: Sequence[Suite]) -> Iterator[Any]:
    gx = _import()
    from great_expectations.datasource.fluent.sql_datasource import QueryAsset

    from flows.checks.engine import DuckDBDatasource

    is_small = database.stat().st_size <= ONE_THREAD_BYTES
    settings = SETTINGS | ({"threads": "1"} if is_small else {})
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    # All assets at once: each call that adds one writes the whole configuration as YAML.
    assets = [QueryAsset(name=name, query=f"SELECT * FROM {name}") for name in _relations(suites)]
    data_source = context.data_sources.add_or_update_duckdb(
        DuckDBDatasource(
            name="warehouse",
            connection_string=f"duckdb:///{database}",
            create_temp_table=False,
            kwargs={"connect_args": {"read_only": True, "config": settings}},
            assets=assets,
        )
    )
    try:
        yield data_source
    finally:
        data_source.get_execution_engine().close()
        data_source.get_engine().dispose()


def _relations(suites: Sequence[Suite]) -> list[str]:
    return list(dict.fromkeys(suite.relation for suite in suites))


def _run_suite(data_source: Any, suite: Suite) -> list[CheckResult]:
    gx = _import()
    asset = data_source.get_asset(suite.relation)
    batch = asset.get_batch(asset.build_batch_request())
    expectations = gx.ExpectationSuite(
        name=suite.relation, expectations=[_expectation(gx, suite, check) for check in suite.checks]
    )
    outcome = batch.validate(expectations, result_format=RESULT_FORMAT)
    by_name = {result.expectation_config.meta["check"]: result for result in outcome.results}
    n_rows = _count_rows(data_source, suite.relation)
    return [_result(suite, check, by_name[check.name], n_rows) for check in suite.checks]


def _expectation(gx: Any, suite: Suite, check: Check) -> Any:
    from flows.checks.expectation import ExpectNoUnexpectedRows

    common: dict[str, Any] = {"meta": {"check": check.name}, "severity": check.severity}
    query = check.query(suite.relation)
    if query is not None:
        return ExpectNoUnexpectedRows(unexpected_rows=query, **common)
    kind = getattr(gx.expectations, check.expectation or "")
    return kind(**check.arguments, **common)


def _count_rows(data_source: Any, relation: str) -> int | None:
    """Rows of the relation; None where a version lacks it or is damaged there: its checks say so."""
    with data_source.get_execution_engine().get_connection() as connection:
        try:
            return int(connection.exec_driver_sql(f"SELECT count(*) FROM {relation}").scalar_one())
        except DBAPIError:
            return None


def _result(suite: Suite, check: Check, result: Any, n_rows: int | None) -> CheckResult:
    failure = _exception(result)
    found = result.result or {}
    severity: Severity = "critical" if failure else check.severity
    return CheckResult(
        table_name=suite.relation,
        check_name=check.name,
        severity=severity,
        passed=bool(result.success) and failure is None,
        n_rows=n_rows,
        n_unexpected=_n_unexpected(found, bool(result.success)),
        sample=failure or _sample(found, bool(result.success)),
    )


def _exception(result: Any) -> str | None:
    """The message of the exception that kept a check from running."""
    information = result.exception_info or {}
    entries = [information] if "raised_exception" in information else list(information.values())
    for entry in entries:
        if isinstance(entry, dict) and entry.get("raised_exception"):
            return f"the check could not run: {entry.get('exception_message')}"[:SAMPLE_CHARACTERS]
    return None


def _n_unexpected(found: dict[str, Any], passed: bool) -> int:
    """Offending rows; for a check on the whole relation 1 where it failed."""
    if "unexpected_count" in found:
        return int(found["unexpected_count"] or 0)  # None of an empty relation
    return 0 if passed else 1


def _sample(found: dict[str, Any], passed: bool) -> str | None:
    if passed:
        return None
    rows = found.get("partial_unexpected_list")
    shown = (
        rows[:SAMPLE_ROWS] if isinstance(rows, list) else found.get("observed_value", found.get("details"))
    )
    return json.dumps(shown, default=str, ensure_ascii=False)[:SAMPLE_CHARACTERS]
