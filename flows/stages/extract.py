"""Extract: texts that have no annotations yet, in batches, to folders of annotations.

A batch is named for its texts and kept under the fingerprint of the code and model that read them.
Paragraphs are parsed before (`parses.py`), each once for the whole corpus; annotating needs no model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from flows.stages.annotation_rows import annotation_rows
from flows.stages.fingerprint import code_fingerprint
from flows.stages.parses import (
    find_parses,
    list_paragraphs,
    parse_folder,
    parse_units_into,
    pending_parses,
    read_parses,
)
from flows.stages.parts import digest, read_parts, to_frame, write_folder
from flows.stages.pool import Workers
from flows.stages.schemas import ANNOTATIONS, UNREAD
from flows.text.errors import describe_fault
from flows.text.extract.article import extract_article
from flows.text.extract.parse import fingerprint
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
_UNREAD = "unread"
"""The texts of a batch that the extractors failed on."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads texts: the model and the processes, and the warehouse's parts, where results lie."""

    parts: Path
    model: str
    n_workers: int = 1
    articles_per_batch: int = 100

    @property
    def annotations(self) -> Path:
        """The annotations of texts as they were published, under the present fingerprint."""
        return self.parts / "annotations" / extract_fingerprint(self.model)

    @property
    def dated_annotations(self) -> Path:
        """The annotations of undated texts that were read again with a day."""
        return self.parts / "dated_annotations" / extract_fingerprint(self.model)

    @property
    def parses(self) -> Path:
        """The parses of paragraphs."""
        return parse_folder(self.parts / "parses", self.model)


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts that one worker annotates: `text_ids` of the settled folder, and the parts with their parses.

    `days` has the day that a text without a date is read with; its annotations get an id of their own.
    """

    settled: Path
    text_ids: tuple[str, ...]
    parses: tuple[Path, ...]
    days: Mapping[str, date] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Where its annotations lie."""
        return digest(*(self.annotated_id(text_id) for text_id in self.text_ids))

    def annotated_id(self, text_id: str) -> str:
        """The id under which the text's annotations are kept."""
        return dated_text_id(text_id, self.days[text_id]) if text_id in self.days else text_id


def dated_text_id(text_id: str, day: date) -> str:
    """Names an undated text that is read as if it were of the day."""
    return digest(text_id, day.isoformat())


def extract_fingerprint(model: str) -> str:
    """Names the code and model that extract."""
    places = (
        "text/extract",
        "text/lexicons",
        "text/types.py",
        "stages/extract.py",
        "stages/annotation_rows.py",
    )
    return digest(code_fingerprint(*places, libraries=("spacy",)), fingerprint(model))


def annotated_batches(folder: Path) -> list[Path]:
    """The folders of the batches that are done."""
    return sorted(path for path in folder.glob("*") if path.is_dir() and not path.name.startswith("."))


def annotated_texts(folder: Path) -> pl.DataFrame:
    """`text_id` of the texts whose annotations are in the folder."""
    paths = [path / "annotated.parquet" for path in annotated_batches(folder)]
    return read_parts(paths, ANNOTATIONS["annotated"], ["text_id"])


def unread_texts(folder: Path) -> pl.DataFrame:
    """UNREAD: the texts in the folder that the extractors failed on. Other code is another folder."""
    return read_parts([path / f"{_UNREAD}.parquet" for path in annotated_batches(folder)], UNREAD)


def pending_texts(settled: Path, folder: Path) -> pl.DataFrame:
    """`text_id`, `document_id` of the latest texts without annotations in the folder.

    Copies come together (ordered by how they begin), so that few parts have the parses of a batch.
    """
    latest = (
        pl.scan_parquet(settled / "articles.parquet")
        .filter("is_latest")
        .select("text_id", "document_id", start=pl.col("text").str.slice(0, 200))
        .collect()
    )
    todo = latest.join(annotated_texts(folder), on="text_id", how="anti")
    return todo.sort("start", "text_id").select("text_id", "document_id")


