"""How a command ends: one message and an exit status (see cli.py) for what a user can act on."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from typer.core import TyperGroup

MACHINE_ERRORS = frozenset(
    [
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EIO,
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOTDIR,
        errno.ENAMETOOLONG,
        errno.ELOOP,
    ]
)
"""What the machine or a name refuses: no fault of the program, whichever line runs into it."""


class InterruptedByUserError(Exception):
    """Ctrl-C or SIGTERM."""


class Commands(TyperGroup):
    """Tells an interrupt from a failure before Typer ends the process without a word, with 130."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command. Raises InterruptedByUserError."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise InterruptedByUserError from error


@contextmanager
def errors_as_messages() -> Iterator[None]:
    """One message and a status for what a user can act on; a fault of our own keeps its traceback."""
    try:
        yield
    except (InterruptedByUserError, KeyboardInterrupt):
        _stop("interrupted; the published version is unchanged", 1)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output went away, as `head` does
        raise SystemExit(1) from None
    except Exception as error:
        status = _exit_status(error)
        if status is None:
            raise
        _stop(str(error), status)


def _exit_status(error: Exception) -> int | None:
    """The status for an error that a user can act on; None for a fault of our own."""
    from flows.errors import CopydeskError

    if isinstance(error, CopydeskError):
        return error.exit_status
    if isinstance(error, OSError) and error.errno in MACHINE_ERRORS:
        return 1
    known = {
        "WarehouseLockedError": 4,
        "DamagedPartsError": 1,
        "DamagedVersionError": 1,
        "NoPublishedVersionError": 1,
        "QueryTimeoutError": 1,
        "QueryError": 1,
        "PermissionError": 1,
        "VersionError": 1,
        "InputNotFoundError": 2,
        "UnknownStoryError": 2,
        "UnusableOutputError": 2,
        "SettingsError": 2,
        "SuiteError": 2,
    }
    return known.get(type(error).__name__)


def _stop(message: str, status: int) -> None:
    print(f"copydesk: {message}", file=sys.stderr)
    raise SystemExit(status)
