"""Offenders: the articles whose rows break a check, so that they can be set aside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import sqlalchemy

from flows.checks.run import CheckResult
from flows.checks.suites import Suite


def find_offending_articles(
    database: Path, failed: Iterable[CheckResult], suites: Sequence[Suite]
) -> dict[str, str]:
    """article_id → the first failed check that names it, as `relation: check`.

    A check whose rows have no article_id, such as one on a whole relation, names no article.
    """
    checks = {(suite.relation, check.name): check for suite in suites for check in suite.checks}
    offenders: dict[str, str] = {}
    engine = sqlalchemy.create_engine(f"duckdb:///{database}", connect_args={"read_only": True})
    try:
        with engine.connect() as connection:
            for result in failed:
                check = checks[result.table_name, result.check_name]
                for article_id in _article_ids(connection, check.query(result.table_name)):
                    offenders.setdefault(article_id, f"{result.table_name}: {result.check_name}")
    finally:
        engine.dispose()
    return offenders


def _article_ids(connection: sqlalchemy.Connection, query: str | None) -> list[str]:
    if query is None:
        return []
    columns = connection.exec_driver_sql(f"SELECT * FROM ({query}) LIMIT 0").keys()
    if "article_id" not in columns:
        return []
    found = connection.exec_driver_sql(
        f"SELECT DISTINCT article_id FROM ({query}) WHERE article_id IS NOT NULL ORDER BY article_id"
    )
    return [str(row[0]) for row in found]
