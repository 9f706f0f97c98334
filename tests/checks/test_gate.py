"""The checks and the gate, on small real databases."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from flows.checks.gate import judge
from flows.checks.run import run_checks
from flows.checks.suites import Check, Suite


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "built.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE t AS SELECT range AS id, 'x' || range AS name FROM range(10)")
    return path


def suite(*checks: Check) -> Suite:
    return Suite(relation="main.t", checks=checks)


def test_offending_rows_are_counted_and_shown(database: Path) -> None:
    too_big = Check(name="too_big", severity="warning", unexpected_rows="SELECT id FROM {batch} WHERE id > 6")
    pattern = Check(
        name="odd_name",
        severity="critical",
        expectation="ExpectColumnValuesToMatchRegex",
        arguments={"column": "name", "regex": "^x[0-8]$"},
    )
    rows, names = run_checks(database, [suite(too_big, pattern)])
    assert (rows.passed, rows.n_unexpected, rows.n_rows, rows.severity) == (False, 3, 10, "warning")
    assert rows.sample == '[{"id": 7}, {"id": 8}, {"id": 9}]'
    assert (names.passed, names.n_unexpected, names.sample) == (False, 1, '["x9"]')


def test_a_check_that_cannot_run_is_critical(database: Path) -> None:
    lost = Check(
        name="lost",
        severity="info",
        expectation="ExpectColumnValuesToNotBeNull",
        arguments={"column": "gone"},
    )
    (result,) = run_checks(database, [suite(lost)])
    assert (result.passed, result.severity) == (False, "critical")
    assert "gone" in (result.sample or "")
    assert not judge([result]).may_publish


def test_a_query_that_cannot_run_is_critical(database: Path) -> None:
    lost = Check(name="lost", severity="info", unexpected_rows="SELECT gone FROM {batch}")
    (result,) = run_checks(database, [suite(lost)])
    assert (result.passed, result.severity) == (False, "critical")
    assert "gone" in (result.sample or "")


def test_a_relation_that_is_not_there_fails_its_checks(database: Path) -> None:
    lost = Check(name="lost", severity="warning", unexpected_rows="SELECT 1 FROM {batch} WHERE FALSE")
    columns = Check(
        name="columns",
        severity="warning",
        expectation="ExpectTableColumnsToMatchSet",
        arguments={"column_set": ["id"]},
    )
    results = run_checks(database, [Suite(relation="main.gone", checks=(lost, columns))])
    assert [(result.passed, result.severity, result.n_rows) for result in results] == [
        (False, "critical", None)
    ] * 2
    assert "gone" in (results[0].sample or "")


def test_more_rows_than_the_sample_shows_are_counted(database: Path) -> None:
    every = Check(name="every", severity="info", unexpected_rows="SELECT id FROM {batch} WHERE id > 0")
    (result,) = run_checks(database, [suite(every)])
    assert result.n_unexpected == 9
    assert result.sample == json.dumps([{"id": number} for number in range(1, 6)])


def test_a_warning_publishes_and_no_result_at_all_does_not(database: Path) -> None:
    warning = Check(name="big", severity="warning", unexpected_rows="SELECT id FROM {batch} WHERE id > 6")
    verdict = judge(run_checks(database, [suite(warning)]))
    assert verdict.may_publish
    assert [result.check_name for result in verdict.warnings] == ["big"]
    assert not judge([]).may_publish


def test_the_database_can_be_written_again_after_the_checks(database: Path) -> None:
    run_checks(
        database, [suite(Check(name="any", severity="info", unexpected_rows="SELECT id FROM {batch}"))]
    )
    with duckdb.connect(str(database)) as connection:
        connection.execute("CREATE TABLE after_checks (id INTEGER)")
