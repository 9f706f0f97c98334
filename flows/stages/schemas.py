"""The columns of every part: what a stage writes, and what the store's `raw` schema reads.

A part is a Parquet file. Its columns are named as in the public contract where they mean the same.
`text_id` names one text of an article with what the extractors were told of it; annotations hang on it.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from flows.text.aggregate.claim_frames import CLAIM_SENTENCES, CLAIMS, CONFLICTS, TIMELINE

Schema = Mapping[str, pl.DataType | type[pl.DataType]]

_UTC = pl.Datetime("us", "UTC")
_STRINGS = pl.List(pl.String)
_NUMBERS = pl.List(pl.Int32)
_SPAN: Schema = {"char_start": pl.Int64, "char_end": pl.Int64}
_PLACE: Schema = {"text_id": pl.String, "article_id": pl.String, "sentence_no": pl.Int64}

RAW: Schema = {
    "document_id": pl.String,
    "source_uri": pl.String,
    "content": pl.Binary,
    "media_type": pl.String,
    "declared_url": pl.String,
    "declared_title": pl.String,
    "declared_outlet": pl.String,
    "declared_language": pl.String,
    "declared_authors": _STRINGS,
    "declared_published": pl.String,
    "encoding": pl.String,
    "fetched_at": _UTC,
    "ingested_at": _UTC,
    "run_id": pl.String,
}

REJECTED: Schema = {
    "run_id": pl.String,
    "source_uri": pl.String,
    "reason": pl.String,
    "detail": pl.String,
}

CLEAN: Schema = {
    "document_id": pl.String,
    "article_id": pl.String,
    "source_uri": pl.String,
    "url": pl.String,
    "outlet": pl.String,
    "title": pl.String,
    "authors": _STRINGS,
    "agencies": _STRINGS,
    "dateline": pl.String,
    "published_on": pl.Date,
    "published_at": _UTC,
    "date_basis": pl.String,
    "language": pl.String,
    "text": pl.String,
    "n_words": pl.Int64,
    "ingested_at": _UTC,
    "run_id": pl.String,
}

BLOCKS: Schema = {
    "document_id": pl.String,
    "paragraph_no": pl.Int64,
    "role": pl.String,
    "text": pl.String,
    "raw_start": pl.Int64,
    "raw_end": pl.Int64,
    "char_start": pl.Int64,
    "char_end": pl.Int64,
}

SETTLED: Schema = {**CLEAN, "text_id": pl.String, "revision": pl.Int64, "is_latest": pl.Boolean}

PARSES: Schema = {
    "paragraph_id": pl.String,
    "gaps": _NUMBERS,
    "lengths": _NUMBERS,
    "lemmas": pl.String,
    "tags": pl.String,
    "pos": pl.String,
    "deps": pl.String,
    "heads": _NUMBERS,
    "sentence_starts": _NUMBERS,
    "entity_starts": _NUMBERS,
    "entity_ends": _NUMBERS,
    "entity_labels": pl.String,
}
"""Parses of paragraphs (text/extract/parse_rows.py), by a digest of the paragraph's text."""

