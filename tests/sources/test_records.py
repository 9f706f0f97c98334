"""The field names that other tools write, in JSON, JSON Lines, CSV and Parquet."""

from __future__ import annotations

import gzip
import io
import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.sources.items import InputItem, expand_inputs
from flows.sources.json_records import read_json, read_jsonl
from flows.sources.limits import ReadLimits
from flows.sources.read import read_item
from flows.sources.records import read_record, record_id
from flows.text.types import RawDocument, Rejection

RECORD = {"text": "The harbour reopened.", "title": "Harbour reopens", "url": "https://lanner.example/1"}


def read(path: Path, **options: Any) -> list[RawDocument | Rejection]:
    [item] = expand_inputs([str(path)])
    return list(read_item(item, **options))


def documents(path: Path) -> list[RawDocument]:
    found = read(path)
    assert all(isinstance(document, RawDocument) for document in found), found
    return [document for document in found if isinstance(document, RawDocument)]


def convert(record: Any) -> RawDocument:
    document = read_record(record, "file:///a.json", "id")
    assert isinstance(document, RawDocument)
    return document


@pytest.mark.parametrize(
    ("tool", "record"),
    [
        (
            "news-please",
            {
                "maintext": "The harbour reopened.",
                "title": "Harbour reopens",
                "date_publish": "2024-03-25 10:00:00",
                "url": "https://lanner.example/1",
                "source_domain": "lanner.example",
                "authors": ["Jane Doe", "John Roe"],
                "language": "en",
            },
        ),
        (
            "Fundus",
            {
                "plaintext": "The harbour reopened.",
                "title": "Harbour reopens",
                "publishing_date": "2024-03-25 10:00:00",
                "url": "https://lanner.example/1",
                "publisher": "lanner.example",
                "authors": ["Jane Doe", "John Roe"],
                "lang": "en",
            },
        ),
        (
            "NewsAPI",
            {
                "content": "The harbour reopened.",
                "title": "Harbour reopens",
                "publishedAt": "2024-03-25 10:00:00",
                "url": "https://lanner.example/1",
                "source": {"id": None, "name": "lanner.example"},
                "author": "Jane Doe, John Roe",
                "language": "en-GB",
            },
        ),
        (
            "Media Cloud",
            {
                "text": "The harbour reopened.",
                "title": "Harbour reopens",
                "publish_date": "2024-03-25 10:00:00",
                "url": "https://lanner.example/1",
                "media_name": "lanner.example",
                "authors": "Jane Doe and John Roe",
                "language": "en",
            },
        ),
        (
            "trafilatura",
            {
                "text": "The harbour reopened.",
                "title": "Harbour reopens",
                "date": "2024-03-25 10:00:00",
                "source": "https://lanner.example/1",
                "hostname": "lanner.example",
                "author": "Jane Doe; John Roe",
                "language": "en",
            },
        ),
    ],
)
def test_the_same_article_from_every_tool(tool: str, record: dict[str, Any]) -> None:
    document = convert(record)
    assert (document.content, document.media_type) == (b"The harbour reopened.", "text/plain"), tool
    declared = document.declared
    assert declared.url == "https://lanner.example/1"
    assert declared.title == "Harbour reopens"
    assert declared.outlet == "lanner.example"
    assert declared.authors == ("Jane Doe", "John Roe")
    assert declared.published == "2024-03-25 10:00:00"
    assert declared.language == "en"


def test_html_is_read_where_there_is_no_text() -> None:
    assert convert({"html": "<p>Hi</p>", "text": " "}).media_type == "text/html"
    assert convert({"html": "<p>Hi</p>", "text": "Hi"}).media_type == "text/plain"


def test_a_structured_body_is_joined() -> None:
    body = {
        "summary": ["The harbour reopened."],
        "sections": [{"headline": "Costs", "paragraphs": ["A.", "B."]}],
    }
    assert convert({"body": body}).content.decode() == "The harbour reopened.\n\nCosts\n\nA.\n\nB."


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime(2024, 3, 25, 10, 0), "2024-03-25T10:00:00"),
        (date(2024, 3, 25), "2024-03-25"),
        (1711360800, "2024-03-25T10:00:00+00:00"),
        (1711360800000, "2024-03-25T10:00:00+00:00"),
        (20240325, "20240325"),
        (-5, None),
        (True, None),
        ("", None),
        ({"day": 1}, None),
    ],
)
def test_dates_of_every_type(value: object, expected: str | None) -> None:
    assert convert({"text": "a", "date": value}).declared.published == expected


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ([1], "not_an_object"),
        ("text", "not_an_object"),
        (None, "not_an_object"),
        ({"foo": "bar"}, "unknown_fields"),
        ({}, "unknown_fields"),
        ({"text": ""}, "empty"),
        ({"text": None, "html": " "}, "empty"),
    ],
)
def test_what_holds_no_document_is_rejected(record: object, reason: str) -> None:
    verdict = read_record(record, "file:///a.json#3", "id")
    assert isinstance(verdict, Rejection)
    assert (verdict.source_uri, verdict.reason) == ("file:///a.json#3", reason)


