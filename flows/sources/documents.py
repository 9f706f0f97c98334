"""Single documents: a text file, a saved page, a page saved as MHTML."""

from __future__ import annotations

import email
import email.policy
import hashlib
from collections.abc import Iterator
from email.message import EmailMessage
from typing import BinaryIO

from flows.sources.limits import ReadLimits
from flows.sources.streams import read_all
from flows.text.types import DeclaredMetadata, MediaType, RawDocument, Rejection

Documents = Iterator[RawDocument | Rejection]


def read_text(stream: BinaryIO, source_uri: str, limits: ReadLimits) -> Documents:
    """The one document of a .txt file."""
    yield _document(read_all(stream, limits), source_uri, "text/plain")


def read_html(stream: BinaryIO, source_uri: str, limits: ReadLimits) -> Documents:
    """The one document of a saved page."""
    yield _document(read_all(stream, limits), source_uri, "text/html")


def read_mhtml(stream: BinaryIO, source_uri: str, limits: ReadLimits) -> Documents:
    """The page in a MIME HTML file, at the address that it was saved from."""
    content = read_all(stream, limits)
    message = email.message_from_bytes(content, policy=email.policy.default)
    page = _find_page(message)
    if page is None:
        yield Rejection(source_uri, "no_page", "the MHTML file holds no part of type text/html")
        return
    payload = page.get_payload(decode=True)
    yield RawDocument(
        document_id=hashlib.sha256(content).hexdigest(),
        source_uri=source_uri,
        content=payload if isinstance(payload, bytes) else b"",
        media_type="text/html",
        declared=DeclaredMetadata(url=_address(message, page)),
        encoding=page.get_content_charset(),
    )


def _document(content: bytes, source_uri: str, media_type: MediaType) -> RawDocument | Rejection:
    if not content.strip():
        return Rejection(source_uri, "empty", f"{len(content)} bytes, none but white space")
    return RawDocument(hashlib.sha256(content).hexdigest(), source_uri, content, media_type)


def _find_page(message: EmailMessage) -> EmailMessage | None:
    parts = (part for part in message.walk() if part.get_content_type() == "text/html")
    return next((part for part in parts if isinstance(part, EmailMessage)), None)


def _address(message: EmailMessage, page: EmailMessage) -> str | None:
    names = ("Snapshot-Content-Location", "Content-Location")
    found = [str(part[name]) for name in names for part in (message, page) if part[name]]
    return next((address for address in found if address.startswith(("http://", "https://"))), None)
