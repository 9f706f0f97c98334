"""CSV and Parquet, a row at a time."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from flows.sources.documents import Documents
from flows.sources.errors import SourceError
from flows.sources.limits import ReadLimits
from flows.sources.records import KNOWN_FIELDS, has_text_field, read_record, record_id
from flows.sources.streams import as_text, make_seekable, peek
from flows.text.clean.encoding import decode
from flows.text.errors import UndecodableError
from flows.text.types import Rejection

ROWS_PER_BATCH = 64
"""Rows of a Parquet file in memory at once."""
SAMPLE_BYTES = 64 * 1024
DELIMITERS = ",;\t|"


class TableError(SourceError):
    """A table that cannot be read on."""

    reason = "bad_table"


def read_csv(stream: BinaryIO, source_uri: str, limits: ReadLimits) -> Documents:
    """One document a row, columns named as the fields of a record."""
    csv.field_size_limit(limits.document_bytes)
    with as_text(stream, _encoding_of(peek(stream, SAMPLE_BYTES)), newline="") as text:
        header, rows = _read_header(text)
        if has_text_field(header):
            yield from _read_rows(header, rows, source_uri)
        else:
            yield _reject_columns(header, source_uri)


def _read_rows(header: list[str], rows: Any, source_uri: str) -> Documents:
    for number in itertools.count(1):
        uri = f"{source_uri}#{number}"
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Rejection(uri, TableError.reason, f"line {rows.line_num + 1}: {error}")
            return
        if row is None:
            return
        if row:
            yield from _read_row(row, header, uri, rows.line_num + 1)


def read_parquet(stream: BinaryIO, source_uri: str, limits: ReadLimits) -> Documents:
    """One document a row, columns named as the fields of a record; other columns are not read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with make_seekable(stream) as file:
            table = pq.ParquetFile(file)
            if not has_text_field(table.schema_arrow.names):
                yield _reject_columns(table.schema_arrow.names, source_uri)
                return
            for number, row in enumerate(_read_batches(table), start=1):
                yield read_record(row, f"{source_uri}#{number}", record_id(row))
    except (pa.ArrowException, OSError) as error:
        yield Rejection(f"{source_uri}#{number + 1}", TableError.reason, f"after row {number}: {error}")


def _read_batches(table: Any) -> Iterator[dict[str, Any]]:
    columns = [name for name in table.schema_arrow.names if name in KNOWN_FIELDS]
    for batch in table.iter_batches(batch_size=ROWS_PER_BATCH, columns=columns):
        for row in batch.to_pylist():
            yield {name: value for name, value in row.items() if value is not None}


def _read_row(row: list[str], header: list[str], uri: str, line: int) -> Documents:
    if len(row) != len(header):
        detail = f"line {line}: {len(row)} values for {len(header)} columns"
        yield Rejection(uri, TableError.reason, detail)
        return
    record: Mapping[str, str] = {name: value for name, value in zip(header, row, strict=True) if value}
    yield read_record(record, uri, record_id(record)) if record else Rejection(uri, "empty", f"line {line}")


def _read_header(text: io.TextIOBase) -> tuple[list[str], Any]:
    sample = text.readline()
    delimiter = max(DELIMITERS, key=sample.count)
    header = next(csv.reader([sample], delimiter=delimiter), [])
    return [name.strip() for name in header], csv.reader(text, delimiter=delimiter)


def _reject_columns(names: list[str], source_uri: str) -> Rejection:
    found = ", ".join(names[:20]) or "none"
    return Rejection(source_uri, "unknown_fields", f"no column for the text; columns found: {found}")


def _encoding_of(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    whole = head[: head.rfind(b"\n") + 1] or head  # a cut sequence at the end is no sign of another encoding
    try:
        whole.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252" if _is_western(whole) else "utf-8"
    return "utf-8-sig"


def _is_western(head: bytes) -> bool:
    try:
        return decode(head) == head.decode("cp1252")
    except (UndecodableError, UnicodeDecodeError):
        return False