def test_half_a_surrogate_pair_does_not_stop_a_record() -> None:
    assert convert(json.loads('{"text": "a \\ud800 b"}')).content.decode() == "a \ufffd b"


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "title", "date", "x"]), inner)
    ),
    max_leaves=10,
)


@settings(deadline=None)
@given(JSON_VALUES)
def test_any_record_gives_a_document_or_a_rejection(record: Any) -> None:
    assert isinstance(read_record(record, "file:///a", record_id(record)), (RawDocument, Rejection))


def test_jsonl_reads_on_after_a_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        f'{json.dumps(RECORD)}\n\nno json\n[1]\n{{"foo": 1}}\n{"[" * 50_000}\n{json.dumps(RECORD)}'
    )
    found = read(path)
    assert [getattr(one, "reason", "document") for one in found] == [
        "document",
        "bad_json",
        "not_an_object",
        "unknown_fields",
        "bad_json",
        "document",
    ]
    assert [one.source_uri for one in found] == [f"{path.as_uri()}#{number}" for number in range(1, 7)]
    assert isinstance(found[1], Rejection)
    assert "line 3" in found[1].detail


def test_the_id_of_a_line_does_not_depend_on_its_place(tmp_path: Path) -> None:
    line = json.dumps(RECORD)
    (tmp_path / "a.jsonl").write_text(f"{line}\n")
    (tmp_path / "b.jsonl").write_text(f"\n  {line}\r\n{line}")
    ids = {document.document_id for name in ("a", "b") for document in documents(tmp_path / f"{name}.jsonl")}
    assert len(ids) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_records_in_any_encoding(tmp_path: Path, suffix: str, encoding: str) -> None:
    text = "Le café du port a rouvert lundi, dit la mairie de la ville."
    path = tmp_path / f"a{suffix}"
    row = json.dumps({"text": text}, ensure_ascii=False) if suffix == ".jsonl" else f'url,text\nu,"{text}"'
    path.write_bytes(f"{row}\n".encode(encoding))
    assert documents(path)[0].content.decode() == text


@pytest.mark.parametrize(
    ("content", "fragments"),
    [
        (json.dumps(RECORD), [""]),
        (json.dumps([RECORD, RECORD]), ["#1", "#2"]),
        (json.dumps({"status": "ok", "articles": [RECORD, RECORD]}), ["#1", "#2"]),
        (f"{json.dumps(RECORD)}\n{json.dumps(RECORD, indent=1)}", ["#1", "#2"]),
        (f"\ufeff {json.dumps(RECORD)} ", [""]),
    ],
)
def test_every_shape_of_json(tmp_path: Path, content: str, fragments: list[str]) -> None:
    path = tmp_path / "a.json"
    path.write_text(content)
    assert [document.source_uri for document in documents(path)] == [path.as_uri() + end for end in fragments]


def test_the_same_record_has_the_same_id_in_every_shape(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(RECORD))
    (tmp_path / "b.json").write_text(json.dumps([dict(reversed(RECORD.items()))], indent=2))
    assert documents(tmp_path / "a.json")[0].document_id == documents(tmp_path / "b.json")[0].document_id


@pytest.mark.parametrize(
    ("content", "n_documents", "place"),
    [
        ('{"text": ', 0, "#1"),
        (json.dumps([RECORD, RECORD])[:-20], 1, "#2"),
        (f"[{json.dumps(RECORD)}, oops]", 1, "#2"),
        ("[" * 50_000, 0, "#1"),
        ("12", 0, "#1"),
        (f"{json.dumps(RECORD)} oops", 1, "#2"),
    ],
)
def test_broken_json_is_rejected_where_it_breaks(
    tmp_path: Path, content: str, n_documents: int, place: str
) -> None:
    path = tmp_path / "a.json"
    path.write_text(content)
    *whole, last = read(path)
    assert len(whole) == n_documents
    assert isinstance(last, Rejection)
    assert (last.source_uri, last.reason) == (path.as_uri() + place, "bad_json")


