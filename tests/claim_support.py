"""Makes ClaimInputs of a few sentences, for tests of claims."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from flows.text.aggregate.claim_frames import ClaimInputs

_TEXT, _NUMBER, _DAY = pl.String, pl.Int64, pl.Date
_SCHEMAS: dict[str, dict[str, Any]] = {
    "shared_spans": {"article_id": _TEXT, "other_id": _TEXT}
    | dict.fromkeys(("char_start", "char_end", "other_start", "other_end"), _NUMBER),
    "pairs": {"article_id": _TEXT, "other_id": _TEXT, "containment": pl.Float64},
    "quotes": {"article_id": _TEXT, "sentence_no": _NUMBER, "kind": _TEXT, "text": _TEXT}
    | {"speaker": _TEXT, "speaker_entity_id": _TEXT},
    "mentions": {
        "article_id": _TEXT,
        "sentence_no": _NUMBER,
        "entity_id": _TEXT,
        "label": _TEXT,
        "text": _TEXT,
    },
    "times": {"article_id": _TEXT, "sentence_no": _NUMBER, "begins_on": _DAY, "ends_on": _DAY}
    | {"char_start": _NUMBER, "char_end": _NUMBER},
    "quantities": {"article_id": _TEXT, "sentence_no": _NUMBER, "value": pl.Float64}
    | {"char_start": _NUMBER, "char_end": _NUMBER},
    "events": {"article_id": _TEXT, "sentence_no": _NUMBER, "actor": _TEXT, "action": _TEXT, "target": _TEXT}
    | {"negated": pl.Boolean, "modality": _TEXT, "begins_on": _DAY, "ends_on": _DAY},
}


def make_inputs(
    articles: dict[str, list[str]],
    *,
    agencies: dict[str, list[str]] | None = None,
    outlets: dict[str, str] | None = None,
    stories: dict[str, str] | None = None,
    days: dict[str, date] | None = None,
    **annotations: list[dict[str, Any]],
) -> ClaimInputs:
    """articles: name → its sentences, each a paragraph. Annotations: rows; what they lack is None."""
    rows = [
        {
            "article_id": name,
            "story_id": (stories or {}).get(name, "story"),
            "outlet": (outlets or {}).get(name),
            "title": None,
            "agencies": (agencies or {}).get(name, []),
            "published_on": (days or {}).get(name),
        }
        for name in articles
    ]
    schema = dict.fromkeys(("article_id", "story_id", "outlet", "title"), _TEXT)
    sentences = [
        {
            "article_id": name,
            "sentence_no": number,
            "paragraph_no": number,
            "text": text,
            "char_start": sum(len(before) + 2 for before in texts[:number]),
            "char_end": sum(len(before) + 2 for before in texts[:number]) + len(text),
        }
        for name, texts in articles.items()
        for number, text in enumerate(texts)
    ]
    places = dict.fromkeys(("sentence_no", "paragraph_no", "char_start", "char_end"), _NUMBER)
    return ClaimInputs(
        articles=pl.DataFrame(rows, schema=schema | {"agencies": pl.List(_TEXT), "published_on": _DAY}),
        sentences=pl.DataFrame(sentences, schema={"article_id": _TEXT, "text": _TEXT} | places),
        **{
            kind: pl.DataFrame(
                [dict.fromkeys(kinds) | row for row in annotations.get(kind, [])], schema=kinds
            )
            for kind, kinds in _SCHEMAS.items()
        },
    )
