"""Inputs as given on the command line to the items that are read: one a file or feed."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.sources.errors import InputNotFoundError
from flows.sources.kinds import Kind, kind_of_name
from flows.sources.streams import BUFFER_BYTES

STDIN = "-"
STDIN_URI = "file:///dev/stdin"
ADDRESS_SCHEMES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class InputItem:
    """A file, feed or standard input before it is read.

    `size` (bytes as stored) and `mtime_ns` are None for what is not a file. `kind` is by name;
    `unsniffed` is settled by the content, `unsupported` becomes a rejection.
    """

    source_uri: str
    kind: Kind
    path: Path | None = None
    gzipped: bool = False
    size: int | None = None
    mtime_ns: int | None = None


def expand_inputs(inputs: Sequence[str]) -> list[InputItem]:
    """The items that `inputs` name, in order and each once.

    An input is a file, a folder (read with all below it, sorted by name, hidden names left out), a
    glob, "-" for standard input, or the http(s) address of a feed. Raises InputNotFoundError for
    a path or glob that names nothing.
    """
    items = {item.source_uri: item for given in inputs for item in _expand(given)}
    return list(items.values())


def fingerprint(item: InputItem) -> str | None:
    """SHA-256 (hex) of the file's bytes as stored; None for a feed or standard input.

    Raises OSError where the file cannot be read.
    """
    if item.path is None:
        return None
    with item.path.open("rb", buffering=0) as file:
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
        yield from (_file_item(file) for file in _walk(path))
    else:
        yield _file_item(path, named=True)


def _expand_glob(pattern: str) -> Iterator[InputItem]:
    found = sorted(glob.glob(pattern, recursive=True))
    if not found:
        raise InputNotFoundError(f"{pattern!r} is no file, folder, feed address or matching glob")
    for name in found:
        yield from _expand_path(Path(name))


def _walk(folder: Path) -> Iterator[Path]:
    """All files below the folder, sorted; links to folders are not followed, so that none is a ring."""
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in sorted(files) if not name.startswith("."))


def _file_item(path: Path, *, named: bool = False) -> InputItem:
    """A file that a user names is sniffed where its suffix says nothing; one in a folder is left out."""
    kind, gzipped = kind_of_name(path.name)
    if named and kind == "unsupported":
        kind = "unsniffed"
    status = path.stat() if path.exists() else path.lstat()
    uri = Path(os.path.abspath(path)).as_uri()
    return InputItem(uri, kind, path, gzipped, size=status.st_size, mtime_ns=status.st_mtime_ns)