@settings(deadline=None)
@given(
    st.lists(st.dictionaries(st.just("text"), st.text(min_size=1).filter(str.strip)), max_size=6),
    st.integers(1, 4),
)
def test_json_and_jsonl_tell_the_same(records: list[dict[str, str]], indent: int) -> None:
    lines = "".join(json.dumps(record) + "\n" for record in records).encode()
    listed = json.dumps(records, indent=indent).encode()
    limits = ReadLimits()
    from_lines = [getattr(d, "content", None) for d in read_jsonl(io.BytesIO(lines), "file:///a", limits)]
    from_list = [getattr(d, "content", None) for d in read_json(io.BytesIO(listed), "file:///a", limits)]
    assert from_lines == from_list


def test_a_record_over_the_limit_is_rejected_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{json.dumps({'text': 'x' * 5000})}\n{json.dumps(RECORD)}\n")
    large, small = read(path, limits=ReadLimits(document_bytes=1000))
    assert isinstance(large, Rejection)
    assert (large.reason, large.source_uri) == ("too_large", f"{path.as_uri()}#1")
    assert isinstance(small, RawDocument)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_with_any_delimiter_and_quoted_lines(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    header, row = ["url", "title", "text"], ["https://lanner.example/1", "Harbour", '"One\nline, ""two"""']
    path.write_text(f"{delimiter.join(header)}\n{delimiter.join(row)}\n", newline="")
    [document] = documents(path)
    assert document.content.decode() == 'One\nline, "two"'
    assert (document.source_uri, document.declared.title) == (f"{path.as_uri()}#1", "Harbour")


def test_csv_rows_that_do_not_fit_are_rejected_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("url,text\na,One.\nb\nc,Three.\n")
    first, bad, last = read(path)
    assert isinstance(bad, Rejection)
    assert (bad.reason, bad.source_uri) == ("bad_table", f"{path.as_uri()}#2")
    assert "line 3" in bad.detail
    assert isinstance(first, RawDocument)
    assert isinstance(last, RawDocument)


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_tables_with_other_columns_are_rejected_with_what_they_have(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    frame = pl.DataFrame({"when": ["2024"], "price": [3]})
    frame.write_csv(path) if suffix == ".csv" else frame.write_parquet(path)
    [verdict] = read(path)
    assert isinstance(verdict, Rejection)
    assert verdict.reason == "unknown_fields"
    assert "when, price" in verdict.detail


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    rows = {
        "text": ["One.", None],
        "date": [date(2024, 3, 25)] * 2,
        "authors": [["Jane Doe", "John Roe"], []],
    }
    pl.DataFrame(rows).write_parquet(path)
    first, second = read(path)
    assert isinstance(first, RawDocument)
    assert (first.declared.published, first.declared.authors) == ("2024-03-25", ("Jane Doe", "John Roe"))
    assert isinstance(second, Rejection)
    assert second.source_uri == f"{path.as_uri()}#2"


def test_parquet_packed_or_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"text": ["One."]}).write_parquet(path)
    (tmp_path / "b.parquet.gz").write_bytes(gzip.compress(path.read_bytes()))
    (tmp_path / "c.parquet").write_bytes(path.read_bytes()[:100])
    assert documents(tmp_path / "b.parquet.gz")[0].content == b"One."
    assert [getattr(one, "reason", None) for one in read(tmp_path / "c.parquet")] == ["bad_table"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jsonl", b""), ("a.jsonl", b"\n \n"), ("a.json", b" "), ("a.json", b"[]"), ("a.csv", b"url,text\n")],
)
def test_a_file_without_records_is_empty(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert [getattr(one, "reason", None) for one in read(path)] == ["empty"]


def test_standard_input_is_sniffed() -> None:
    item = InputItem("file:///dev/stdin", "unsniffed")
    lines = f"{json.dumps(RECORD)}\n{json.dumps(RECORD)}\n".encode()
    for content, n_documents in (
        (lines, 2),
        (gzip.compress(lines), 2),
        (b"<html>a</html>", 1),
        (b"Some text.", 1),
    ):
        stream = io.BufferedReader(io.BytesIO(content))  # type: ignore[arg-type]
        assert len(list(read_item(item, stdin=stream))) == n_documents


def test_memory_stays_flat_over_a_long_file(tmp_path: Path) -> None:
    """One record at a time: what is read and not kept is gone before the next one."""
    path = tmp_path / "a.json"
    with path.open("w") as file:
        file.write("[" + ",".join(json.dumps({"text": f"{n} " * 2000}) for n in range(500)) + "]")
    sizes = []
    for document in read_item(expand_inputs([str(path)])[0]):
        assert isinstance(document, RawDocument)
        sizes.append(sys.getrefcount(document))
    assert len(sizes) == 500
    assert max(sizes) <= min(sizes) + 1
