"""Units of stories whose claims are built together, in a worker or here.

No story's claims follow from another's, so that units are independent, and a corpus of any size is built in
bounded memory. Not here: which stories are built, and what is kept of them (`story_claims.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.stages.annotations import Annotations
from flows.stages.relate import Related
from flows.stages.sentence_vectors import SentenceVectors
from flows.stages.statements import Statements
from flows.text.aggregate.claim_building import build_claims
from flows.text.aggregate.claim_frames import ClaimInputs, Claims
from flows.text.aggregate.pairs import number_pairs
from flows.text.aggregate.sources import share_apart

UNIT_ARTICLES = 2_500
"""Articles of a unit, unless one story has more: some 300 MB."""
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


@dataclass(frozen=True, slots=True)
class StoryEvidence:
    """What the claims of all stories follow from.

    articles: article_id, text_id, story_id, outlet, title, agencies, published_on. links: article_id,
    entity_no, entity_id.
    """

    articles: pl.DataFrame
    links: pl.DataFrame
    related: Related
    annotations: Annotations


@dataclass(frozen=True, slots=True)
class StoryUnit:
    """Some stories and what is told of their articles, as StoryEvidence and ClaimInputs have it.

    `earlier` is the aggregate that knows statements and vectors of some sentences.
    """

    number: int
    articles: pl.DataFrame
    links: pl.DataFrame
    pairs: pl.DataFrame
    shared_spans: pl.DataFrame
    annotations: Annotations
    earlier: Path | None


@dataclass(frozen=True, slots=True)
class UnitClaims:
    """The claims of a unit, and what was read for them: rows of SentenceVectors and of Statements."""

    number: int
    claims: Claims
    vectors: pl.DataFrame
    statements: pl.DataFrame


def cut_units(evidence: StoryEvidence, members: pl.DataFrame, earlier: Path | None) -> list[StoryUnit]:
    """The stories named in members (article_id, story_id), in units by their first days.

    Pairs of articles of different stories are left out, so that no story depends on another.
    """
    articles = evidence.articles.join(members, on="article_id", how="semi")
    shared = evidence.related.pairs.scan().select("article_id", "other_id", "containment")
    pairs = within_stories(shared, members)
    sharing = members.join(share_apart(articles, pairs), on="article_id", how="semi")
    spans = within_stories(evidence.related.spans.scan(), sharing)
    units = number_units(articles, most=UNIT_ARTICLES)
    links_of, pairs_of, spans_of = (_partition(rows, units) for rows in (evidence.links, pairs, spans))
    return [
        StoryUnit(
            number=number,
            articles=rows,
            links=links_of.get(number, evidence.links.clear()),
            pairs=pairs_of.get(number, pairs.clear()),
            shared_spans=spans_of.get(number, spans.clear()),
            annotations=evidence.annotations.of_articles(rows),
            earlier=earlier,
        )
        for number, rows in _partition(articles, units).items()
    ]


def build_unit(unit: StoryUnit) -> UnitClaims:
    """The claims of a unit; what an earlier aggregate knows of its sentences is not read again."""
    vectors, statements = SentenceVectors(unit.earlier), Statements(unit.earlier)
    claims = build_claims(_claim_inputs(unit), encode=vectors, read=statements)
    return UnitClaims(unit.number, claims, vectors.kept.added(), statements.kept.added())


def within_stories(pairs: pl.LazyFrame, members: pl.DataFrame) -> pl.DataFrame:
    """The rows of `pairs` (article_id, other_id, ...) whose articles are of one of the stories."""
    ids, stories = members["article_id"], members["story_id"]
    known = pl.col("article_id").is_in(ids.implode()) & pl.col("other_id").is_in(ids.implode())
    found = number_pairs(pairs.filter(known).collect(), ids)
    of_one = stories.gather(found["i"]) == stories.gather(found["j"])
    return found.filter(of_one).drop("i", "j")


def number_units(articles: pl.DataFrame, *, most: int) -> pl.DataFrame:
    """article_id, unit: stories in order of their first day; a unit begins with the next of `most` articles.

    articles: article_id, story_id, published_on.
    """
    stories = articles.group_by("story_id").agg(pl.len(), first_on=pl.col("published_on").min())
    stories = stories.sort("first_on", "story_id")
    units = stories.select("story_id", unit=(pl.col("len").cum_sum() - 1) // most)
    return articles.select("article_id", "story_id").join(units, on="story_id").drop("story_id")


def _partition(rows: pl.DataFrame, units: pl.DataFrame) -> dict[int, pl.DataFrame]:
    """The rows (article_id, ...) of each unit that has any, in their order."""
    numbered = rows.join(units, on="article_id", maintain_order="left")
    parts = numbered.partition_by("unit", as_dict=True, include_key=False, maintain_order=True)
    return {int(number): part for (number,), part in parts.items()}


def _claim_inputs(unit: StoryUnit) -> ClaimInputs:
    told = {name: unit.annotations.read(name, columns) for name, columns in ANNOTATED.items()}
    told["quotes"] = _linked(told["quotes"], unit.links, "speaker_entity_no", "speaker_entity_id")
    told["mentions"] = _linked(told["mentions"], unit.links, "entity_no", "entity_id")
    return ClaimInputs(
        articles=unit.articles,
        shared_spans=unit.shared_spans,
        pairs=unit.pairs,
        **told,
    )


def _linked(rows: pl.DataFrame, links: pl.DataFrame, number: str, name: str) -> pl.DataFrame:
    """The rows with the corpus-wide id of the entity that their article numbers."""
    ids = links.select("article_id", pl.col("entity_no").alias(number), pl.col("entity_id").alias(name))
    return rows.join(ids, on=["article_id", number], how="left", maintain_order="left")
