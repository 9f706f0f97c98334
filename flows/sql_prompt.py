"""`copydesk sql`: one query, or a conversation."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from duckdb import ExpectedResultType

from flows.store.output import Format, write_result
from flows.store.query import QueryError, QueryTimeoutError, time_limit

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WELCOME = """Copydesk SQL, read-only. A query ends with a semicolon.
  SHOW TABLES;            what there is
  DESCRIBE articles;      its columns
  FROM claims LIMIT 5;    its rows
Leave with Ctrl-D."""
SEVERAL: tuple[Format, ...] = ("table", "markdown")
"""Formats in which one result can follow another."""


def answer(connection: DuckDBPyConnection, query: str, *, output: Format, timeout: float) -> None:
    """Writes the result of each query to standard output. Raises QueryError, QueryTimeoutError."""
    with time_limit(connection, timeout):
        statements = connection.extract_statements(query)
    n_results = sum(
        statement.expected_result_type == [ExpectedResultType.QUERY_RESULT] for statement in statements
    )
    if n_results > 1 and output not in SEVERAL:
        raise QueryError(
            f"{n_results} queries, and {output} holds the result of one: ask them one by one, "
            f"or use --format {' or '.join(SEVERAL)}"
        )
    for statement in statements:
        with time_limit(connection, timeout):
            write_result(connection, statement, output=output, out=sys.stdout.buffer)


def converse(connection: DuckDBPyConnection, *, output: Format, timeout: float) -> None:
    """Reads queries until the input ends: from a terminal with a prompt, from a pipe without."""
    if not sys.stdin.isatty():
        answer(connection, _read_pipe(), output=output, timeout=timeout)
        return
    print(WELCOME, file=sys.stderr)
    for query in _prompt():
        try:
            answer(connection, query, output=output, timeout=timeout)
        except (QueryError, QueryTimeoutError) as error:
            print(error, file=sys.stderr)


def _read_pipe() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(f"the queries on standard input are not UTF-8: {error}") from error


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
