"""The errors that text modules raise.

Errors only for what a caller cannot go on with; expected dirt is a verdict (`Rejection`).

    TextError (ValueError)
    └── UndecodableError        no encoding fits the bytes
        └── BinaryContentError  the bytes are no text at all
"""

from __future__ import annotations


class TextError(ValueError):
    """Base of all errors of flows.text. `reason` is the snake_case verdict for a `Rejection`."""

    reason = "bad_text"


class UndecodableError(TextError):
    """No encoding fits the bytes."""

    reason = "undecodable"


class BinaryContentError(UndecodableError):
    """The bytes are no text: NUL or other control characters stand in it."""

    reason = "binary"
