"""The errors that text modules raise.

Errors only for what a caller cannot go on with; expected dirt is a verdict (`Rejection`).

    TextError (ValueError)
    └── UndecodableError        no encoding fits the bytes
        └── BinaryContentError  the bytes are no text at all
"""

from __future__ import annotations

import traceback
from pathlib import Path

MAX_MESSAGE = 500
"""Characters of an error's message that are told; some quote the whole input."""


class TextError(ValueError):
    """Base of all errors of flows.text. `reason` is the snake_case verdict for a `Rejection`."""

    reason = "bad_text"


class UndecodableError(TextError):
    """No encoding fits the bytes."""

    reason = "undecodable"


class BinaryContentError(UndecodableError):
    """The bytes are no text: NUL or other control characters stand in it."""

    reason = "binary"


def describe_fault(error: Exception) -> str:
    """Name, message and place of a raised error that nobody foresaw: "KeyError: 'a' (page.py:12)"."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    message = f"{type(error).__name__}: {error}"[:MAX_MESSAGE]
    return f"{message} ({Path(place.filename).name}:{place.lineno})"
