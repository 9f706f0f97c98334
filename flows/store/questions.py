"""The questions of `sql/report`: one query a file, asked of the published database by name."""

from __future__ import annotations

import duckdb
import polars as pl

from flows.resources import resource_folder
from flows.store.query import QueryError

Parameter = str | int | None


def ask(connection: duckdb.DuckDBPyConnection, name: str, **parameters: Parameter) -> pl.DataFrame:
    """The rows of `sql/report/NAME.sql`; `parameters` are its $names.

    Raises QueryError where the database lacks what is asked for: another version of Copydesk made it.
    """
    query = (resource_folder("sql") / "report" / f"{name}.sql").read_text(encoding="utf-8")
    try:
        return connection.execute(query, parameters).pl()
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        raise QueryError(
            f"the published version was made by another version of Copydesk and cannot answer {name!r}: "
            f"{error}\nRun `copydesk run` on anything new to build it again."
        ) from error
