"""Inputs as given on the command line to the items that are read: one a file or feed."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from flows.sources.errors import InputNotFoundError, NotAFileError, SourceError
from flows.sources.kinds import Kind, kind_of_name
from flows.sources.streams import BUFFER_BYTES

STDIN = "-"
STDIN_URI = "file:///dev/stdin"
ADDRESS_SCHEMES = ("http://", "https://")
ENDLESS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
"""What stands in folders, and is not read: it may never give a byte, or never end."""


@dataclass(frozen=True, slots=True)
class InputItem:
    """A file, feed or standard input before it is read.

    `size` (bytes as stored) and `mtime_ns` are None for what is not a file. `kind` is by name;
    `unsniffed` is settled by the content, `unsupported` becomes a rejection. `problem` is why a path
    cannot be read, where listing it told that already.
    """

    source_uri: str
    kind: Kind
    path: Path | None = None
    gzipped: bool = False
    size: int | None = None
    mtime_ns: int | None = None
    problem: OSError | SourceError | None = None

    def open(self) -> BinaryIO:
        """The bytes of the file at `path`; raises `problem` or OSError."""
        if self.problem is not None:
            raise self.problem
        assert self.path is not None
        return self.path.open("rb", buffering=BUFFER_BYTES)


def expand_inputs(inputs: Sequence[str]) -> list[InputItem]:
    """The items that `inputs` name, in order and each once.

    An input is a file, a folder (read with all below it, sorted by name, hidden names left out), a
    glob, "-" for standard input, or the http(s) address of a feed. Raises InputNotFoundError for
    a path or glob that names nothing.
    """
    items = {item.source_uri: item for given in inputs for item in _expand(given)}
    return list(items.values())


def require_inputs(inputs: Sequence[str]) -> None:
    """Raises InputNotFoundError for a path or glob that names nothing; lists no more than it must."""
    for given in inputs:
        next(_expand(given), None)


def fingerprint(item: InputItem) -> str | None:
    """SHA-256 (hex) of the file's bytes as stored; None for a feed or standard input.

    Raises OSError or SourceError where the file cannot be read.
    """
    if item.path is None:
        return None
    with item.open() as file:
        digest = hashlib.sha256()
        while block := file.read(BUFFER_BYTES):
            digest.update(block)
        return digest.hexdigest()


def _expand(given: str) -> Iterator[InputItem]:
    if given == STDIN:
        yield InputItem(STDIN_URI, "unsniffed")
    elif given.lower().startswith(ADDRESS_SCHEMES):
        yield InputItem(given, "feed")
    elif os.path.lexists(given):
        yield from _expand_path(Path(given))
    else:
        yield from _expand_glob(given)


def _expand_path(path: Path) -> Iterator[InputItem]:
    if path.is_dir():
        yield from _walk(path)
    else:
        yield _file_item(path, named=True)


def _expand_glob(pattern: str) -> Iterator[InputItem]:
    found = sorted(glob.glob(pattern, recursive=True))
    if not found:
        raise InputNotFoundError(f"{pattern!r} is no file, folder, feed address or matching glob")
    for name in found:
        yield from _expand_path(Path(name))


def _walk(folder: Path) -> Iterator[InputItem]:
    """All files below the folder, sorted; links to folders are not followed, so that none is a ring.

    Last come the folders that could not be listed.
    """
    unlisted: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=unlisted.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (_file_item(Path(root, name)) for name in sorted(files) if not name.startswith("."))
    yield from (
        InputItem(_uri_of(error.filename), "unsupported", Path(error.filename), problem=error)
        for error in unlisted
    )


def _file_item(path: Path, *, named: bool = False) -> InputItem:
    """A file that a user names is sniffed where its suffix says nothing; one in a folder is left out."""
    kind, gzipped = kind_of_name(path.name)
    if named and kind == "unsupported":
        kind = "unsniffed"
    item = InputItem(_uri_of(path), kind, path, gzipped)
    try:
        status = path.stat()
    except OSError as error:
        return replace(item, problem=_tell_link(path, error))
    endless = ENDLESS.get(stat.S_IFMT(status.st_mode))
    if endless:
        detail = f"it is {endless}, and only files are read; - reads standard input"
        return replace(item, problem=NotAFileError(detail))
    return replace(item, size=status.st_size, mtime_ns=status.st_mtime_ns)


def _tell_link(path: Path, error: OSError) -> OSError | SourceError:
    """The error; of a link that leads nowhere in other words, as the system's are of the file behind it."""
    if isinstance(error, PermissionError) or not path.is_symlink():
        return error
    return SourceError(f"a link to {os.readlink(path)!r}, where no file is")


def _uri_of(path: Path | str) -> str:
    return Path(os.path.abspath(path)).as_uri()
