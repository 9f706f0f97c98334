"""Queries by readers: read-only, on the published database, with no way out of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from flows.store.damage import DamagedVersionError, find_damage


class NoPublishedVersionError(FileNotFoundError):
    """Nothing has been published in this warehouse yet."""


class QueryTimeoutError(TimeoutError):
    """A query ran into its time limit."""


class QueryError(ValueError):
    """A query that DuckDB refuses; the message is DuckDB's."""


def require_published(database: Path) -> Path:
    """The path back, where a version is published. Raises NoPublishedVersionError, DamagedVersionError."""
    if not database.exists():
        raise NoPublishedVersionError(
            f"there is no {database} yet: run `copydesk run INPUT...` first, or name another --warehouse"
        )
    if damage := find_damage(database):
        raise DamagedVersionError(database, damage)
    return database


@contextmanager
def open_published(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection that reaches nothing but this database: no files, no network.

    Raises NoPublishedVersionError, and DamagedVersionError also where a block turns out to be damaged.
    """
    try:
        connection = duckdb.connect(str(require_published(database)), read_only=True)
    except duckdb.IOException as error:  # whole, but another program writes to it
        raise QueryError(str(error)) from error
    try:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection
    except duckdb.IOException as error:
        raise DamagedVersionError(database, error) from error
    finally:
        connection.close()


@contextmanager
def time_limit(connection: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """Interrupts what the connection does after so many seconds; raises QueryTimeoutError then."""
    expired = threading.Event()

    def interrupt() -> None:
        expired.set()
        connection.interrupt()

    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    except duckdb.InterruptException as error:
        if not expired.is_set():
            raise
        raise QueryTimeoutError(f"the query took longer than {seconds:g} s (--timeout)") from error
    except duckdb.Error as error:
        raise QueryError(str(error)) from error
    except RuntimeError as error:
        if isinstance(error.__cause__, KeyboardInterrupt):  # what DuckDB makes of Ctrl-C
            raise error.__cause__ from None
        raise
    finally:
        timer.cancel()
