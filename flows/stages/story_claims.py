"""The claims of all stories, where those of an unchanged story are taken from the aggregate before.

What is claimed in a story follows from its own articles alone, so a story is unchanged where what is
known of these is; the annotations of a text follow from its text_id and the code that made them.
Not here: how claims are built (text/aggregate), and of how many stories at once (`story_units.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

import polars as pl

from flows.stages.kept import read_kept, read_relation
from flows.stages.pool import map_unordered
from flows.stages.schemas import Schema
from flows.stages.story_units import StoryEvidence, UnitClaims, build_unit, cut_units
from flows.text.aggregate.claim_frames import Claims

STORY_KEYS: Schema = {"story_id": pl.String, "key": pl.UInt64}
KEYS = "story_keys"
_SORTED_BY = {
    "claims": "story_id",
    "claim_sentences": "claim_id",
    "conflicts": "story_id",
    "timeline": "story_id",
}


@dataclass(frozen=True, slots=True)
class StoryClaims:
    """The claims of all stories, the key of what each is built of (STORY_KEYS), and what was built now."""

    claims: Claims
    keys: pl.DataFrame
    built: Sequence[UnitClaims]


def claim_stories(
    evidence: StoryEvidence,
    earlier: Path | None,
    *,
    n_workers: int = 1,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> StoryClaims:
    """The claims of all stories; those of stories whose key the earlier folder has are read there.

    `on_progress` is told of the units of stories that are built.
    """
    members = evidence.articles.select("article_id", "story_id").drop_nulls()
    told = {
        "articles": evidence.articles,
        "links": evidence.links,
        "related": evidence.related.articles,
    }
    keys = key_stories(told, members, made_by=evidence.annotations.made_by)
    known = read_kept(earlier, KEYS, STORY_KEYS)
    unchanged = keys.join(known, on=["story_id", "key"], how="semi").select("story_id")
    changed = members.join(unchanged, on="story_id", how="anti")
    units = cut_units(evidence, changed, earlier)
    on_progress(0, len(units))
    done = map_unordered(
        build_unit, units, n_workers=n_workers, on_done=lambda done: on_progress(done, len(units))
    )
    built = sorted(done, key=attrgetter("number"))
    kept = _kept(earlier, known.join(unchanged, on="story_id", how="anti"))
    return StoryClaims(_join([kept, *(unit.claims for unit in built)]), keys, built)


def key_stories(
    frames: Mapping[str, pl.DataFrame], members: pl.DataFrame, *, made_by: object = None
) -> pl.DataFrame:
    """STORY_KEYS: a digest of the rows of a story's articles in all frames, whatever their order."""
    sums = [
        frame.select("article_id", row=_without_lists(frame).hash_rows(seed=number))
        .group_by("article_id")
        .agg(pl.col("row").sum())
        for number, frame in enumerate(frames.values())
    ]
    salt = pl.Series([str(made_by)]).hash()[0]
    return (
        pl.concat(sums)
        .join(members, on="article_id")
        .group_by("story_id")
        .agg(key=pl.col("row").sum() ^ pl.lit(salt, pl.UInt64))
        .sort("story_id")
    )


def _without_lists(frame: pl.DataFrame) -> pl.DataFrame:
    lists = [name for name, kind in frame.schema.items() if kind == pl.List]
    return frame.with_columns(pl.col(lists).list.join("\n")) if lists else frame


def _kept(earlier: Path | None, changed: pl.DataFrame) -> Claims:
    """The earlier rows but those of changed stories."""
    rows = {name: read_relation(earlier, name) for name in _SORTED_BY}
    left = {"claim_sentences": rows["claims"].join(changed, on="story_id", how="semi").select("claim_id")}
    ids = {name: left.get(name, changed).to_series().implode() for name in rows}
    return Claims(
        **{name: frame.filter(~pl.col(_SORTED_BY[name]).is_in(ids[name])) for name, frame in rows.items()}
    )


def _join(parts: Sequence[Claims]) -> Claims:
    """The rows of all, in the order that they would have at once: no story and no claim is in two."""
    return Claims(
        **{
            name: pl.concat([getattr(part, name) for part in parts]).sort(key, maintain_order=True)
            for name, key in _SORTED_BY.items()
        }
    )
