"""What can go wrong with an input, each error with the reason of its row in `rejected_inputs`.

    SourceError
    ├── InputNotFoundError    bad usage: a path or glob that names nothing
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

`explain` gives the reason of these and of what libraries raise on damaged data.
"""

from __future__ import annotations

import zipfile
import zlib


class SourceError(Exception):
    """Base of all errors of flows.sources; `reason` is snake_case and stable."""

    reason = "unreadable"


class InputNotFoundError(SourceError):
    """A path or glob that names nothing."""

    reason = "not_found"


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


DAMAGE: tuple[type[Exception], ...] = (
    SourceError,
    OSError,
    EOFError,
    zlib.error,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
)
"""What reading an input may raise; NotImplementedError is zipfile's word for a packing it cannot undo."""


def explain(error: Exception) -> tuple[str, str]:
    """Reason and detail of a rejection for what reading an input raised."""
    return _reason(error), f"{error}" or type(error).__name__


def _reason(error: Exception) -> str:
    if isinstance(error, SourceError):
        return error.reason
    if isinstance(error, EOFError):
        return "truncated"
    if isinstance(error, (zlib.error, zipfile.BadZipFile, NotImplementedError)):
        return "damaged"
    return "unreadable"
