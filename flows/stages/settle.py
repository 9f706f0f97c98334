"""Settle: from all cleaned parts, the revisions of each article and the text that counts.

Lines that an outlet repeats under its articles show only across the corpus; they leave the text here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from flows.stages.fingerprint import code_fingerprint
from flows.stages.parts import digest, read_parts, write_folder
from flows.stages.schemas import BLOCKS, CLEAN, REJECTED, SETTLED
from flows.text.clean.repetition import mark_repeated_blocks
from flows.text.clean.words import count_words

PARAGRAPH_BREAK = "\n\n"
ROWS_TOGETHER = 1_000
"""Rows of a row group: later steps look for some articles, and read the texts of few groups then."""
_BLOCK_KEY = ["document_id", "paragraph_no"]


def settle(cleaned: Sequence[Path], folder: Path) -> Path:
    """Writes `articles` (every revision), `blocks` and `rejected` of all cleaned parts into the folder.

    The folder is named for what it holds; where it exists already, nothing is done.
    """
    made_by = code_fingerprint("stages/settle.py", "text/clean/repetition.py", "text/clean/words.py")
    target = folder / digest(made_by, *sorted(f"{path.parent.name}/{path.name}" for path in cleaned))
    if target.is_dir():
        return target
    articles = read_parts([path / "articles.parquet" for path in cleaned], CLEAN)
    blocks = read_parts([path / "blocks.parquet" for path in cleaned], BLOCKS)
    rejected = read_parts([path / "rejected.parquet" for path in cleaned], REJECTED)
    articles, blocks = drop_repeated_blocks(articles, blocks)
    settled = number_revisions(articles)
    blocks = blocks.join(settled.filter("is_latest"), on="document_id", how="semi")
    return write_settled(target, articles=settled, blocks=blocks, rejected=rejected)


def write_settled(
    folder: Path, *, articles: pl.DataFrame, blocks: pl.DataFrame, rejected: pl.DataFrame
) -> Path:
    """Writes the folder of settled articles whole or not at all."""
    frames = {"articles": (articles, SETTLED), "blocks": (blocks, BLOCKS), "rejected": (rejected, REJECTED)}
    return write_folder(frames, folder, row_group_size=ROWS_TOGETHER)


def drop_repeated_blocks(articles: pl.DataFrame, blocks: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Takes the blocks that their outlet repeats out of the texts; spans move with them."""
    joined = blocks.join(articles.select("document_id", "article_id", "outlet"), on="document_id", how="left")
    marked = mark_repeated_blocks(joined.with_columns(article_id=pl.col("document_id")))
    if marked.is_empty():
        return articles, blocks
    renamed = marked.select(document_id="article_id", paragraph_no="paragraph_no", new_role="role")
    blocks = blocks.join(renamed, on=_BLOCK_KEY, how="left", maintain_order="left")
    touched = blocks.filter(pl.col("new_role").is_not_null())["document_id"].unique()
    blocks = blocks.with_columns(role=pl.coalesce("new_role", "role")).drop("new_role")
    return _rewrite(articles, blocks, touched)


def _rewrite(
    articles: pl.DataFrame, blocks: pl.DataFrame, touched: pl.Series
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Joins the texts of the touched documents again, from the blocks that are still in them."""
    is_touched = pl.col("document_id").is_in(touched.implode())
    is_kept = is_touched & pl.col("char_start").is_not_null() & (pl.col("role") != "boilerplate")
    lengths = pl.col("text").str.len_chars().cast(pl.Int64)
    ends = (lengths + len(PARAGRAPH_BREAK)).cum_sum().over("document_id") - len(PARAGRAPH_BREAK)
    kept = (
        blocks.filter(is_kept).with_columns(new_end=ends).with_columns(new_start=pl.col("new_end") - lengths)
    )
    texts = kept.group_by("document_id", maintain_order=True).agg(
        new_text=pl.col("text").str.join(PARAGRAPH_BREAK)
    )
    articles = articles.join(texts, on="document_id", how="left", maintain_order="left")
    articles = articles.filter(~is_touched | pl.col("new_text").is_not_null())
    blocks = blocks.join(
        kept.select(*_BLOCK_KEY, "new_start", "new_end"), on=_BLOCK_KEY, how="left", maintain_order="left"
    ).with_columns(
        char_start=pl.when(is_touched).then("new_start").otherwise("char_start"),
        char_end=pl.when(is_touched).then("new_end").otherwise("char_end"),
    )
    return (
        articles.with_columns(
            text=pl.coalesce("new_text", "text"),
            n_words=pl.coalesce(count_words(pl.col("new_text")), "n_words"),
        ).drop("new_text"),
        blocks.drop("new_start", "new_end"),
    )


def number_revisions(articles: pl.DataFrame) -> pl.DataFrame:
    """One row per article and revision, oldest first; the same text seen again is no new revision."""
    previous = pl.col("text").shift(1).over("article_id")
    changed = articles.filter(previous.is_null() | (previous != pl.col("text")))
    numbered = changed.with_columns(
        revision=pl.int_range(1, pl.len() + 1).over("article_id"),
        text_id=pl.Series([_text_id(row) for row in changed.iter_rows(named=True)], dtype=pl.String),
    )
    return numbered.with_columns(is_latest=pl.col("revision") == pl.len().over("article_id"))


def _text_id(row: dict[str, object]) -> str:
    told = (
        "article_id",
        "text",
        "title",
        "outlet",
        "authors",
        "agencies",
        "dateline",
        "published_on",
        "language",
    )
    return digest(*(str(row[name]) for name in told))
