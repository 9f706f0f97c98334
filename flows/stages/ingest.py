"""Ingest: raw documents from the sources into raw parts; what is known already is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from flows.stages.parts import digest, read_parts, to_frame, write_part
from flows.stages.schemas import RAW
from flows.text.clean.encoding import replace_surrogates
from flows.text.types import DeclaredMetadata, RawDocument, Rejection


@dataclass(slots=True)
class IngestCounts:
    """What one ingest saw. `n_seen` counts documents and rejected inputs."""

    n_seen: int = 0
    n_new: int = 0
    rejections: list[Rejection] = field(default_factory=list)


def known_document_ids(folder: Path) -> set[str]:
    """The ids of all documents that were taken in before."""
    return set(read_parts(raw_parts(folder), RAW, ["document_id"])["document_id"])


def raw_parts(folder: Path) -> list[Path]:
    """All raw parts, oldest first: a part's name begins with its run and its number in it."""
    return sorted(folder.glob("*.parquet"))


def ingest_documents(
    documents: Iterable[RawDocument | Rejection],
    folder: Path,
    *,
    known: set[str],
    run_id: str,
    ingested_at: datetime,
    documents_per_part: int,
    bytes_per_part: int,
) -> IngestCounts:
    """Writes the new documents as parts into the folder; `known` grows with them.

    Memory holds one part: at most `documents_per_part` documents or about `bytes_per_part` bytes.
    """
    counts = IngestCounts()
    number = len(raw_parts(folder))
    for batch in _batches(_new(documents, known, counts), documents_per_part, bytes_per_part):
        frame = to_frame((storable(_row(document, run_id, ingested_at)) for document in batch), RAW)
        name = f"{number:06d}-{digest(*frame['document_id'])}"
        write_part(frame, folder / f"{name}.parquet", RAW)
        number += 1
        counts.n_new += len(batch)
    return counts


def storable(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with text that Parquet can hold: a title of JSON's "\\ud800" is no UTF-8."""
    return {name: _storable_value(value) for name, value in row.items()}


def _storable_value(value: Any) -> Any:
    if isinstance(value, list):
        return [_storable_value(part) for part in value]
    return replace_surrogates(value) if isinstance(value, str) else value


def read_documents(part: Path) -> Iterator[tuple[RawDocument, str, datetime]]:
    """The documents of a raw part, each with its run and the instant it was ingested."""
    for row in pl.read_parquet(part).iter_rows(named=True):
        yield _document(row), row["run_id"], row["ingested_at"]


def _new(
    documents: Iterable[RawDocument | Rejection], known: set[str], counts: IngestCounts
) -> Iterator[RawDocument]:
    for document in documents:
        counts.n_seen += 1
        if isinstance(document, Rejection):
            counts.rejections.append(Rejection(**storable(asdict(document))))
        elif document.document_id not in known:
            known.add(document.document_id)
            yield document


def _batches(
    documents: Iterable[RawDocument], max_documents: int, max_bytes: int
) -> Iterator[list[RawDocument]]:
    batch: list[RawDocument] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.content)
        if len(batch) >= max_documents or size >= max_bytes:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _row(document: RawDocument, run_id: str, ingested_at: datetime) -> dict[str, Any]:
    declared = document.declared
    return {
        "document_id": document.document_id,
        "source_uri": document.source_uri,
        "content": document.content,
        "media_type": document.media_type,
        "declared_url": declared.url,
        "declared_title": declared.title,
        "declared_outlet": declared.outlet,
        "declared_language": declared.language,
        "declared_authors": list(declared.authors),
        "declared_published": declared.published,
        "encoding": document.encoding,
        "fetched_at": document.fetched_at,
        "ingested_at": ingested_at,
        "run_id": run_id,
    }


def _document(row: dict[str, Any]) -> RawDocument:
    return RawDocument(
        document_id=row["document_id"],
        source_uri=row["source_uri"],
        content=row["content"],
        media_type=row["media_type"],
        declared=DeclaredMetadata(
            url=row["declared_url"],
            title=row["declared_title"],
            outlet=row["declared_outlet"],
            language=row["declared_language"],
            authors=tuple(row["declared_authors"] or ()),
            published=row["declared_published"],
        ),
        encoding=row["encoding"],
        fetched_at=row["fetched_at"],
    )