def annotate_texts(
    settled: Path,
    texts: pl.DataFrame,
    folder: Path,
    reader: Reader,
    *,
    days: Mapping[str, date] | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """Parses the paragraphs that nobody parsed yet, then annotates the texts into the folder.

    `texts` has `text_id` and `document_id`; texts in `days` are read with that day.
    """
    paragraphs = list_paragraphs(settled, texts)
    units = pending_parses(settled, paragraphs, reader.parses)
    n_batches = -(-texts.height // reader.articles_per_batch)
    on_progress(0, len(units) + n_batches)
    with Workers(reader.n_workers) as workers:
        for _ in workers.map_unordered(
            parse_units_into(reader.parses, reader.model),
            units,
            on_done=lambda done: on_progress(done, len(units) + n_batches),
        ):
            pass
        for _ in workers.map_unordered(
            extract_batches_into(folder),
            _cut_batches(settled, texts, paragraphs, reader, days or {}),
            on_done=lambda done: on_progress(len(units) + done, len(units) + n_batches),
        ):
            pass


def _cut_batches(
    settled: Path, texts: pl.DataFrame, paragraphs: pl.DataFrame, reader: Reader, days: Mapping[str, date]
) -> list[Batch]:
    numbered = texts.with_row_index("at").with_columns(batch=pl.col("at") // reader.articles_per_batch)
    parts = _parts_by_batch(numbered, paragraphs, find_parses(reader.parses))
    return [
        Batch(
            settled,
            text_ids=tuple(rows["text_id"]),
            parses=parts.get(number, ()),
            days={text_id: days[text_id] for text_id in rows["text_id"] if text_id in days},
        )
        for (number,), rows in numbered.group_by("batch", maintain_order=True)
    ]


def _parts_by_batch(
    numbered: pl.DataFrame, paragraphs: pl.DataFrame, kept: pl.DataFrame
) -> dict[object, tuple[Path, ...]]:
    """The parts that hold the parses of each batch."""
    paths = {part: Path(part) for part in kept["part"].unique()}
    needed = (
        paragraphs.join(numbered, on="document_id")
        .select("batch", "paragraph_id")
        .join(kept, on="paragraph_id")
        .group_by("batch")
        .agg(pl.col("part").unique().sort())
    )
    return {number: tuple(paths[part] for part in parts) for number, parts in needed.iter_rows()}


def extract_batches_into(folder: Path) -> partial[Path]:
    """`extract_batch` for a pool of workers."""
    return partial(extract_batch, folder=folder)


def extract_batch(batch: Batch, folder: Path) -> Path:
    """Annotates the texts of the batch; gives the folder of the annotations."""
    articles = _read_articles(batch)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in (*ANNOTATIONS, _UNREAD)}
    for text_id, article in _parsed_articles(articles, batch):
        for name, more in _annotate(batch.annotated_id(text_id), article).items():
            rows[name].extend(more)
    schemas = {**ANNOTATIONS, _UNREAD: UNREAD}
    frames = {name: (to_frame(rows[name], schema), schema) for name, schema in schemas.items()}
    return write_folder(frames, folder / batch.name)


def _annotate(text_id: str, article: ParsedArticle) -> dict[str, list[dict[str, Any]]]:
    """Rows of ANNOTATIONS; an error in an extractor is a row, too, and names itself and its place."""
    try:
        return annotation_rows(text_id, article.article_id, extract_article(article))
    except Exception as error:
        key = {"text_id": text_id, "article_id": article.article_id}
        return {"annotated": [key], _UNREAD: [{**key, "detail": describe_fault(error)}]}


def _read_articles(batch: Batch) -> pl.DataFrame:
    wanted = pl.Series(batch.text_ids, dtype=pl.String).implode()
    articles = (
        pl.scan_parquet(batch.settled / "articles.parquet")
        .filter(pl.col("text_id").is_in(wanted))
        .select(_TOLD)
        .collect()
    )
    days = pl.DataFrame(
        {"text_id": list(batch.days), "day": list(batch.days.values())},
        schema={"text_id": pl.String, "day": pl.Date},
    )
    dated = articles.join(days, on="text_id", how="left", maintain_order="left")
    return dated.with_columns(published_on=pl.coalesce("published_on", "day"))


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


def _parsed_articles(articles: pl.DataFrame, batch: Batch) -> Iterator[tuple[str, ParsedArticle]]:
    paragraphs = _read_paragraphs(batch.settled, articles)
    parses = read_parses(batch.parses, (row["text"] for rows in paragraphs.values() for row in rows))
    for row in articles.iter_rows(named=True):
        yield row["text_id"], _parsed_article(row, paragraphs.get(row["document_id"], []), parses)


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
