"""Damage: is a database file whole? Looks at what costs milliseconds: headers, catalogue, length."""

from __future__ import annotations

from pathlib import Path

import duckdb

HEADER_BYTES = 3 * 4096  # before the first block: DuckDB's storage format
_LOCKED = "Could not set lock on file"
"""Another program writes to the file: it may be whole."""


class DamagedVersionError(RuntimeError):
    """The published version cannot be read; the message says what is wrong and what to do."""

    def __init__(self, database: Path, detail: object) -> None:
        super().__init__(
            f"{database} cannot be read: {detail}\n"
            "`copydesk run INPUT...` builds and publishes it again, from what was read before; "
            "`copydesk rollback` publishes an older version at once."
        )


def find_damage(database: Path) -> str | None:
    """What is wrong with the file; None where it can be opened and has all its blocks.

    Raises PermissionError. A block that was overwritten, or cut off where others are free, shows only when it
    is read.
    """
    try:
        with database.open("rb"):
            pass
        with duckdb.connect(str(database), read_only=True) as connection:
            blocks = connection.execute("SELECT block_size * used_blocks FROM pragma_database_size()")
            needed = HEADER_BYTES + int((blocks.fetchone() or (0,))[0])
    except (FileNotFoundError, IsADirectoryError) as error:
        return str(error.strerror)
    except duckdb.Error as error:
        return None if _LOCKED in str(error) else str(error)
    n_bytes = database.stat().st_size
    return None if n_bytes >= needed else f"it has {n_bytes} of {needed} bytes"
