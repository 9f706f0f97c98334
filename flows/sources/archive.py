"""Zip archives: members are read one after the other, never written to disk."""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO
from urllib.parse import quote

from flows.sources.errors import EncryptedError
from flows.sources.kinds import Kind, kind_of_name
from flows.sources.limits import ReadLimits
from flows.sources.streams import guard
from flows.text.types import Rejection

ENCRYPTED_FLAG = 0x1
WINDOWS_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an archive. `source_uri` is the archive's with "#" and the quoted name."""

    source_uri: str
    kind: Kind
    gzipped: bool
    info: zipfile.ZipInfo

    def open(self, archive: zipfile.ZipFile, limits: ReadLimits) -> BinaryIO:
        """The member's bytes, guarded; raises EncryptedError, BadZipFile or NotImplementedError."""
        if self.info.flag_bits & ENCRYPTED_FLAG:
            raise EncryptedError(f"{self.info.filename} wants a password")
        stream = archive.open(self.info)
        return guard(stream, lambda: self.info.compress_size, limits)  # type: ignore[arg-type]


def list_members(
    archive: zipfile.ZipFile, source_uri: str, limits: ReadLimits
) -> Iterator[Member | Rejection]:
    """The members that are files, in stored order; hidden ones left out, unsafe names rejected."""
    members = archive.infolist()
    if len(members) > limits.archive_members:
        detail = f"{len(members)} members, more than {limits.archive_members}"
        yield Rejection(source_uri, "archive_bomb", detail)
        return
    for info in members:
        uri = f"{source_uri}#{quote(info.filename)}"
        if _is_unsafe(info):
            yield Rejection(uri, "unsafe_name", f"the member {info.filename!r} points out of the archive")
        elif not info.is_dir() and not _is_hidden(info.filename):
            kind, gzipped = kind_of_name(info.filename)
            yield Member(uri, kind, gzipped, info)


def _is_unsafe(info: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    is_link = stat.S_ISLNK(info.external_attr >> 16)
    return (
        path.is_absolute() or ".." in path.parts or is_link or WINDOWS_DRIVE.match(info.filename) is not None
    )


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or any(part.startswith(".") for part in parts)
