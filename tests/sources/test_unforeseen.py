"""Records and files that no reader foresaw: each is one rejection that names the error, the rest is read."""

from __future__ import annotations

import inspect
import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import flows.sources.records
from flows.sources import ReadLimits, expand_inputs, read_item
from flows.text.types import RawDocument, Rejection

TEXT = "The harbour of Port Lanner reopened on Monday."
GOOD = json.dumps({"text": TEXT})


def read(path: Path, limits: ReadLimits | None = None) -> list[RawDocument | Rejection]:
    """Everything in a file, and after it in the folder."""
    (path.parent / "z.txt").write_text(TEXT)
    items = expand_inputs([str(path), str(path.parent)])
    found = [one for item in items for one in read_item(item, limits=limits or ReadLimits())]
    assert isinstance(found.pop(), RawDocument), "the rest of the folder is read"
    return found


def reasons(found: list[RawDocument | Rejection]) -> list[str]:
    return [one.reason if isinstance(one, Rejection) else "read" for one in found]


def write_parquet(folder: Path, **columns: Any) -> Path:
    pq.write_table(pa.table(columns), folder / "a.parquet")
    return folder / "a.parquet"


@pytest.mark.parametrize(
    "bad",
    [
        '{"text": ' + "[" * 600 + '"x"' + "]" * 600 + "}",
        '{"text": "x", "url": ' + '{"name": ' * 600 + "1" + "}" * 600 + "}",
    ],
)
def test_a_record_nested_too_deeply_is_one_rejection(bad: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{GOOD}\n{bad}\n{GOOD}\n")
    found = read(path)
    assert reasons(found) == ["read", "reading_failed", "read"]
    assert isinstance(found[1], Rejection)
    assert "RecursionError" in found[1].detail
    assert found[1].source_uri.endswith("a.jsonl#2")
    path.with_suffix(".json").write_text(f"[{GOOD}, {bad}, {GOOD}]")
    path.unlink()
    assert reasons(read(path.with_suffix(".json"))) == ["read", "reading_failed", "read"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.parquet"])
def test_an_error_of_ours_is_one_rejection_that_names_its_place(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    texts = ["Fog.", "Break.", "Rain."]
    if name == "a.parquet":
        write_parquet(tmp_path, text=texts)
    else:
        lines = ["text", *texts] if name == "a.csv" else [json.dumps({"text": text}) for text in texts]
        path.write_text("\n".join(lines) + "\n")
    real = flows.sources.records.encode

    def encode(text: str) -> bytes:
        if text == "Break.":
            raise KeyError("a fault of ours")
        return real(text)

    monkeypatch.setattr(flows.sources.records, "encode", encode)
    found = read(path)
    assert reasons(found) == ["read", "reading_failed", "read"]
    assert isinstance(found[1], Rejection)
    assert found[1].detail.startswith("KeyError: 'a fault of ours' (test_unforeseen.py:")


@pytest.mark.parametrize("number", ["1" + "0" * 400, "-1e308", "1e308", "NaN", "Infinity", "4102444800001"])
def test_a_number_that_is_no_instant_is_no_date(number: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": "{TEXT}", "date": {number}}}\n')
    [found] = read(path)
    assert isinstance(found, RawDocument)
    assert found.declared.published is None


def test_a_row_that_is_no_utf8_is_one_rejection(tmp_path: Path) -> None:
    column = pa.array([TEXT.encode(), b"caf\xe9 \xff", TEXT.encode()], type=pa.binary()).view(pa.string())
    found = read(write_parquet(tmp_path, text=column))
    assert reasons(found) == ["read", "reading_failed", "read"]
    assert isinstance(found[1], Rejection)
    assert "UnicodeDecodeError" in found[1].detail


@pytest.mark.parametrize(
    "column",
    [pa.array([2**62, 0], type=pa.timestamp("us")), pa.array([2**30, 0], type=pa.date32())],
)
def test_a_day_that_no_calendar_has_is_no_date(column: pa.Array, tmp_path: Path) -> None:
    found = read(write_parquet(tmp_path, text=[TEXT, TEXT], date=column))
    assert [isinstance(one, RawDocument) and one.declared.published is None for one in found] == [True, False]


def test_a_damaged_row_group_does_not_hide_the_next(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    # Stored as it is, so that the damage is where the test puts it.
    pq.write_table(
        pa.table({"text": [f"{TEXT} {n}" for n in range(6)]}), path, row_group_size=2, compression=None
    )
    chunk = pq.ParquetFile(path).metadata.row_group(1).column(0)
    content = bytearray(path.read_bytes())
    start = chunk.dictionary_page_offset
    content[start : start + chunk.total_compressed_size] = b"\xff" * chunk.total_compressed_size
    path.write_bytes(content)
    found = read(path)
    assert reasons(found) == ["read", "read", "bad_table", "read", "read"]
    assert [one.source_uri.rsplit("#")[-1] for one in found] == ["1", "2", "3", "5", "6"]


def test_a_large_text_that_many_rows_name_is_rejected_before_it_is_unpacked(tmp_path: Path) -> None:
    column = pa.array(["x" * 1_000_000] * 64).dictionary_encode()
    pq.write_table(pa.table({"text": column}), tmp_path / "a.parquet", compression="zstd")
    [found] = read(tmp_path / "a.parquet", ReadLimits(pack_floor=500_000))
    assert isinstance(found, Rejection)
    assert found.reason == "archive_bomb"


def test_a_row_over_the_limit_is_one_rejection(tmp_path: Path) -> None:
    path = write_parquet(tmp_path, text=[TEXT, "long " * 100, TEXT])
    found = read(path, ReadLimits(document_bytes=400))
    assert reasons(found) == ["read", "too_large", "read"]


def test_a_line_over_the_limit_is_no_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text," + "x" * 500)
    [found] = read(path, ReadLimits(document_bytes=100))
    assert isinstance(found, Rejection)
    assert found.reason == "bad_table"
    assert "line 1" in found.detail


@pytest.mark.parametrize(
    ("packing", "reason"), [(zipfile.ZIP_LZMA, "reading_failed"), (zipfile.ZIP_BZIP2, "damaged")]
)
def test_a_damaged_member_does_not_hide_the_next(packing: int, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", packing) as archive:
        archive.writestr("a.txt", TEXT * 50)
        archive.writestr("b.txt", TEXT, zipfile.ZIP_STORED)
        end = archive.getinfo("b.txt").header_offset
    content = bytearray(path.read_bytes())
    content[50:end] = bytes(byte ^ 0x5A for byte in content[50:end])
    path.write_bytes(content)
    found = read(path)
    assert reasons(found) == [reason, "read"]


@pytest.fixture
def short_stack() -> Iterator[None]:
    """Python's depth of calls little above the present one, so that few levels of nesting reach it."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 150)
    yield
    sys.setrecursionlimit(limit)


@pytest.mark.usefixtures("short_stack")
def test_an_mhtml_file_nested_too_deeply_is_a_rejection(tmp_path: Path) -> None:
    path = tmp_path / "a.mhtml"
    path.write_text(
        "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(300))
        + "Content-Type: text/html\n\n<p>x</p>"
    )
    [found] = read(path)
    assert isinstance(found, Rejection)
    assert "RecursionError" in found.detail


@pytest.mark.parametrize("length", ["9" * 5000, "99999999999999999999", "-1", "\u0663"])
def test_a_warc_record_of_no_length_is_one_rejection(length: str, tmp_path: Path) -> None:
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{TEXT}</p>"
    record = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n{}\r\n{}\r\n\r\n"
    path = tmp_path / "a.warc"
    # An instant before all that Python knows.
    when = "WARC-Date: 0001-01-01T00:00:00+14:00\r\n"
    path.write_text(record.format(length, "", "x") + record.format(len(page), when, page))
    found = read(path)
    assert "damaged" in reasons(found)
    assert isinstance(found[-1], RawDocument)
    assert found[-1].fetched_at is None


def test_two_columns_of_one_name_are_read(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array(["Fog."]), pa.array([TEXT])], names=["text", "text"])
    pq.write_table(table, tmp_path / "a.parquet")
    [found] = read(tmp_path / "a.parquet")
    assert isinstance(found, RawDocument)


def test_a_date_column_is_still_read(tmp_path: Path) -> None:
    [found] = read(write_parquet(tmp_path, text=[TEXT], date=[date(2031, 3, 4)]))
    assert isinstance(found, RawDocument)
    assert found.declared.published == "2031-03-04"


def test_damaged_metadata_of_a_table_never_ends_the_process(tmp_path: Path) -> None:
    path = write_parquet(tmp_path, text=[TEXT], date=pa.array([2**62], type=pa.timestamp("us")))
    content = path.read_bytes()
    for place in range(600, 650):  # before the end: where the statistics of the columns are
        damaged = bytearray(content)
        damaged[-place] ^= 0x15
        path.write_bytes(damaged)
        assert read(path)
