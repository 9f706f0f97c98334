"""The checks and the gate, on small real databases."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from flows.checks.gate import judge
from flows.checks.run import run_checks
from flows.checks.suites import Check, Suite, SuiteError, load_suites
from flows.store.relations import load_relations


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "built.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE t AS SELECT range AS id, 'x' || range AS name FROM range(10)")
        connection.execute("CREATE TABLE nothing (id INTEGER)")
    return path


def suite(*checks: Check, relation: str = "main.t") -> Suite:
    return Suite(relation=relation, checks=checks)


def test_offending_rows_are_counted_and_shown(database: Path) -> None:
    too_big = Check(
        name="too_big", severity="warning", unexpected_rows="SELECT id FROM {batch} AS c WHERE id > 6"
    )
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


def test_an_empty_relation_does_not_pass_silently(database: Path) -> None:
    rows = Check(
        name="nothing_there",
        severity="critical",
        expectation="ExpectTableRowCountToBeBetween",
        arguments={"min_value": 1},
    )
    (result,) = run_checks(database, [suite(rows, relation="main.nothing")])
    assert not result.passed


def test_a_warning_publishes_and_no_result_at_all_does_not(database: Path) -> None:
    warning = Check(
        name="big", severity="warning", unexpected_rows="SELECT id FROM {batch} AS c WHERE id > 6"
    )
    verdict = judge(run_checks(database, [suite(warning)]))
    assert verdict.may_publish
    assert [result.check_name for result in verdict.warnings] == ["big"]
    assert not judge([]).may_publish


def test_the_database_can_be_written_again_after_the_checks(database: Path) -> None:
    run_checks(
        database, [suite(Check(name="any", severity="info", unexpected_rows="SELECT id FROM {batch} AS c"))]
    )
    with duckdb.connect(str(database)) as connection:
        connection.execute("CREATE TABLE after_checks (id INTEGER)")


def test_every_relation_of_main_has_a_suite_with_row_count_and_columns() -> None:
    suites = {item.relation: {check.expectation for check in item.checks} for item in load_suites()}
    relations = {relation.qualified_name for relation in load_relations() if relation.schema == "main"}
    assert relations <= set(suites)
    needed = {"ExpectTableRowCountToBeBetween", "ExpectTableColumnsToMatchSet"}
    assert [name for name in sorted(relations) if not needed <= suites[name]] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("checks: [{name: a, severity: bad, unexpected_rows: x}]", "severity"),
        ("checks: [{name: a, severity: info}]", "either `expectation` or `unexpected_rows`"),
        ("checks: [", "not a suite"),
    ],
)
def test_a_broken_suite_says_where(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "articles.yaml").write_text(text)
    with pytest.raises(SuiteError, match=message):
        load_suites(tmp_path)
