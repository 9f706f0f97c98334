"""Parses: each distinct paragraph of the corpus goes through the model once, and its parse is kept.

A parse lies under the fingerprint of the model and the code that reads it, keyed by a digest of the
paragraph's text. Not here: what parses are read for (`extract.py`), how a paragraph is parsed
(`text/extract/parse.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from flows.stages.parts import digest, to_frame, write_part
from flows.stages.schemas import PARSES
from flows.text.extract.parse import fingerprint, parse_paragraphs
from flows.text.extract.parse_rows import parse_from_row, parse_to_row
from flows.text.types import Parse

UNIT_CHARACTERS = 300_000
"""Text that is worth a worker of its own: some 10 s of the model, which takes 1 to 2 s to load."""


@dataclass(frozen=True, slots=True)
class ParseUnit:
    """Paragraphs that one worker parses, and the documents of the settled folder that they stand in."""

    settled: Path
    document_ids: tuple[str, ...]
    paragraph_ids: tuple[str, ...]


def parse_folder(folder: Path, model: str) -> Path:
    """Where parses under the present fingerprint lie."""
    return folder / fingerprint(model)


def list_paragraphs(settled: Path, documents: pl.DataFrame) -> pl.DataFrame:
    """`document_id`, `paragraph_id`, `n_chars` of all paragraphs in the documents' texts, in their order.

    The texts pass in chunks; only their digests stay in memory.
    """
    order = documents.select("document_id").with_row_index("at").lazy()
    return (
        pl.scan_parquet(settled / "blocks.parquet")
        .filter(pl.col("char_start").is_not_null())
        .join(order, on="document_id", how="inner")
        .select(
            "at",
            "document_id",
            "paragraph_no",
            paragraph_id=pl.col("text").map_batches(_digests, return_dtype=pl.String, is_elementwise=True),
            n_chars=pl.col("text").str.len_chars(),
        )
        .collect(engine="streaming")
        .sort("at", "paragraph_no")
        .select("document_id", "paragraph_id", "n_chars")
    )


def find_parses(folder: Path) -> pl.DataFrame:
    """`paragraph_id` and `part` (a path) of the parses that are kept in the folder."""
    paths = sorted(folder.glob("[!.]*.parquet"))
    if not paths:
        return pl.DataFrame(schema={"paragraph_id": pl.String, "part": pl.String})
    parts = pl.scan_parquet(paths, include_file_paths="part").select("paragraph_id", "part")
    return parts.unique("paragraph_id", keep="first", maintain_order=True).collect()


def pending_parses(settled: Path, paragraphs: pl.DataFrame, folder: Path) -> list[ParseUnit]:
    """The paragraphs that the folder has no parse of, each once, in units of like size.

    The units follow from the paragraphs alone, so that any number of workers gives the same parses.
    """
    todo = paragraphs.unique("paragraph_id", keep="first", maintain_order=True).join(
        find_parses(folder), on="paragraph_id", how="anti", maintain_order="left"
    )
    total = int(todo["n_chars"].sum())
    size = max(total / max(total // UNIT_CHARACTERS, 1), 1)
    begins = (pl.col("n_chars").cast(pl.Int64).cum_sum() - pl.col("n_chars")) / size
    units = todo.with_columns(unit=begins.cast(pl.Int64)).partition_by("unit", maintain_order=True)
    return [
        ParseUnit(
            settled, tuple(unit["document_id"].unique(maintain_order=True)), tuple(unit["paragraph_id"])
        )
        for unit in units
    ]


def parse_units_into(folder: Path, model: str) -> partial[Path]:
    """`parse_unit` for a pool of workers."""
    return partial(parse_unit, folder=folder, model=model)


def parse_unit(unit: ParseUnit, folder: Path, model: str) -> Path:
    """Parses the paragraphs of the unit; gives the part with the parses."""
    texts = _read_texts(unit)
    parses = parse_paragraphs((texts[name] for name in unit.paragraph_ids), model=model)
    rows = (
        {"paragraph_id": name, **parse_to_row(parse)}
        for name, parse in zip(unit.paragraph_ids, parses, strict=True)
    )
    return write_part(to_frame(rows, PARSES), folder / f"{digest(*unit.paragraph_ids)}.parquet", PARSES)


def read_parses(parts: Sequence[Path], texts: Iterable[str]) -> dict[str, Parse]:
    """The parses of the texts by text; the parts hold all of them."""
    named = {digest(text): text for text in texts}
    if not named:
        return {}
    rows = (
        pl.scan_parquet(list(parts))
        .filter(pl.col("paragraph_id").is_in(pl.Series(list(named), dtype=pl.String).implode()))
        .unique("paragraph_id", keep="any")
        .collect()
    )
    texts_of = (named[name] for name in rows["paragraph_id"])
    return {
        text: parse_from_row(row, text)
        for row, text in zip(rows.iter_rows(named=True), texts_of, strict=True)
    }


def _read_texts(unit: ParseUnit) -> dict[str, str]:
    """The texts of the unit's paragraphs by their ids."""
    wanted = frozenset(unit.paragraph_ids)
    documents = pl.Series(unit.document_ids, dtype=pl.String).implode()
    found = (
        pl.scan_parquet(unit.settled / "blocks.parquet")
        .filter(pl.col("document_id").is_in(documents) & pl.col("char_start").is_not_null())
        .select("text")
        .collect()
    )
    named = ((digest(text), text) for text in found["text"])
    return {name: text for name, text in named if name in wanted}


def _digests(texts: pl.Series) -> pl.Series:
    return pl.Series([digest(text) for text in texts], dtype=pl.String)
