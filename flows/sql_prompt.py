"""`copydesk sql`: one query, or a conversation."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flows.store.output import Format, write_result
from flows.store.query import QueryError, QueryTimeoutError, time_limit

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WELCOME = """Copydesk SQL, read-only. A query ends with a semicolon.
  SHOW TABLES;            what there is
  DESCRIBE articles;      its columns
  FROM claims LIMIT 5;    its rows
Leave with Ctrl-D."""


def answer(connection: DuckDBPyConnection, query: str, *, output: Format, timeout: float) -> None:
    """Writes the query's result to standard output. Raises QueryError, QueryTimeoutError."""
    with time_limit(connection, timeout):
        write_result(connection, query, output=output, out=sys.stdout.buffer)


def converse(connection: DuckDBPyConnection, *, output: Format, timeout: float) -> None:
    """Reads queries until the input ends: from a terminal with a prompt, from a pipe without."""
    if not sys.stdin.isatty():
        for query in _split(sys.stdin.read()):
            answer(connection, query, output=output, timeout=timeout)
        return
    print(WELCOME, file=sys.stderr)
    for query in _prompt():
        try:
            answer(connection, query, output=output, timeout=timeout)
        except (QueryError, QueryTimeoutError) as error:
            print(error, file=sys.stderr)


def _split(text: str) -> list[str]:
    import duckdb

    return [statement.query for statement in duckdb.extract_statements(text)]


def _prompt() -> Iterator[str]:
    from prompt_toolkit import PromptSession

    session: PromptSession[str] = PromptSession()
    lines: list[str] = []
    while True:
        try:
            lines.append(session.prompt("copydesk> " if not lines else "     ...> "))
        except KeyboardInterrupt:
            lines = []
            continue
        except EOFError:
            return
        if "".join(lines).rstrip().endswith(";"):
            yield "\n".join(lines)
            lines = []
