"""Extract: texts that have no annotations yet, in batches, to folders of annotations.

A batch is named for its texts and kept under the fingerprint of the code and model that read them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from flows.stages.annotation_rows import annotation_rows
from flows.stages.fingerprint import code_fingerprint
from flows.stages.parts import digest, read_parts, to_frame, write_folder
from flows.stages.schemas import ANNOTATIONS
from flows.text.extract.article import extract_article
from flows.text.extract.parse import parse_paragraphs
from flows.text.types import Parse, ParsedArticle, ParsedParagraph

_TOLD = [
    "text_id",
    "article_id",
    "document_id",
    "text",
    "title",
    "outlet",
    "authors",
    "agencies",
    "dateline",
    "published_on",
    "language",
]


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts that one worker reads: `rows` lists the text_ids; the settled folder holds the texts."""

    settled: Path
    text_ids: tuple[str, ...]


def extract_fingerprint(model: str) -> str:
    """Names the code and model that extract."""
    places = (
        "text/extract",
        "text/lexicons",
        "text/types.py",
        "stages/extract.py",
        "stages/annotation_rows.py",
    )
    return digest(code_fingerprint(*places, libraries=("spacy",)), model)


def annotation_folder(folder: Path, model: str) -> Path:
    """Where annotations under the present fingerprint lie."""
    return folder / extract_fingerprint(model)


def annotated_batches(folder: Path) -> list[Path]:
    """The folders of the batches that are done."""
    return sorted(path for path in folder.glob("*") if path.is_dir() and not path.name.startswith("."))


def pending_batches(settled: Path, folder: Path, *, articles_per_batch: int) -> list[Batch]:
    """The latest texts without annotations in the folder.

    Copies come together (ordered by how they begin), so that a paragraph is read once by one worker.
    """
    latest = (
        pl.scan_parquet(settled / "articles.parquet")
        .filter("is_latest")
        .select("text_id", start=pl.col("text").str.slice(0, 200))
        .collect()
    )
    done = read_parts(
        [path / "annotated.parquet" for path in annotated_batches(folder)],
        ANNOTATIONS["annotated"],
        ["text_id"],
    )
    todo = latest.join(done, on="text_id", how="anti").sort("start", "text_id")["text_id"].to_list()
    return [
        Batch(settled, tuple(todo[start : start + articles_per_batch]))
        for start in range(0, len(todo), articles_per_batch)
    ]


def extract_batches_into(folder: Path, model: str) -> partial[Path]:
    """`extract_batch` for a pool of workers."""
    return partial(extract_batch, folder=folder, model=model)


def extract_batch(batch: Batch, folder: Path, model: str) -> Path:
    """Annotates the texts of the batch; gives the folder of the annotations."""
    articles = _read_articles(batch)
    parsed = _parse(articles, _read_paragraphs(batch.settled, articles), model)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ANNOTATIONS}
    for row, article in zip(articles.iter_rows(named=True), parsed, strict=True):
        for name, found in annotation_rows(
            row["text_id"], article.article_id, extract_article(article)
        ).items():
            rows[name].extend(found)
    frames = {name: (to_frame(rows[name], schema), schema) for name, schema in ANNOTATIONS.items()}
    target = folder / digest(*batch.text_ids)
    folder.mkdir(parents=True, exist_ok=True)
    return write_folder(frames, target)


def _read_articles(batch: Batch) -> pl.DataFrame:
    wanted = pl.Series(batch.text_ids).implode()
    return (
        pl.scan_parquet(batch.settled / "articles.parquet")
        .filter(pl.col("text_id").is_in(wanted))
        .select(_TOLD)
        .collect()
    )


def _read_paragraphs(settled: Path, articles: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    wanted = articles["document_id"].implode()
    blocks = (
        pl.scan_parquet(settled / "blocks.parquet")
        .filter(pl.col("document_id").is_in(wanted) & pl.col("char_start").is_not_null())
        .sort("document_id", "paragraph_no")
        .select("document_id", "paragraph_no", "text", "char_start")
        .collect()
    )
    paragraphs: dict[str, list[dict[str, Any]]] = {}
    for row in blocks.iter_rows(named=True):
        paragraphs.setdefault(row["document_id"], []).append(row)
    return paragraphs


def _parse(
    articles: pl.DataFrame, paragraphs: dict[str, list[dict[str, Any]]], model: str
) -> list[ParsedArticle]:
    distinct = list(dict.fromkeys(row["text"] for rows in paragraphs.values() for row in rows))
    parses = dict(zip(distinct, parse_paragraphs(distinct, model=model), strict=True))
    return [
        _parsed_article(row, paragraphs.get(row["document_id"], []), parses)
        for row in articles.iter_rows(named=True)
    ]


def _parsed_article(
    row: dict[str, Any], paragraphs: Sequence[dict[str, Any]], parses: dict[str, Parse]
) -> ParsedArticle:
    return ParsedArticle(
        article_id=row["article_id"],
        text=row["text"],
        paragraphs=tuple(
            ParsedParagraph(paragraph["paragraph_no"], paragraph["char_start"], parses[paragraph["text"]])
            for paragraph in paragraphs
        ),
        title=row["title"],
        outlet=row["outlet"],
        authors=tuple(row["authors"] or ()),
        agencies=tuple(row["agencies"] or ()),
        dateline=row["dateline"],
        published_on=row["published_on"],
        language=row["language"],
    )
