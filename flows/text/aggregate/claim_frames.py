"""The frames that go into claims and come out. No logic."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class ClaimInputs:
    """What claims are built from: one row per what the name says; any frame of annotations may be empty.

    articles: article_id, story_id, outlet, title, agencies (list), published_on.
    sentences: article_id, sentence_no, paragraph_no, text, char_start, char_end.
    shared_spans: article_id, other_id, char_start, char_end, other_start, other_end.
    pairs: article_id, other_id, containment.
    quotes: article_id, sentence_no, text, kind, speaker, speaker_entity_id.
    mentions: article_id, sentence_no, entity_id, label, text.
    times: article_id, sentence_no, begins_on, ends_on, char_start, char_end.
    quantities: article_id, char_start, char_end.
    events: article_id, sentence_no, action, actor, target, negated, modality, begins_on, ends_on.
    Offsets count code points of the article's text. Other columns are not read.
    """

    articles: pl.DataFrame
    sentences: pl.DataFrame
    shared_spans: pl.DataFrame
    pairs: pl.DataFrame
    quotes: pl.DataFrame
    mentions: pl.DataFrame
    times: pl.DataFrame
    quantities: pl.DataFrame
    events: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Claims:
    """What is claimed, as rows; schemas below. Sorted, so that equal input gives equal frames."""

    claims: pl.DataFrame
    claim_sentences: pl.DataFrame
    conflicts: pl.DataFrame
    timeline: pl.DataFrame


CLAIMS = pl.Schema({"claim_id": pl.String, "story_id": pl.String, "text": pl.String, "first_on": pl.Date})
CLAIM_SENTENCES = pl.Schema(
    {
        "claim_id": pl.String,
        "article_id": pl.String,
        "sentence_no": pl.Int64,
        "source_group": pl.String,
        "evidence": pl.String,
    }
)
CONFLICTS = pl.Schema(
    {
        "story_id": pl.String,
        "claim_id": pl.String,
        "other_claim_id": pl.String,
        "article_id": pl.String,
        "sentence_no": pl.Int64,
        "other_id": pl.String,
        "other_sentence_no": pl.Int64,
        "kind": pl.String,
        "value": pl.String,
        "other_value": pl.String,
        "explanation": pl.String,
    }
)
TIMELINE = pl.Schema(
    {
        "story_id": pl.String,
        "happened_on": pl.Date,
        "text": pl.String,
        "claim_id": pl.String,
        "planned": pl.Boolean,
    }
)
