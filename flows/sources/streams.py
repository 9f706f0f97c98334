"""Byte streams over files, unpacked and guarded; nothing here knows what the bytes mean."""

from __future__ import annotations

import codecs
import io
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from flows.sources.errors import ArchiveBombError, TooLargeError
from flows.sources.limits import ReadLimits

BUFFER_BYTES = 256 * 1024
PACKED_BYTES = 16 * 1024
"""Read at once of packed data: little, so that a bomb shows early."""
GZIP_MAGIC = b"\x1f\x8b"
GZIP_WINDOW = zlib.MAX_WBITS | 16


class GuardedReader(io.RawIOBase):
    """Passes an unpacking stream on and stops it where it unfolds beyond reason."""

    def __init__(self, stream: BinaryIO, count_packed: Callable[[], int], limits: ReadLimits) -> None:
        self._stream, self._count_packed, self._limits = stream, count_packed, limits
        self._n_read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        data = self._stream.read(len(view))
        view[: len(data)] = data
        self._n_read += len(data)
        check_ratio(self._count_packed(), self._n_read, self._limits)
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def check_ratio(n_packed: int, n_unpacked: int, limits: ReadLimits) -> None:
    """Raises ArchiveBombError where so few packed bytes unfold to so many."""
    if n_unpacked > limits.pack_floor and n_unpacked > limits.pack_ratio * max(1, n_packed):
        raise ArchiveBombError(f"{n_packed} packed bytes gave more than {n_unpacked} bytes")


def guard(stream: BinaryIO, count_packed: Callable[[], int], limits: ReadLimits) -> BinaryIO:
    """`stream` buffered, raising ArchiveBombError where it unfolds beyond reason."""
    return cast(BinaryIO, io.BufferedReader(GuardedReader(stream, count_packed, limits), BUFFER_BYTES))


class GzipReader(io.RawIOBase):
    """Unpacks gzip of one or more members.

    Unlike the standard library's reader it gives all that stands before a cut before it raises.
    """

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._inflater = zlib.decompressobj(GZIP_WINDOW)
        self._data, self._in_member = b"", False
        self.n_packed = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        while self._fill():
            unpacked = self._inflater.decompress(self._data, len(view))
            self._data, self._in_member = self._inflater.unconsumed_tail, not self._inflater.eof
            if self._inflater.eof:
                self._data = self._inflater.unused_data.lstrip(b"\0")  # padding to a block's size
                self._inflater = zlib.decompressobj(GZIP_WINDOW)
            if unpacked:
                view[: len(unpacked)] = unpacked
                return len(unpacked)
        return 0

    def _fill(self) -> bool:
        """Takes packed bytes where none are left; False at a proper end, EOFError at a cut."""
        if not self._data:
            self._data = self._packed.read(PACKED_BYTES)
            self.n_packed += len(self._data)
        if not self._data and self._in_member:
            raise EOFError(f"the gzip data is cut after {self.n_packed} bytes")
        return bool(self._data)


def unpack_gzip(stream: BinaryIO, limits: ReadLimits) -> BinaryIO:
    """What a gzip stream holds; reading raises EOFError where it was cut, zlib.error where damaged."""
    reader = GzipReader(stream)
    return guard(cast(BinaryIO, reader), lambda: reader.n_packed, limits)


def peek(stream: BinaryIO, n_bytes: int) -> bytes:
    """The next bytes without taking them: at most `n_bytes`, fewer at the end or from a pipe."""
    return stream.peek(n_bytes)[:n_bytes] if isinstance(stream, io.BufferedReader) else b""


def is_utf16(stream: BinaryIO) -> bool:
    """Whether the stream begins with the mark of UTF-16."""
    return peek(stream, 2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@contextmanager
def as_text(stream: BinaryIO, encoding: str, *, newline: str | None = None) -> Iterator[io.TextIOWrapper]:
    """The stream as text, what cannot be decoded replaced; the stream stays open afterwards."""
    text = io.TextIOWrapper(stream, encoding, errors="replace", newline=newline)
    try:
        yield text
    finally:
        text.detach()


@contextmanager
def as_utf8(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream, UTF-16 recoded: its line ends have two bytes, and lines could not be told."""
    if not is_utf16(stream):
        yield stream
        return
    with as_text(stream, "utf-16") as text:
        yield cast(BinaryIO, io.BufferedReader(_Recoder(text)))


class _Recoder(io.RawIOBase):
    """A text stream as UTF-8 bytes."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text, self._rest = text, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        if not self._rest:
            self._rest = self._text.read(BUFFER_BYTES).encode("utf-8", errors="replace")
        data, self._rest = self._rest[: len(view)], self._rest[len(view) :]
        view[: len(data)] = data
        return len(data)


def make_seekable(stream: BinaryIO) -> BinaryIO:
    """The stream, or its copy in a temporary file: zip and Parquet are read from their ends."""
    if stream.seekable():
        return stream
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
    shutil.copyfileobj(stream, file, BUFFER_BYTES)
    file.seek(0)
    return cast(BinaryIO, file)


def read_all(stream: BinaryIO, limits: ReadLimits) -> bytes:
    """The whole stream; raises TooLargeError beyond the limit, having read no more than that."""
    content = stream.read(limits.document_bytes + 1)
    if len(content) > limits.document_bytes:
        raise TooLargeError(f"more than {limits.document_bytes} bytes")
    return content


def read_lines(stream: BinaryIO, limits: ReadLimits) -> Iterator[tuple[int, bytes | None]]:
    """Number, counted from 1, and bytes of each line; None for a line over the limit, which is skipped."""
    number = 0
    while line := stream.readline(limits.document_bytes + 1):
        number += 1
        if len(line) <= limits.document_bytes:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(BUFFER_BYTES)
        yield number, None
