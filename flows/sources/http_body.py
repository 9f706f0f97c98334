"""The body of a stored HTTP response, its transfer and content encodings undone."""

from __future__ import annotations

import re
import zlib
from email.message import Message

from flows.sources.errors import TooLargeError, UnknownCodingError
from flows.sources.limits import ReadLimits

CHUNK_SIZE = re.compile(rb"\s*([0-9a-fA-F]{1,16})[^\r\n]{0,1000}\r?\n")
GZIP_OR_ZLIB_WINDOW = zlib.MAX_WBITS | 32
RAW_DEFLATE_WINDOW = -zlib.MAX_WBITS
IDENTITY = frozenset(["", "identity"])


def decode_body(body: bytes, headers: Message, limits: ReadLimits) -> bytes:
    """The content. Archives often store it decoded and keep the header, so what is not encoded passes.

    Raises UnknownCodingError for a coding that is not gzip or deflate, TooLargeError, zlib.error.
    """
    if str(headers.get("Transfer-Encoding", "")).strip().lower() == "chunked":
        body = _join_chunks(body)
    for coding in reversed(str(headers.get("Content-Encoding", "")).lower().split(",")):
        body = _undo(coding.strip(), body, limits)
    return body


def _undo(coding: str, body: bytes, limits: ReadLimits) -> bytes:
    if coding in IDENTITY or body[:1] in (b"<", b"\n", b"\r", b" "):
        return body
    if coding in ("gzip", "x-gzip"):
        return _inflate(body, GZIP_OR_ZLIB_WINDOW, limits)
    if coding == "deflate":
        # Some servers send raw deflate under this name, most a zlib stream.
        is_zlib = body[:1] == b"\x78"
        return _inflate(body, GZIP_OR_ZLIB_WINDOW if is_zlib else RAW_DEFLATE_WINDOW, limits)
    raise UnknownCodingError(f"content coding {coding!r}; known: gzip, deflate")


def _inflate(body: bytes, window: int, limits: ReadLimits) -> bytes:
    content = zlib.decompressobj(window).decompress(body, limits.document_bytes + 1)
    if len(content) > limits.document_bytes:
        raise TooLargeError(f"more than {limits.document_bytes} bytes unpacked")
    return content


def _join_chunks(body: bytes) -> bytes:
    """The chunks joined; a body that is not chunked, whatever its header says, as it is."""
    chunks: list[bytes] = []
    position = 0
    while match := CHUNK_SIZE.match(body, position):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(chunks)
        chunks.append(body[match.end() : match.end() + size])
        position = match.end() + size
    return b"".join(chunks) if position >= len(body) and chunks else body
