"""The claims of all stories, where those of an unchanged story are taken from the aggregate before.

What is claimed in a story follows from its own articles alone, so a story is unchanged where the rows
that claims are built of are. Not here: how claims are built (text/aggregate/claims).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import polars as pl

from flows.stages.schemas import Schema
from flows.text.aggregate.claims import ClaimInputs, Claims, build_claims
from flows.text.aggregate.claims.frames import CLAIM_SENTENCES, CLAIMS, CONFLICTS, TIMELINE

STORY_KEYS: Schema = {"story_id": pl.String, "key": pl.UInt64}
_KEYS_FILE = "story_keys.parquet"
_SCHEMAS: Mapping[str, Schema] = {
    "claims": CLAIMS,
    "claim_sentences": CLAIM_SENTENCES,
    "conflicts": CONFLICTS,
    "timeline": TIMELINE,
}
_ORDER = {
    "claims": ("story_id", "claim_id"),
    "claim_sentences": ("claim_id", "article_id", "sentence_no"),
    "conflicts": ("story_id", "claim_id", "other_claim_id", "kind", "value", "other_value"),
    "timeline": ("story_id", "happened_on", "claim_id"),
}
_PAIRS_OF_ARTICLES = ("shared_spans", "pairs")


@dataclass(frozen=True, slots=True)
class StoryClaims:
    """The claims of all stories, and the key of what each story's are built of (STORY_KEYS)."""

    claims: Claims
    keys: pl.DataFrame


def claim_stories(evidence: ClaimInputs, earlier: Path | None) -> StoryClaims:
    """The claims of all stories; those of stories whose key the earlier folder has are read there.

    Pairs of articles of different stories are left out, so that no story depends on another.
    """
    members = evidence.articles.select("article_id", "story_id").drop_nulls()
    frames = {item.name: getattr(evidence, item.name) for item in fields(ClaimInputs)}
    frames |= {name: within_stories(frames[name], members) for name in _PAIRS_OF_ARTICLES}
    keys = key_stories(frames, members)
    known = _read(earlier, _KEYS_FILE, STORY_KEYS)
    unchanged = keys.join(known, on=["story_id", "key"], how="semi").select("story_id")
    changed = members.join(unchanged, on="story_id", how="anti").select("article_id")
    built = build_claims(ClaimInputs(**_of_articles(frames, changed)))
    return StoryClaims(_join(_kept(earlier, unchanged), built), keys)


def key_stories(frames: Mapping[str, pl.DataFrame], members: pl.DataFrame) -> pl.DataFrame:
    """STORY_KEYS: a digest of the rows of a story's articles in all frames, whatever their order."""
    sums = [
        frame.select("article_id", row=_without_lists(frame).hash_rows(seed=number))
        .group_by("article_id")
        .agg(pl.col("row").sum())
        for number, frame in enumerate(frames.values())
        if "article_id" in frame.columns
    ]
    return (
        pl.concat(sums)
        .join(members, on="article_id")
        .group_by("story_id")
        .agg(key=pl.col("row").sum())
        .sort("story_id")
    )


def write_story_keys(keys: pl.DataFrame, folder: Path) -> None:
    """Writes the keys beside the claims."""
    keys.write_parquet(folder / _KEYS_FILE)


def _without_lists(frame: pl.DataFrame) -> pl.DataFrame:
    lists = [name for name, kind in frame.schema.items() if kind == pl.List]
    return frame.with_columns(pl.col(lists).list.join("\n")) if lists else frame


def within_stories(pairs: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """The rows of `pairs` (article_id, other_id, ...) whose articles are of one story."""
    other = members.select(other_id="article_id", other_story="story_id")
    joined = pairs.join(members, on="article_id").join(other, on="other_id")
    return joined.filter(pl.col("story_id") == pl.col("other_story")).select(pairs.columns)


def _of_articles(frames: Mapping[str, pl.DataFrame], articles: pl.DataFrame) -> dict[str, pl.DataFrame]:
    return {
        name: frame.join(articles, on="article_id", how="semi", maintain_order="left")
        if "article_id" in frame.columns
        else frame
        for name, frame in frames.items()
    }


def _kept(earlier: Path | None, unchanged: pl.DataFrame) -> Claims:
    """The rows of the unchanged stories."""
    rows = {name: _read(earlier, f"{name}.parquet", schema) for name, schema in _SCHEMAS.items()}
    kept = {
        name: frame.join(unchanged, on="story_id", how="semi")
        for name, frame in rows.items()
        if "story_id" in frame.columns
    }
    sentences = rows["claim_sentences"].join(kept["claims"], on="claim_id", how="semi")
    return Claims(**kept, claim_sentences=sentences)


def _read(folder: Path | None, name: str, schema: Schema) -> pl.DataFrame:
    path = folder / name if folder else None
    return pl.read_parquet(path) if path and path.exists() else pl.DataFrame(schema=dict(schema))


def _join(first: Claims, second: Claims) -> Claims:
    return Claims(
        **{
            name: pl.concat([getattr(first, name), getattr(second, name)]).sort(order)
            for name, order in _ORDER.items()
        }
    )
