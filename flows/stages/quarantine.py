"""Quarantine: the settled articles without those that cannot be published, who become rejections.

Nothing is taken out of the parts: the next run begins from all articles again, so that one that
passes then is back.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from flows.stages.parts import digest, to_frame
from flows.stages.schemas import REJECTED
from flows.stages.settle import write_settled

MOST = 0.5  # share of the articles; where more offend, the fault is not theirs


def quarantine(
    settled: Path, offenders: Mapping[str, str], folder: Path, *, run_id: str, reason: str
) -> Path | None:
    """Writes the settled articles without the offenders, who become rejections, into a folder below `folder`.

    `offenders` is article_id → what is wrong with it. None where no article offends, or too many.
    """
    articles = pl.read_parquet(settled / "articles.parquet")
    is_offender = pl.col("article_id").is_in(list(offenders))
    aside = articles.filter(is_offender, "is_latest").sort("article_id")
    if aside.is_empty() or aside.height > MOST * articles.filter("is_latest").height:
        return None
    kept = articles.filter(~is_offender)
    blocks = pl.read_parquet(settled / "blocks.parquet").join(kept, on="document_id", how="semi")
    rows = [
        {"run_id": run_id, "source_uri": uri, "reason": reason, "detail": offenders[article_id]}
        for article_id, uri in aside.select("article_id", "source_uri").iter_rows()
    ]
    rejected = pl.concat([pl.read_parquet(settled / "rejected.parquet"), to_frame(rows, REJECTED)])
    target = folder / digest(settled.name, *aside["article_id"])
    return write_settled(target, articles=kept, blocks=blocks, rejected=rejected)
