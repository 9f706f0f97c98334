"""Query results in the formats that `copydesk sql` offers."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO, Literal

import duckdb

Format = Literal["table", "csv", "json", "parquet", "markdown"]
FORMATS: tuple[Format, ...] = ("table", "csv", "json", "parquet", "markdown")
ROWS_AT_A_TIME = 1000
TABLE_ROWS = 60  # a screen; the other formats give every row
MINIMAL_WIDTH = 80


def write_result(connection: duckdb.DuckDBPyConnection, query: str, *, output: Format, out: BinaryIO) -> None:
    """Runs the query and writes its result. Raises duckdb.Error."""
    if output == "table":
        return _write_table(connection, query)
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or ()]
    if output == "parquet":
        return _write_parquet(cursor, out)
    text = {"csv": _csv, "json": _json, "markdown": _markdown}[output](names, _rows(cursor))
    for piece in text:
        out.write(piece.encode("utf-8"))
    out.flush()


def _write_table(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    relation = connection.sql(query)
    if relation is not None:
        width = max(shutil.get_terminal_size((120, 40)).columns, MINIMAL_WIDTH)
        relation.show(max_width=width, max_rows=TABLE_ROWS)
        sys.stdout.flush()


def _write_parquet(cursor: duckdb.DuckDBPyConnection, out: BinaryIO) -> None:
    import pyarrow.parquet

    reader = cursor.to_arrow_reader(ROWS_AT_A_TIME * 10)
    with pyarrow.parquet.ParquetWriter(out, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)


def _rows(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(ROWS_AT_A_TIME):
        yield from rows


class _Line:
    """Gives back what the csv module writes."""

    def write(self, text: str) -> str:
        return text


def _csv(names: list[str], rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    writer = csv.writer(_Line(), lineterminator="\n")
    yield writer.writerow(names)
    for row in rows:
        yield writer.writerow([_cell(value) for value in row])


def _json(names: list[str], rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    separator = "[\n"
    for row in rows:
        record = dict(zip(names, row, strict=True))
        yield separator + json.dumps(record, default=_plain, ensure_ascii=False)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def _markdown(names: list[str], rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(names) + " |\n"
    yield "|" + "---|" * len(names) + "\n"
    for row in rows:
        cells = (str(_cell(value)).replace("|", "\\|").replace("\n", "<br>") for value in row)
        yield "| " + " | ".join(cells) + " |\n"


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, (list, dict)):
        return json.dumps(value, default=_plain, ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    return _plain(value) if hasattr(value, "isoformat") else value


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
