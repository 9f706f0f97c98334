"""CSV and Parquet, a row at a time."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Mapping
from typing import Any, BinaryIO

from flows.sources.documents import Documents
from flows.sources.errors import SourceError, explain
from flows.sources.limits import ReadLimits
from flows.sources.records import KNOWN_FIELDS, has_text_field, read_record
from flows.sources.streams import as_text, check_ratio, make_seekable, peek
from flows.text.clean.encoding import decode
from flows.text.errors import UndecodableError
from flows.text.types import RawDocument, Rejection

SAMPLE_BYTES = 64 * 1024
DELIMITERS = ",;\t|"


class TableError(SourceError):
    """A table that cannot be read on."""

    reason = "bad_table"


def read_csv(stream: BinaryIO, source_uri: str, limits: ReadLimits) -> Documents:
    """One document a row, columns named as the fields of a record."""
    csv.field_size_limit(limits.document_bytes)
    with as_text(stream, _encoding_of(peek(stream, SAMPLE_BYTES)), newline="") as text:
        header, rows = _read_header(text, limits)
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

    with make_seekable(stream) as file:
        try:
            table = pq.ParquetFile(file)
            names = table.schema_arrow.names
        except (pa.ArrowException, OSError) as error:
            raise TableError(str(error)) from error
        if not has_text_field(names):
            yield _reject_columns(names, source_uri)
            return
        _check_packing(table.metadata, file.seek(0, io.SEEK_END), limits)
        n_before = 0
        for group in range(table.num_row_groups):
            yield from _read_group(table, group, n_before, source_uri, limits)
            n_before += table.metadata.row_group(group).num_rows


def _read_group(table: Any, group: int, n_before: int, source_uri: str, limits: ReadLimits) -> Documents:
    """The rows of a row group one by one; where it is damaged, the rest of the group is one rejection.

    Memory holds one row: a column that names its values by number, as in a dictionary, may be small and
    its rows large (64 times one text of 30 MB).
    """
    number = n_before
    columns = [name for name in table.schema_arrow.names if name in KNOWN_FIELDS]
    try:
        batches = table.iter_batches(batch_size=1, row_groups=[group], columns=columns)
        for number, batch in enumerate(batches, start=n_before + 1):
            yield _read_table_row(batch, f"{source_uri}#{number}", limits)
    except Exception as error:
        detail = explain(error)[1]
        yield Rejection(f"{source_uri}#{number + 1}", TableError.reason, f"after row {number}: {detail}")


def _check_packing(groups: Any, n_bytes: int, limits: ReadLimits) -> None:
    """Raises ArchiveBombError where a file of that size unfolds beyond reason, before it is unpacked.

    Asked of whole row groups: pyarrow ends the process where the metadata of a column is damaged.
    """
    n_unpacked = sum(groups.row_group(place).total_byte_size for place in range(groups.num_row_groups))
    check_ratio(n_bytes, n_unpacked, limits)


def _read_table_row(row: Any, uri: str, limits: ReadLimits) -> RawDocument | Rejection:
    """The document in a record batch of one row."""
    if row.nbytes > limits.document_bytes:
        return Rejection(uri, "too_large", f"more than {limits.document_bytes} bytes")
    try:
        values = {name: _value_of(row.column(place)[0]) for place, name in enumerate(row.schema.names)}
    except Exception as error:
        return Rejection(uri, *explain(error))
    return read_record({name: value for name, value in values.items() if value is not None}, uri)


def _value_of(scalar: Any) -> Any:
    """The value; None for a day or an instant that Python has no word for, as the year 146,000."""
    import pyarrow as pa

    try:
        return scalar.as_py()
    except (ValueError, OverflowError):
        if pa.types.is_temporal(scalar.type):
            return None
        raise


def _read_row(row: list[str], header: list[str], uri: str, line: int) -> Documents:
    if len(row) != len(header):
        detail = f"line {line}: {len(row)} values for {len(header)} columns"
        yield Rejection(uri, TableError.reason, detail)
        return
    record: Mapping[str, str] = {name: value for name, value in zip(header, row, strict=True) if value}
    yield read_record(record, uri) if record else Rejection(uri, "empty", f"line {line}")


def _read_header(text: io.TextIOBase, limits: ReadLimits) -> tuple[list[str], Any]:
    """The names of the columns, and the reader of the rows; memory holds a line of limited length."""
    lines = iter(lambda: text.readline(limits.document_bytes + 1), "")
    sample = next(lines, "")
    if len(sample) > limits.document_bytes:
        raise TableError(f"line 1 has more than {limits.document_bytes} characters")
    delimiter = max(DELIMITERS, key=sample.count)
    try:
        header = next(csv.reader([sample], delimiter=delimiter), [])
    except csv.Error as error:
        raise TableError(f"line 1: {error}") from error
    return [name.strip() for name in header], csv.reader(lines, delimiter=delimiter)


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
