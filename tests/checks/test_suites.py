"""The suites themselves: complete, readable, adjustable, and never silent about an empty relation."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from flows.checks.run import run_checks
from flows.checks.suites import SuiteError, load_suites
from flows.store.relations import load_relations

MAY_BE_EMPTY = {
    "main.origins": "the examples name no article that came from elsewhere",
}


def test_every_relation_has_a_suite_and_main_one_with_its_columns() -> None:
    suites = {item.relation: {check.name for check in item.checks} for item in load_suites()}
    relations = {relation.qualified_name for relation in load_relations() if relation.schema != "raw"}
    assert relations == set(suites)
    main = {name for name in relations if name.startswith("main.")}
    assert [name for name in sorted(main) if "columns_not_as_documented" not in suites[name]] == []


def test_an_empty_relation_never_passes_silently(example_warehouse: Path, tmp_path: Path) -> None:
    database = tmp_path / "emptied.duckdb"
    shutil.copyfile(example_warehouse / "news.duckdb", database)
    silent = []
    for suite in load_suites():
        if suite.relation.startswith("main.") and suite.relation not in MAY_BE_EMPTY:
            filled = empty_view(database, suite.short_name)
            results = run_checks(database, [suite])
            restore(database, filled)
            if all(result.passed or result.severity != "critical" for result in results):
                silent.append(suite.relation)
    assert silent == []


def empty_view(database: Path, name: str) -> str:
    """Makes the view give no rows; gives the statement that makes it again."""
    with duckdb.connect(str(database)) as connection:
        found = connection.execute("SELECT sql FROM duckdb_views() WHERE view_name = ?", [name]).fetchall()
        statement = str(found[0][0]).rstrip("; \n")
        query = statement.split(" AS ", 1)[1]
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM ({query}) LIMIT 0")
    return statement.replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1)


def restore(database: Path, statement: str) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute(statement)


def test_severities_and_limits_are_settings() -> None:
    quality = {"articles": {"published_in_the_future": {"severity": "warning", "days_ahead": 3}}}
    suite = next(item for item in load_suites(quality=quality) if item.short_name == "articles")
    check = next(item for item in suite.checks if item.name == "published_in_the_future")
    assert check.severity == "warning"
    assert "+ 3" in (check.query("main.articles") or "")
    assert "main.articles" in (check.query("main.articles") or "")


@pytest.mark.parametrize(
    ("quality", "message"),
    [
        ({"artcles": {}}, "no such relation; known: .*articles"),
        ({"articles": {"future": {}}}, "no such check; known: .*published_in_the_future"),
        (
            {"articles": {"published_in_the_future": {"days": 3}}},
            "must be a table of these: severity, days_ahead",
        ),
        ({"articles": 3}, "must be a table of checks"),
        ({"articles": {"published_in_the_future": 0}}, "must be a table of these: severity, days_ahead"),
        ({"articles": {"published_in_the_future": {"days_ahead": float("nan")}}}, "days_ahead is 'nan': "),
        ({"articles": {"published_in_the_future": {"days_ahead": True}}}, "days_ahead is 'True': "),
        ({"articles": {"published_in_the_future": 3}}, "must be a table of these: severity, days_ahead"),
        ({"articles": {"published_in_the_future": {"severity": "bad"}}}, "published_in_the_future"),
        ({"articles": {"published_in_the_future": {"days_ahead": "x; DROP"}}}, "published_in_the_future"),
    ],
)
def test_a_setting_for_no_check_says_what_there_is(
    quality: dict[str, dict[str, object]], message: str
) -> None:
    with pytest.raises(SuiteError, match=message) as told:
        load_suites(quality=quality)  # type: ignore[arg-type]
    assert "pydantic" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("checks: [{name: a, severity: bad, unexpected_rows: x}]", "severity"),
        ("checks: [{name: a, severity: info}]", "either `expectation` or `unexpected_rows`"),
        ("checks: [{name: a, severity: info, unexpected_rows: 'x {days}'}]", "uses limits"),
        (
            "checks: [&a {name: a, severity: info, unexpected_rows: x}, *a]",
            "two",
        ),
        ("checks: [", "not a suite"),
    ],
)
def test_a_broken_suite_says_where(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "articles.yaml").write_text(text)
    with pytest.raises(SuiteError, match=message):
        load_suites(tmp_path)
