"""What can go wrong with an input, each error with the reason of its row in `rejected_inputs`.

    SourceError
    ├── InputNotFoundError    bad usage: a path or glob that names nothing
    ├── NotAFileError         a pipe, a device: reading it might never end
    ├── TooLargeError         a document over the size limit
    ├── EncryptedError        an archive member that wants a password
    ├── UnknownCodingError    a page packed in a way that cannot be undone
    ├── ArchiveBombError      packed data that unfolds beyond reason
    └── FetchError            an address that gave no document
        ├── PrivateAddressError
        ├── RobotsDisallowedError
        ├── TooManyRedirectsError
        ├── HttpStatusError
        └── UnreachableError

`explain` gives the reason of these and of whatever else is raised while an input is read.
"""

from __future__ import annotations

import zipfile
import zlib

from flows.text.errors import TextError, describe_fault

UNREADABLE = "unreadable"
"""What the system could not read, which may pass."""
UNFORESEEN = "reading_failed"
"""What no reader foresaw."""


class SourceError(Exception):
    """Base of all errors of flows.sources; `reason` is snake_case and stable."""

    reason = UNREADABLE


class InputNotFoundError(SourceError):
    """A path or glob that names nothing."""

    reason = "not_found"


class NotAFileError(SourceError):
    """A pipe, a device or a socket: reading it might never end."""

    reason = "not_a_file"


class TooLargeError(SourceError):
    """A document over the size limit."""

    reason = "too_large"


class EncryptedError(SourceError):
    """An archive member that wants a password."""

    reason = "encrypted"


class UnknownCodingError(SourceError):
    """A page packed in a way that cannot be undone."""

    reason = "unknown_coding"


class ArchiveBombError(SourceError):
    """Packed data that unfolds beyond reason."""

    reason = "archive_bomb"


class FetchError(SourceError):
    """An address that gave no document; `is_passing` where a later attempt may succeed."""

    reason = "fetch_failed"
    is_passing = False


class PrivateAddressError(FetchError):
    """A host that is not on the public internet."""

    reason = "private_address"


class RobotsDisallowedError(FetchError):
    """The site's robots.txt forbids it."""

    reason = "robots_disallowed"


class TooManyRedirectsError(FetchError):
    """Redirects in a ring, or more than the limit."""

    reason = "too_many_redirects"


class HttpStatusError(FetchError):
    """An answer that is neither success nor "not modified"."""

    reason = "http_status"

    def __init__(self, message: str, *, is_passing: bool) -> None:
        super().__init__(message)
        self.is_passing = is_passing


class UnreachableError(FetchError):
    """No answer: no such host, connection refused, or out of time."""

    reason = "unreachable"
    is_passing = True


def explain(error: Exception) -> tuple[str, str]:
    """Reason and detail of a rejection for what reading an input raised.

    What nobody foresaw is named with its place.
    """
    reason = _reason(error)
    if reason == UNFORESEEN:
        return reason, describe_fault(error)
    if isinstance(error, OSError) and error.strerror:
        advice = ": check its permissions" if isinstance(error, PermissionError) else ""
        return reason, f"{error.strerror}{advice}"
    return reason, f"{error}" or type(error).__name__


def _reason(error: Exception) -> str:
    if isinstance(error, (SourceError, TextError)):
        return error.reason
    if isinstance(error, EOFError):
        return "truncated"
    # NotImplementedError is zipfile's word for a packing that it cannot undo.
    if isinstance(error, (zlib.error, zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError)):
        return "damaged"
    if isinstance(error, OSError):
        return UNREADABLE if error.errno else "damaged"  # bz2 raises OSError without a number
    return UNFORESEEN
