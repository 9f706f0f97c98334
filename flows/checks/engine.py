"""Great Expectations inside DuckDB: no table is loaded into Python.

Great Expectations brings no DuckDB engine. Its SQLAlchemy engine becomes one by three changes: one
connection stays open (results cannot be fetched after their connection went back), it is given back
in `close`, and a dialect module tells which regular expressions to write.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Literal

import duckdb_sqlalchemy
import sqlalchemy
from great_expectations.datasource.fluent.sql_datasource import SQLDatasource
from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine


def _dialect_module() -> ModuleType:
    module = ModuleType("copydesk_duckdb_dialect")
    for name in ("types", "String", "Integer", "BigInteger", "Float", "Date", "DateTime", "Boolean"):
        setattr(module, name, getattr(sqlalchemy, name))
    module.dialect = duckdb_sqlalchemy.Dialect  # type: ignore[attr-defined]
    # With this name present Great Expectations writes REGEXP_MATCHES, which DuckDB has.
    module.DremioDialect = duckdb_sqlalchemy.Dialect  # type: ignore[attr-defined]
    return module


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    """Great Expectations' SQLAlchemy engine on one DuckDB connection that stays open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dialect_module = _dialect_module()

    @contextmanager
    def get_connection(self) -> Iterator[sqlalchemy.Connection]:
        """The one connection, opened when it is first needed."""
        if not self._connection:
            # No transaction over all checks: one that runs out of memory would abort the rest.
            self._connection = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        yield self._connection

    def close(self) -> None:
        """Gives the connection back, so that the file can be opened for writing again."""
        if self._connection:
            self._connection.close()
            self._connection = None
        super().close()


class DuckDBDatasource(SQLDatasource):
    """A Great Expectations data source for a DuckDB file."""

    type: Literal["duckdb"] = "duckdb"  # type: ignore[assignment]

    @property
    def execution_engine_type(self) -> builtins.type[SqlAlchemyExecutionEngine]:
        """The engine that runs the checks."""
        return DuckDBExecutionEngine
