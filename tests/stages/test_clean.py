"""Raw parts to cleaned ones: one document that cannot be cleaned stops nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import flows.stages.clean
from flows.sources.records import KNOWN_FIELDS, read_record
from flows.stages.clean import article_id_of, clean_part, normalise_url
from flows.stages.ingest import ingest_documents, raw_parts
from flows.stages.schemas import BLOCKS, CLEAN, REJECTED
from flows.text.types import DeclaredMetadata, MediaType, RawDocument, Rejection

FIELDS = st.sampled_from(sorted(KNOWN_FIELDS))
NOW = datetime(2031, 3, 4, 12, tzinfo=UTC)
TEXT = "The harbour of Port Lanner reopened on Monday after a storm. Two ferries sailed at noon.\n\n" * 3


def document(
    name: str, text: str = TEXT, *, media_type: MediaType = "text/plain", **declared: Any
) -> RawDocument:
    """Plain text takes its encoding from here, a page from itself."""
    return RawDocument(name, f"file:///{name}", text.encode(), media_type, DeclaredMetadata(**declared))


def clean(folder: Path, *documents: RawDocument | Rejection) -> dict[str, list[dict[str, Any]]]:
    """The rows of what ingesting and cleaning the documents makes; rejections of both."""
    counts = ingest_documents(
        documents,
        folder / "raw",
        known=set(),
        run_id="r1",
        ingested_at=NOW,
        documents_per_part=100,
        bytes_per_part=10**6,
    )
    [part] = raw_parts(folder / "raw")
    cleaned = clean_part(part, folder / "clean")
    frames = {name: pl.read_parquet(cleaned.folder / f"{name}.parquet") for name in ("articles", "rejected")}
    assert cleaned.n_articles == frames["articles"].height
    assert cleaned.n_rejected == frames["rejected"].height
    rows = {name: frame.to_dicts() for name, frame in frames.items()}
    rows["ingest"] = [{"source_uri": one.source_uri, "detail": one.detail} for one in counts.rejections]
    return rows


@pytest.mark.parametrize("url", ["http://[::bad/x", "http://[", "https://x\u2100.example/", "//[a"])
def test_what_is_no_address_is_unknown(url: str, tmp_path: Path) -> None:
    assert normalise_url(url) is None
    assert article_id_of("d1", url) == article_id_of("d1", None)
    rows = clean(tmp_path, document("bad", url=url), document("good", url="http://lanner.example/1"))
    assert [row["url"] for row in rows["articles"]] == [None, "http://lanner.example/1"]
    assert rows["rejected"] == []


def test_addresses_that_differ_in_letter_case_and_fragment_are_one() -> None:
    assert normalise_url(" HTTP://Lanner.example/a/#top") == "https://lanner.example/a"


def test_half_surrogates_are_replaced_wherever_they_stand(tmp_path: Path) -> None:
    half = "Harbour \ud800 reopens"
    page = f"""<html><head><script type="application/ld+json">
        {{"@type": "NewsArticle", "headline": "Harbour \\ud800 reopens",
          "author": "Ines \\udfff Halloran"}}</script>
        </head><body><h1>Harbour reopens</h1><p>{TEXT}</p></body></html>"""
    rows = clean(
        tmp_path,
        document("a", title=half, url="http://lanner.example/\udfff", outlet=half, authors=(half,)),
        document("b", page, media_type="text/html"),
        Rejection("file:///\ud800", "empty", half),
    )
    assert len(rows["articles"]) == 2
    assert rows["articles"][0]["title"] == "Harbour \ufffd reopens"
    assert rows["articles"][0]["url"] == "http://lanner.example/\ufffd"
    assert rows["ingest"] == [{"source_uri": "file:///\ufffd", "detail": "Harbour \ufffd reopens"}]


def test_an_error_anywhere_in_cleaning_is_that_documents_rejection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = flows.stages.clean.article_id_of

    def fail(document_id: str, url: str | None) -> str:
        if document_id == "bad":
            raise LookupError("a fault of ours: \ud800")
        return real(document_id, url)

    monkeypatch.setattr(flows.stages.clean, "article_id_of", fail)
    rows = clean(tmp_path, document("one"), document("bad"), document("two"))
    assert [row["document_id"] for row in rows["articles"]] == ["one", "two"]
    [rejected] = rows["rejected"]
    assert (rejected["source_uri"], rejected["reason"]) == ("file:///bad", "cleaning_failed")
    assert rejected["detail"].startswith("LookupError: a fault of ours: \ufffd (test_clean.py:")
    assert rejected["run_id"] == "r1"


def test_a_value_that_no_column_holds_is_that_documents_rejection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = flows.stages.clean._article_row

    def row_of(document: RawDocument, *others: Any) -> dict[str, Any]:
        row = real(document, *others)
        return row | {"published_on": "some day"} if document.document_id == "bad" else row

    monkeypatch.setattr(flows.stages.clean, "_article_row", row_of)
    rows = clean(tmp_path, document("one"), document("bad"))
    assert len(rows["articles"]) == 1
    assert [row["reason"] for row in rows["rejected"]] == ["cleaning_failed"]


def test_words_are_counted_between_white_space(tmp_path: Path) -> None:
    text = "Port Lanner, 4 March.  The harbour\treopened — at last.\n\n" * 20
    rows = clean(tmp_path, document("plain"), document("spaced", text))
    assert [row["n_words"] for row in rows["articles"]] == [48, 20 * 10]


def test_a_part_without_articles_has_all_columns(tmp_path: Path) -> None:
    clean(tmp_path, document("short", "Fog."))
    [folder] = (tmp_path / "clean").glob("*/*")
    for name, schema in (("articles", CLEAN), ("blocks", BLOCKS), ("rejected", REJECTED)):
        assert pl.read_parquet_schema(folder / f"{name}.parquet") == dict(schema)


STRANGE = ("\ud800", "\0", "http://[::bad/x", "javascript:1", "0001-01-01T00:00:00+14:00", "<b>\udfff")
LEAVES = st.sampled_from([*STRANGE, None, True, -1, 10**400, 2e10, float("nan"), float("inf"), TEXT])
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=2), max_leaves=3)


@settings(max_examples=30)
@given(st.lists(st.dictionaries(FIELDS, VALUES, min_size=1, max_size=5), min_size=5, max_size=5))
def test_whatever_a_record_holds_its_good_neighbour_is_an_article(records: list[dict[str, Any]]) -> None:
    found = [read_record(record, f"file:///a#{number}") for number, record in enumerate(records)]
    with TemporaryDirectory() as folder:
        rows = clean(Path(folder), *found, document("good"))
    assert "good" in [row["document_id"] for row in rows["articles"]]
    n_new = len({one.document_id for one in found if isinstance(one, RawDocument)}) + 1
    assert len(rows["articles"]) + len(rows["rejected"]) == n_new
    assert not [row for row in rows["rejected"] if row["reason"] == "cleaning_failed"]
