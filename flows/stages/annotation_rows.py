"""Annotations of one article as rows of the annotation parts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from hashlib import md5
from operator import attrgetter
from typing import Any

from flows.stages.schemas import ANNOTATIONS
from flows.text.extract.article import Annotations
from flows.text.types import ArticleEntity, Event, Mention, Quantity, Quote, Sentence, TimeExpression

Row = dict[str, Any]

_NO_WORDS = re.compile(r"[^0-9A-Za-z_]+")
_BETWEEN = "\N{UNIT SEPARATOR}"


def _columns_of(relation: str, annotation: type) -> tuple[str, ...]:
    """The columns that the annotation gives under their own names."""
    return tuple(field.name for field in fields(annotation) if field.name in ANNOTATIONS[relation])


_COLUMNS: Mapping[str, tuple[str, ...]] = {
    relation: _columns_of(relation, annotation)
    for relation, annotation in {
        "sentences": Sentence,
        "article_entities": ArticleEntity,
        "mentions": Mention,
        "quotes": Quote,
        "times": TimeExpression,
        "quantities": Quantity,
        "events": Event,
    }.items()
}
_GETTERS: Mapping[str, Callable[[Any], tuple[Any, ...]]] = {
    relation: attrgetter(*names) for relation, names in _COLUMNS.items()
}


def annotation_rows(text_id: str, article_id: str, found: Annotations) -> dict[str, list[Row]]:
    """Rows for every annotation part, keyed by its name."""
    key = {"text_id": text_id, "article_id": article_id}
    rows = {
        "annotated": [key],
        "sentences": _rows(key, "sentences", found.sentences),
        "article_entities": _rows(key, "article_entities", found.entities),
        "mentions": _rows(key, "mentions", found.mentions),
        "quotes": _rows(key, "quotes", found.quotes),
        "times": _rows(key, "times", found.times),
        "quantities": _rows(key, "quantities", found.quantities),
        "events": _rows(key, "events", found.events),
    }
    n_mentions = Counter(mention.entity_no for mention in found.mentions)
    for row in rows["article_entities"]:
        row["n_mentions"] = n_mentions[row["entity_no"]]
    for number, row in enumerate(rows["quotes"]):
        row["quote_no"] = number
    words = {sentence.sentence_no: sentence.text for sentence in found.sentences}
    for row, (actor, target) in zip(rows["events"], found.event_entities, strict=True):
        row.update(actor_entity_no=actor, target_entity_no=target)
        row["event_key"] = event_key(row, words[row["sentence_no"]])
    return rows


def event_key(event: Row, sentence: str) -> str:
    """Equal for reports of one event: copies of its sentence, whatever their case and punctuation.

    The sentence's words alone are not enough: it can tell of several events, or of "Wednesday" in two weeks.
    """
    words = _NO_WORDS.sub(" ", sentence).lower()
    told = (event[name] for name in ("actor", "action", "target", "begins_on", "ends_on"))
    parts = [words, *(str(value) for value in told if value is not None)]
    return md5(_BETWEEN.join(parts).encode(), usedforsecurity=False).hexdigest()


def _rows(key: Row, relation: str, annotations: Iterable[object]) -> list[Row]:
    names, values = _COLUMNS[relation], _GETTERS[relation]
    return [{**key, **dict(zip(names, map(_plain, values(item)), strict=True))} for item in annotations]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
