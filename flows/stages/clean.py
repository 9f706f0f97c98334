"""Clean: a raw part in, a folder of articles, blocks and rejections out. One bad document stops nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit, urlunsplit

import polars as pl

from flows.stages.fingerprint import code_fingerprint
from flows.stages.ingest import read_documents, storable
from flows.stages.parts import digest, to_frame, write_folder
from flows.stages.schemas import BLOCKS, CLEAN, REJECTED
from flows.text.clean.article import clean_document
from flows.text.clean.words import count_words
from flows.text.errors import describe_fault
from flows.text.types import CleanArticle, RawDocument, Rejection


@dataclass(frozen=True, slots=True)
class CleanedPart:
    """A cleaned part: its folder and how many documents it took in and set aside."""

    folder: Path
    n_articles: int
    n_rejected: int


def clean_fingerprint() -> str:
    """Names the code that cleans."""
    return code_fingerprint(
        "text/clean", "text/lexicons", "text/types.py", "stages/clean.py", libraries=("ftfy", "py3langid")
    )


def article_id_of(document_id: str, url: str | None) -> str:
    """Documents with one address are one article; without a usable address, equal bytes are."""
    address = normalise_url(url) if url else None
    return digest("url", address) if address else digest("document", document_id)


def normalise_url(url: str) -> str | None:
    """The address without fragment, with scheme and host in lower case and no trailing slash.

    None for what is no address: "http://[::bad/x".
    """
    try:
        parts = urlsplit(urldefrag(url.strip()).url)
    except ValueError:
        return None
    scheme = "https" if parts.scheme.lower() in ("http", "https") else parts.scheme.lower()
    return urlunsplit((scheme, parts.netloc.lower(), parts.path.rstrip("/"), parts.query, ""))


def cleaned_folder(raw_part: Path, folder: Path) -> Path:
    """Where the cleaned part of the raw part lies."""
    return folder / clean_fingerprint() / raw_part.stem


def clean_part(raw_part: Path, folder: Path) -> CleanedPart:
    """Cleans the part, or gives what an earlier run made of it."""
    target = cleaned_folder(raw_part, folder)
    if not target.is_dir():
        _write(raw_part, target)
    n_articles = pl.scan_parquet(target / "articles.parquet").select(pl.len()).collect().item()
    n_rejected = pl.scan_parquet(target / "rejected.parquet").select(pl.len()).collect().item()
    return CleanedPart(target, n_articles, n_rejected)


def clean_parts_into(folder: Path) -> partial[CleanedPart]:
    """`clean_part` for a pool of workers."""
    return partial(clean_part, folder=folder)


def _write(raw_part: Path, target: Path) -> None:
    articles, blocks, rejected = [to_frame([], CLEAN)], [to_frame([], BLOCKS)], [to_frame([], REJECTED)]
    for document, run_id, ingested_at in read_documents(raw_part):
        result = _clean(document, run_id, ingested_at)
        if isinstance(result, Rejection):
            rejected.append(to_frame([storable({"run_id": run_id, **asdict(result)})], REJECTED))
        else:
            articles.append(result[0])
            blocks.append(result[1])
    frames = {
        "articles": (pl.concat(articles).with_columns(n_words=count_words(pl.col("text"))), CLEAN),
        "blocks": (pl.concat(blocks), BLOCKS),
        "rejected": (pl.concat(rejected), REJECTED),
    }
    write_folder(frames, target)


def _clean(
    document: RawDocument, run_id: str, ingested_at: datetime
) -> tuple[pl.DataFrame, pl.DataFrame] | Rejection:
    """The document as CLEAN and BLOCKS, or a verdict: any error on the way is one too, and names itself."""
    try:
        article = clean_document(document, today=ingested_at.date())
        if isinstance(article, Rejection):
            return article
        row = _article_row(document, article, run_id, ingested_at)
        blocks = map(storable, _block_rows(document.document_id, article))
        return to_frame([storable(row)], CLEAN), to_frame(blocks, BLOCKS)
    except Exception as error:
        return Rejection(document.source_uri, "cleaning_failed", describe_fault(error))


def _article_row(
    document: RawDocument, article: CleanArticle, run_id: str, ingested_at: datetime
) -> dict[str, Any]:
    return {
        "document_id": document.document_id,
        "article_id": article_id_of(document.document_id, article.url),
        "source_uri": document.source_uri,
        "url": article.url if article.url and normalise_url(article.url) else None,
        "outlet": article.outlet,
        "title": article.title,
        "authors": list(article.authors),
        "agencies": list(article.agencies),
        "dateline": article.dateline,
        "published_on": article.published_on,
        "published_at": article.published_at,
        "date_basis": article.date_basis,
        "language": article.language,
        "text": article.text,
        "n_words": None,  # of all articles at once
        "ingested_at": ingested_at,
        "run_id": run_id,
    }


def _block_rows(document_id: str, article: CleanArticle) -> list[dict[str, Any]]:
    return [
        {
            "document_id": document_id,
            "paragraph_no": number,
            "role": block.role,
            "text": block.text,
            "raw_start": block.raw_start,
            "raw_end": block.raw_end,
            "char_start": block.char_start,
            "char_end": block.char_end,
        }
        for number, block in enumerate(article.blocks)
    ]
