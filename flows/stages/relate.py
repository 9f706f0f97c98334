"""Relate: who shares text with whom and who had it from whom, where the pairs of unchanged articles are kept.

What two articles share follows from what is known of these two (`_known_of`), as long as the index of what
was compared goes on from the earlier one. Not here: how texts are compared (text/aggregate/reuse).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.stages.growing import GrowingRows
from flows.stages.kept import read_kept, write_kept
from flows.stages.parts import digest
from flows.stages.reuse_index import read_index, write_index
from flows.stages.schemas import AGGREGATES, Schema
from flows.text.aggregate.origin import MOSTLY, tell_direction
from flows.text.aggregate.pairs import number_pairs
from flows.text.aggregate.reuse import find_reuse, name_bodies

INDEX_FOLDER = "reuse_index"
RELATED = "related_articles"
RELATED_SCHEMA: Schema = {"article_id": pl.String, "key": pl.UInt64, "since": pl.String}
"""`since` names the time from which the index only grew: what was compared before may be told otherwise."""
PAIRS, SPANS = "reuse_pairs", "shared_spans"
GROWING = (PAIRS, SPANS)
"""The relations that are several files."""


@dataclass(frozen=True, slots=True)
class Related:
    """The relations `pairs` and `spans`; `articles` (RELATED_SCHEMA) says what those of each follow from."""

    articles: pl.DataFrame
    pairs: GrowingRows
    spans: GrowingRows

    def close(self) -> pl.DataFrame:
        """The pairs that tell of copies: which articles, how much of each, who had it from whom."""
        told = ("article_id", "other_id", "containment", "other_containment", "direction")
        close = self.pairs.scan().filter(pl.col("containment") >= MOSTLY).select(told).collect()
        return number_pairs(close, self.articles["article_id"]).sort("i", "j").drop("i", "j")


def relate_articles(
    articles: pl.DataFrame,
    texts: pl.LazyFrame,
    credited: pl.DataFrame,
    earlier: Path | None,
    *,
    folder: Path,
) -> Related:
    """Compares what is new or changed with all; other texts are not read.

    All is written into the new folder of the aggregate at once: what many articles share is large, and
    later steps want little of it.

    articles: article_id, digest (of `digest_texts`), published_on, published_at; texts: article_id, text;
    credited: as `tell_direction` wants it.
    """
    known = read_kept(earlier, RELATED, RELATED_SCHEMA)
    keyed = _known_of(articles, credited)
    changed = keyed.join(known, on=["article_id", "key"], how="anti")["article_id"]
    # The ids are numbers to Polars (an Enum): they are many, and sorted and joined fast so.
    numbered = articles.select(pl.col("article_id").cast(pl.Enum(articles["article_id"])), "digest")
    index = read_index(earlier / INDEX_FOLDER) if earlier else None
    reuse = find_reuse(texts, digests=numbered, index=index, changed=changed)
    kept = None if reuse.anew else earlier
    pairs, spans = (GrowingRows(kept, name, AGGREGATES[name], form="parquet") for name in GROWING)
    gone = known.join(keyed, on=["article_id", "key"], how="anti")["article_id"]
    if len(gone):
        is_gone = pl.any_horizontal(pl.col("article_id", "other_id").is_in(gone.implode()))
        pairs.remove(is_gone)
        spans.remove(is_gone)
    write_index(reuse.index, folder / INDEX_FOLDER, earlier=earlier / INDEX_FOLDER if earlier else None)
    pairs.add(tell_direction(reuse.pairs, articles, credited))
    pairs.write(folder)
    spans.add(reuse.spans)
    spans.write(folder)
    began = reuse.anew or known.is_empty()
    keyed = keyed.with_columns(since=pl.lit(digest(*map(str, keyed["key"])) if began else known["since"][0]))
    write_kept(keyed, RELATED, folder)
    return Related(keyed, pairs, spans)


def _known_of(articles: pl.DataFrame, credited: pl.DataFrame) -> pl.DataFrame:
    """article_id and a digest of what its pairs follow from: text, day, credits."""
    known = (
        articles.select("article_id", "published_on", "published_at")
        .join(name_bodies(articles), on="article_id")
        .join(credited.select("article_id", "agency", "evidence"), on="article_id", how="left")
        .with_columns(pl.col("evidence").list.join(" "))
    )
    return known.select("article_id", key=known.hash_rows(seed=0)).sort("article_id")
