"""Reads one input item: documents and rejections, streamed, whatever the input is.

Bad input never raises here: it becomes a `Rejection` with reason and place, and the rest goes on.
Readers do so for each record that they can tell from the next; `_reject_damage` is the net below them
for each file and each member of an archive.
`source_uri` is the file's; `#n` is added for record n, counted from 1, of a JSON list, JSON Lines,
CSV, Parquet or WARC file, and `#member` (and then `#n`) for a member of a zip archive.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable, Mapping
from typing import BinaryIO

from flows.sources.archive import Member, list_members
from flows.sources.documents import Documents, read_html, read_mhtml, read_text
from flows.sources.errors import explain
from flows.sources.items import InputItem
from flows.sources.json_records import read_json, read_jsonl
from flows.sources.kinds import SNIFF_BYTES, Kind, is_gzip, sniff
from flows.sources.limits import DEFAULT_LIMITS, ReadLimits
from flows.sources.streams import make_seekable, peek, unpack_gzip
from flows.sources.tables import read_csv, read_parquet
from flows.sources.warc import read_warc
from flows.text.types import Rejection

Reader = Callable[[BinaryIO, str, ReadLimits], Documents]
READERS: Mapping[Kind, Reader] = {
    "text": read_text,
    "html": read_html,
    "mhtml": read_mhtml,
    "json": read_json,
    "jsonl": read_jsonl,
    "csv": read_csv,
    "parquet": read_parquet,
    "warc": read_warc,
}


def read_item(
    item: InputItem, *, limits: ReadLimits = DEFAULT_LIMITS, stdin: BinaryIO | None = None
) -> Documents:
    """The documents of a file or of standard input, and a rejection for each thing that is none.

    Feeds are read with `flows.sources.feeds.read_feed`; raises ValueError for one.
    """
    if item.kind == "feed":
        raise ValueError(f"{item.source_uri} is a feed; read_feed reads feeds")
    is_empty = True
    for document in _reject_damage(_read_file(item, limits, stdin), item.source_uri):
        is_empty = False
        yield document
    if is_empty:
        yield Rejection(item.source_uri, "empty", "there is no document in it")


def _reject_damage(documents: Documents, source_uri: str) -> Documents:
    """The documents; what stops them becomes a rejection that says how far it went."""
    n_read = 0
    try:
        for document in documents:
            n_read += 1
            yield document
    except Exception as error:
        reason, detail = explain(error)
        yield Rejection(source_uri, reason, f"after {n_read} documents: {detail}" if n_read else detail)


def _read_file(item: InputItem, limits: ReadLimits, stdin: BinaryIO | None) -> Documents:
    if item.path is None:
        yield from _read_stream(stdin or sys.stdin.buffer, item.kind, item.gzipped, item.source_uri, limits)
        return
    with item.open() as stream:
        yield from _read_stream(stream, item.kind, item.gzipped, item.source_uri, limits)


def _read_stream(
    stream: BinaryIO, kind: Kind, gzipped: bool, source_uri: str, limits: ReadLimits
) -> Documents:
    """Unpacks, sniffs where the name says nothing, and reads."""
    if gzipped or (kind == "unsniffed" and is_gzip(peek(stream, SNIFF_BYTES))):
        stream = unpack_gzip(stream, limits)
    if kind == "unsniffed":
        kind = sniff(peek(stream, SNIFF_BYTES))
    if kind == "zip":
        yield from _read_zip(stream, source_uri, limits)
    elif kind in READERS:
        yield from READERS[kind](stream, source_uri, limits)
    else:
        yield Rejection(source_uri, "unsupported_kind", "no reader for files of this suffix")


def _read_zip(stream: BinaryIO, source_uri: str, limits: ReadLimits) -> Documents:
    with make_seekable(stream) as file, zipfile.ZipFile(file) as archive:
        for member in list_members(archive, source_uri, limits):
            if isinstance(member, Rejection):
                yield member
            else:
                yield from _reject_damage(_read_member(member, archive, limits), member.source_uri)


def _read_member(member: Member, archive: zipfile.ZipFile, limits: ReadLimits) -> Documents:
    if member.kind == "zip":
        yield Rejection(member.source_uri, "nested_archive", "an archive inside an archive is not read")
        return
    with member.open(archive, limits) as stream:
        yield from _read_stream(stream, member.kind, member.gzipped, member.source_uri, limits)