ANNOTATIONS: Mapping[str, Schema] = {
    "annotated": {"text_id": pl.String, "article_id": pl.String},
    "sentences": {**_PLACE, "paragraph_no": pl.Int64, "text": pl.String, **_SPAN},
    "article_entities": {
        "text_id": pl.String,
        "article_id": pl.String,
        "entity_no": pl.Int64,
        "name": pl.String,
        "label": pl.String,
        "aliases": _STRINGS,
        "country_code": pl.String,
        "roles": _STRINGS,
        "n_mentions": pl.Int64,
    },
    "mentions": {**_PLACE, "entity_no": pl.Int64, "label": pl.String, "text": pl.String, **_SPAN},
    "quotes": {
        **_PLACE,
        "quote_no": pl.Int64,
        "statement_no": pl.Int64,
        "kind": pl.String,
        "text": pl.String,
        **_SPAN,
        "cue": pl.String,
        "cue_start": pl.Int64,
        "cue_end": pl.Int64,
        "speaker": pl.String,
        "speaker_start": pl.Int64,
        "speaker_end": pl.Int64,
        "speaker_entity_no": pl.Int64,
    },
    "times": {
        **_PLACE,
        "text": pl.String,
        **_SPAN,
        "timex_type": pl.String,
        "timex_value": pl.String,
        "begins_on": pl.Date,
        "ends_on": pl.Date,
    },
    "quantities": {
        **_PLACE,
        "text": pl.String,
        **_SPAN,
        "value": pl.Float64,
        "value_max": pl.Float64,
        "unit": pl.String,
        "currency": pl.String,
        "kind": pl.String,
        "approximate": pl.Boolean,
        "item": pl.String,
    },
    "events": {
        **_PLACE,
        **_SPAN,
        "actor": pl.String,
        "actor_entity_no": pl.Int64,
        "action": pl.String,
        "event_type": pl.String,
        "target": pl.String,
        "target_entity_no": pl.Int64,
        "place": pl.String,
        "begins_on": pl.Date,
        "ends_on": pl.Date,
        "negated": pl.Boolean,
        "modality": pl.String,
        "speaker": pl.String,
        "event_key": pl.String,
    },
}

UNREAD: Schema = {"text_id": pl.String, "article_id": pl.String, "detail": pl.String}
"""Texts that the extractors failed on, and how."""

AGGREGATES: Mapping[str, Schema] = {
    "entities": {
        "entity_id": pl.String,
        "name": pl.String,
        "label": pl.String,
        "aliases": _STRINGS,
        "country_code": pl.String,
    },
    "entity_links": {"article_id": pl.String, "entity_no": pl.Int64, "entity_id": pl.String},
    "reuse_pairs": {
        "article_id": pl.String,
        "other_id": pl.String,
        "containment": pl.Float64,
        "other_containment": pl.Float64,
        "n_shared_sentences": pl.Int64,
        "relation": pl.String,
        "direction": pl.String,
    },
    "shared_spans": {
        "article_id": pl.String,
        "other_id": pl.String,
        **_SPAN,
        "other_start": pl.Int64,
        "other_end": pl.Int64,
    },
    "origins": {
        "article_id": pl.String,
        "origin": pl.String,
        "origin_article_id": pl.String,
        "evidence": _STRINGS,
    },
    "story_members": {
        "article_id": pl.String,
        "story_id": pl.String,
        "text_group": pl.String,
    },
    "story_titles": {"story_id": pl.String, "title": pl.String},
    "inferred_dates": {"article_id": pl.String, "published_on": pl.Date},
    "dated_texts": {"article_id": pl.String, "text_id": pl.String},
    "claims": CLAIMS,
    "claim_sentences": CLAIM_SENTENCES,
    "conflicts": CONFLICTS,
    "timeline": TIMELINE,
}

RUNS: Schema = {
    "run_id": pl.String,
    "started_at": _UTC,
    "finished_at": _UTC,
    "status": pl.String,
    "n_seen": pl.Int64,
    "n_new": pl.Int64,
    "n_changed": pl.Int64,
    "n_rejected": pl.Int64,
    "seconds": pl.Float64,
}

QUALITY_RESULTS: Schema = {
    "run_id": pl.String,
    "table_name": pl.String,
    "check_name": pl.String,
    "severity": pl.String,
    "passed": pl.Boolean,
    "n_rows": pl.Int64,
    "n_unexpected": pl.Int64,
    "sample": pl.String,
}

RAW_RELATIONS: Mapping[str, Schema] = {
    "article_revisions": SETTLED,
    "blocks": BLOCKS,
    **ANNOTATIONS,
    **AGGREGATES,
    "runs": RUNS,
    "quality_results": QUALITY_RESULTS,
    "rejected_inputs": REJECTED,
}
"""What the parts of each relation of the store's `raw` schema hold."""
