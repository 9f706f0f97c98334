"""Web archives: the HTML pages among the responses, streamed.

Read by hand: the format is a few header lines and a length, and an archive that was cut or damaged
must tell at which record, which the libraries for it do not.
"""

from __future__ import annotations

import hashlib
import http.client
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from typing import BinaryIO

from flows.sources.documents import Documents
from flows.sources.errors import SourceError, TooLargeError, explain
from flows.sources.http_body import decode_body
from flows.sources.limits import ReadLimits
from flows.sources.streams import BUFFER_BYTES
from flows.text.types import DeclaredMetadata, RawDocument, Rejection

VERSION = b"WARC/"
MAX_LINE_BYTES = 64 * 1024
MAX_HEADERS = 1000
HTML_TYPES = frozenset(["text/html", "application/xhtml+xml"])
OK = "200"
N_BYTES = re.compile(r"[0-9]{1,18}")


class WarcError(SourceError):
    """A record that does not follow the format."""

    reason = "damaged"


@dataclass(frozen=True, slots=True)
class Record:
    """One record; `block` is None where it is larger than the limit or of no interest."""

    headers: Mapping[str, str]
    block: bytes | None


def read_warc(stream: BinaryIO, source_uri: str, limits: ReadLimits) -> Documents:
    """Every response with status 200 that is an HTML page; `#n` counts all records of the file.

    A file that was cut gives its whole pages and a rejection at the record where it ends; after a
    damaged record the next one is looked for.
    """
    number, n_pages = 0, 0
    while (n_stray := _find_record(stream)) is not None:
        number += 1
        uri = f"{source_uri}#{number}"
        if n_stray:
            yield Rejection(uri, "damaged", f"{n_stray} bytes before record {number} belong to none")
        try:
            page = _read_page(_read_record(stream, limits), uri, limits)
        except EOFError as error:
            yield Rejection(uri, "truncated", f"the file ends inside record {number}: {error}")
            return
        except Exception as error:
            reason, detail = explain(error)
            page = Rejection(uri, reason, f"record {number}: {detail}")
        if page is not None:
            n_pages += 1
            yield page
    if not n_pages:
        yield Rejection(source_uri, "no_page", f"none of {number} records is a response that is an HTML page")


def _find_record(stream: BinaryIO) -> int | None:
    """Reads past the line "WARC/1.0" of the next record and counts the bytes before it; None at the end."""
    n_stray = 0
    while line := stream.readline(MAX_LINE_BYTES):
        if line.startswith(VERSION):
            return n_stray
        n_stray += len(line.strip())
    return None


def _read_record(stream: BinaryIO, limits: ReadLimits) -> Record:
    headers = dict(_read_headers(stream))
    length = headers.get("content-length", "")
    if not N_BYTES.fullmatch(length):
        raise WarcError(f"its Content-Length is {length[:80]!r}, not a number of bytes")
    if headers.get("warc-type") != "response" or int(length) > limits.document_bytes:
        _skip(stream, int(length))
        return Record(headers, None)
    block = stream.read(int(length))
    if len(block) < int(length):
        raise EOFError(f"{len(block)} of {length} bytes are there")
    return Record(headers, block)


def _read_headers(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    for _ in range(MAX_HEADERS):
        line = stream.readline(MAX_LINE_BYTES)
        if not line.endswith(b"\n"):
            raise EOFError("its header is cut")
        if not line.strip():
            return
        name, colon, value = line.decode("utf-8", errors="replace").partition(":")
        if not colon:
            raise WarcError(f"{name.strip()[:80]!r} is no header line")
        yield name.strip().lower(), value.strip()
    raise WarcError(f"more than {MAX_HEADERS} header lines")


def _skip(stream: BinaryIO, n_bytes: int) -> None:
    while n_bytes > 0:
        data = stream.read(min(n_bytes, BUFFER_BYTES))
        if not data:
            raise EOFError(f"{n_bytes} bytes are missing")
        n_bytes -= len(data)


def _read_page(record: Record, uri: str, limits: ReadLimits) -> RawDocument | Rejection | None:
    """The page in a record; None where the record is something else."""
    if record.headers.get("warc-type") != "response":
        return None
    if record.block is None:
        raise TooLargeError(f"more than {limits.document_bytes} bytes")
    file = io.BytesIO(record.block)
    status = file.readline(MAX_LINE_BYTES).split(maxsplit=2)
    headers = _parse_http_headers(file)
    if len(status) < 2 or status[1].decode("latin-1") != OK or headers.get_content_type() not in HTML_TYPES:
        return None
    content = decode_body(file.read(), headers, limits)
    if not content.strip():
        return Rejection(uri, "empty", "the response has no content")
    return RawDocument(
        document_id=hashlib.sha256(content).hexdigest(),
        source_uri=uri,
        content=content,
        media_type="text/html",
        declared=DeclaredMetadata(url=record.headers.get("warc-target-uri", "").strip("<>") or None),
        encoding=headers.get_content_charset(),
        fetched_at=_parse_instant(record.headers.get("warc-date", "")),
    )


def _parse_http_headers(file: io.BytesIO) -> Message:
    try:
        return http.client.parse_headers(file)
    except http.client.HTTPException as error:
        raise WarcError(f"its HTTP header cannot be read: {error}") from error


def _parse_instant(value: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(value)
        return instant.astimezone(UTC) if instant.tzinfo else None
    except (ValueError, OverflowError):  # "0001-01-01T00:00:00+14:00" is before all instants
        return None
