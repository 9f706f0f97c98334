"""The claims of all stories, where those of an unchanged story are taken from the aggregate before.

What is claimed in a story follows from its own articles alone, so a story is unchanged where what is
known of these is; the annotations of a text follow from its text_id and the code that made them.
Not here: how claims are built (text/aggregate/claims).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.stages.annotations import Annotations
from flows.stages.kept import read_kept, read_relation
from flows.stages.relate import Related
from flows.stages.schemas import Schema
from flows.text.aggregate.claim_building import build_claims
from flows.text.aggregate.claim_frames import ClaimInputs, Claims
from flows.text.aggregate.claims.meaning import Encoder
from flows.text.aggregate.claims.statements import StatementReader
from flows.text.aggregate.pairs import number_pairs
from flows.text.aggregate.sources import share_apart

STORY_KEYS: Schema = {"story_id": pl.String, "key": pl.UInt64}
KEYS = "story_keys"
TOLD = ("article_id", "sentence_no")
SPAN = ("char_start", "char_end")
ANNOTATED = {
    "sentences": (*TOLD, "paragraph_no", "text", *SPAN),
    "quotes": (*TOLD, "text", "kind", "speaker", "speaker_entity_no"),
    "mentions": (*TOLD, "entity_no", "label", "text"),
    "times": (*TOLD, "begins_on", "ends_on", *SPAN),
    "quantities": ("article_id", *SPAN),
    "events": (*TOLD, "action", "actor", "target", "negated", "modality", "begins_on", "ends_on"),
}
"""What claims are told of annotations."""
_SORTED_BY = {
    "claims": "story_id",
    "claim_sentences": "claim_id",
    "conflicts": "story_id",
    "timeline": "story_id",
}


@dataclass(frozen=True, slots=True)
class StoryEvidence:
    """What the claims of all stories follow from.

    articles: article_id, text_id, story_id, outlet, title, agencies, published_on. links: article_id,
    entity_no, entity_id. entities: as ClaimInputs has them.
    """

    articles: pl.DataFrame
    links: pl.DataFrame
    entities: pl.DataFrame
    related: Related
    annotations: Annotations


@dataclass(frozen=True, slots=True)
class StoryClaims:
    """The claims of all stories, and the key of what each story's are built of (STORY_KEYS)."""

    claims: Claims
    keys: pl.DataFrame


def claim_stories(
    evidence: StoryEvidence, earlier: Path | None, *, encode: Encoder, read: StatementReader
) -> StoryClaims:
    """The claims of all stories; those of stories whose key the earlier folder has are read there.

    Pairs of articles of different stories are left out, so that no story depends on another.
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
    built = build_claims(_claim_inputs(evidence, changed), encode=encode, read=read)
    return StoryClaims(_join(_kept(earlier, known.join(unchanged, on="story_id", how="anti")), built), keys)


def within_stories(pairs: pl.LazyFrame, members: pl.DataFrame) -> pl.DataFrame:
    """The rows of `pairs` (article_id, other_id, ...) whose articles are of one of the stories."""
    ids, stories = members["article_id"], members["story_id"]
    known = pl.col("article_id").is_in(ids.implode()) & pl.col("other_id").is_in(ids.implode())
    found = number_pairs(pairs.filter(known).collect(), ids)
    of_one = stories.gather(found["i"]) == stories.gather(found["j"])
    return found.filter(of_one).drop("i", "j")


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


def _claim_inputs(evidence: StoryEvidence, members: pl.DataFrame) -> ClaimInputs:
    """What is known of the articles of some stories (article_id, story_id)."""
    annotations = evidence.annotations.of_articles(members)
    links = evidence.links.join(members, on="article_id", how="semi")
    articles = evidence.articles.join(members, on="article_id", how="semi")
    shared = evidence.related.pairs.scan().select("article_id", "other_id", "containment")
    pairs = within_stories(shared, members)
    sharing = members.join(share_apart(articles, pairs), on="article_id", how="semi")
    told = {name: annotations.read(name, columns) for name, columns in ANNOTATED.items()}
    told["quotes"] = _linked(told["quotes"], links, "speaker_entity_no", "speaker_entity_id")
    told["mentions"] = _linked(told["mentions"], links, "entity_no", "entity_id")
    return ClaimInputs(
        articles=articles,
        shared_spans=within_stories(evidence.related.spans.scan(), sharing),
        pairs=pairs,
        entities=evidence.entities,
        **told,
    )


def _linked(rows: pl.DataFrame, links: pl.DataFrame, number: str, name: str) -> pl.DataFrame:
    """The rows with the corpus-wide id of the entity that their article numbers."""
    ids = links.select("article_id", pl.col("entity_no").alias(number), pl.col("entity_id").alias(name))
    return rows.join(ids, on=["article_id", number], how="left", maintain_order="left")


def _kept(earlier: Path | None, changed: pl.DataFrame) -> Claims:
    """The earlier rows but those of changed stories."""
    rows = {name: read_relation(earlier, name) for name in _SORTED_BY}
    left = {"claim_sentences": rows["claims"].join(changed, on="story_id", how="semi").select("claim_id")}
    ids = {name: left.get(name, changed).to_series().implode() for name in rows}
    return Claims(
        **{name: frame.filter(~pl.col(_SORTED_BY[name]).is_in(ids[name])) for name, frame in rows.items()}
    )


def _join(kept: Claims, built: Claims) -> Claims:
    """The rows of both, in the order that all would have: no story and no claim is in both."""
    return Claims(
        **{
            name: pl.concat([getattr(kept, name), getattr(built, name)]).sort(key, maintain_order=True)
            for name, key in _SORTED_BY.items()
        }
    )
