"""Query results in the formats that `copydesk sql` offers."""

from __future__ import annotations

import csv
import json
import math
import shutil
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO, Literal

import duckdb

from flows.store.rendering import as_text, with_distinct_names

Format = Literal["table", "csv", "json", "parquet", "markdown"]
FORMATS: tuple[Format, ...] = ("table", "csv", "json", "parquet", "markdown")
ROWS_AT_A_TIME = 1000
TABLE_ROWS = 60  # a screen; the other formats give every row
MINIMAL_WIDTH = 80


def write_result(
    connection: duckdb.DuckDBPyConnection, query: str | duckdb.Statement, *, output: Format, out: BinaryIO
) -> None:
    """Runs the query and writes its result, where it has one. Raises duckdb.Error."""
    relation = connection.sql(query)
    if relation is None:  # SET, or the first half of a PIVOT
        return
    if output == "table":
        return _write_table(relation)
    if output == "parquet":
        return _write_parquet(with_distinct_names(relation), out)
    relation = as_text(relation)
    text = {"csv": _csv, "json": _json, "markdown": _markdown}[output](relation.columns, _rows(relation))
    for piece in text:
        out.write(piece.encode("utf-8", errors="replace"))
    out.flush()


def _write_table(relation: duckdb.DuckDBPyRelation) -> None:
    width = max(shutil.get_terminal_size((120, 40)).columns, MINIMAL_WIDTH)
    with_distinct_names(relation).show(max_width=width, max_rows=TABLE_ROWS)
    sys.stdout.flush()


def _write_parquet(relation: duckdb.DuckDBPyRelation, out: BinaryIO) -> None:
    import pyarrow.parquet

    reader = relation.to_arrow_reader(ROWS_AT_A_TIME * 10)
    with pyarrow.parquet.ParquetWriter(out, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)


def _rows(relation: duckdb.DuckDBPyRelation) -> Iterator[tuple[Any, ...]]:
    while rows := relation.fetchmany(ROWS_AT_A_TIME):
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
        record = {name: _plain(value) for name, value in zip(names, row, strict=True)}
        yield separator + json.dumps(record, ensure_ascii=False, allow_nan=False)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def _markdown(names: list[str], rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    yield _markdown_row(names)
    yield "|" + "---|" * len(names) + "\n"
    for row in rows:
        yield _markdown_row([str(_cell(value)) for value in row])


def _markdown_row(cells: list[str]) -> str:
    escaped = ("<br>".join(cell.replace("|", "\\|").splitlines()) for cell in cells)
    return "| " + " | ".join(escaped) + " |\n"


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, (list, dict)):
        return json.dumps(_plain(value), ensure_ascii=False, allow_nan=False)
    return str(value).lower() if isinstance(value, bool) else value


def _plain(value: Any) -> Any:
    """The value as JSON has it: no NaN, no infinity, no key that is not text."""
    if isinstance(value, dict):
        return {key if isinstance(key, str) else str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return str(value) if isinstance(value, Decimal) else value
