"""Wrong data put between the stages: each fault is caught by the check meant for it."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import duckdb
import pytest
from checks.faults import PLANTED, Fault
from support import ROOT

from flows.checks.run import run_checks
from flows.checks.suites import Suite, load_suites

QUALITY_PAGE = ROOT / "docs" / "quality.md"
BEGIN, END = "<!-- planted faults: begin -->\n", "<!-- planted faults: end -->\n"


def plant(fault: Fault, warehouse: Path, folder: Path) -> Path:
    """A copy of the published database with the fault in it."""
    database = folder / "planted.duckdb"
    shutil.copyfile(warehouse / "news.duckdb", database)
    with duckdb.connect(str(database)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for statement in fault.plant:
            connection.execute(statement)
    return database


@cache
def default_suites() -> list[Suite]:
    """Read once: reading takes about as long as a check."""
    return load_suites()


def suites_with(fault: Fault) -> list[Suite]:
    """The suites with the fault's limits."""
    return load_suites(quality={fault.relation: {fault.check: fault.limits}})


def meant_for(fault: Fault) -> Suite:
    """The suite with the one check that must catch the fault."""
    suites = suites_with(fault) if fault.limits else default_suites()
    suite = next(suite for suite in suites if suite.short_name == fault.relation)
    checks = tuple(check for check in suite.checks if check.name == fault.check)
    return Suite(relation=suite.relation, checks=checks)


def faults_table() -> str:
    """The list of planted faults as the docs show it."""
    severities = {
        (suite.short_name, check.name): check.severity for suite in load_suites() for check in suite.checks
    }
    rows = [
        f"| {fault.what} | `{fault.relation}` | `{fault.check}` | "
        f"{severities[fault.relation, fault.check]} |\n"
        for fault in PLANTED
    ]
    return "| planted fault | relation | caught by | severity |\n|---|---|---|---|\n" + "".join(rows)


def test_a_clean_corpus_gives_no_failure(example_warehouse: Path) -> None:
    results = run_checks(example_warehouse / "news.duckdb")
    assert [(item.table_name, item.check_name, item.sample) for item in results if not item.passed] == []


@pytest.mark.parametrize("fault", PLANTED, ids=lambda fault: fault.what.replace(" ", "_"))
def test_a_planted_fault_is_caught_by_the_check_meant_for_it(
    fault: Fault, example_warehouse: Path, tmp_path: Path
) -> None:
    (result,) = run_checks(plant(fault, example_warehouse, tmp_path), [meant_for(fault)])
    assert not result.passed
    assert "could not run" not in (result.sample or "")
    assert result.n_unexpected


def test_the_list_is_long_enough_and_in_the_docs() -> None:
    assert len(PLANTED) >= 30
    page = QUALITY_PAGE.read_text(encoding="utf-8")
    assert with_table(page) == page, (
        "write it again: PYTHONPATH=.:tests python tests/checks/test_planted_faults.py"
    )


def with_table(page: str) -> str:
    """The page with the list as it is now."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + faults_table() + END + rest.split(END)[1]


if __name__ == "__main__":
    QUALITY_PAGE.write_text(with_table(QUALITY_PAGE.read_text(encoding="utf-8")), encoding="utf-8")
