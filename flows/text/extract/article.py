"""One article through all extractors: what stands in it, with spans."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flows.text.extract.entities import EntityAnnotations, find_entities, resolve_reference
from flows.text.extract.events import find_events
from flows.text.extract.quantities import find_quantities
from flows.text.extract.quotes import find_quotes
from flows.text.extract.sentences import split_sentences
from flows.text.extract.times import find_times
from flows.text.types import (
    ArticleEntity,
    Event,
    Mention,
    ParsedArticle,
    Quantity,
    Quote,
    Sentence,
    TimeExpression,
)

UNDERSTOOD_LANGUAGES = frozenset({None, "en"})
"""The extractors read English; an article whose language is not known is tried."""


@dataclass(frozen=True, slots=True)
class Annotations:
    """What the extractors found in one article."""

    sentences: tuple[Sentence, ...] = ()
    entities: tuple[ArticleEntity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    events: tuple[Event, ...] = ()
    event_entities: tuple[tuple[int | None, int | None], ...] = ()
    """For each event the entity_no of its actor and of its target."""


def extract_article(article: ParsedArticle) -> Annotations:
    """All annotations of the article; of a language that is not understood, the sentences only."""
    sentences = split_sentences(article)
    if article.language not in UNDERSTOOD_LANGUAGES:
        return Annotations(sentences=sentences)
    found = find_entities(article, sentences)
    quotes = tuple(_name_speaker(quote, found) for quote in find_quotes(article, sentences))
    times = find_times(article, sentences)
    events = find_events(article, sentences, times, quotes)
    return Annotations(
        sentences=sentences,
        entities=found.entities,
        mentions=found.mentions,
        quotes=quotes,
        times=times,
        quantities=find_quantities(article, sentences, times),
        events=events,
        event_entities=tuple(
            (
                _entity_at(found, event.actor_start, event.actor_end),
                _entity_at(found, event.target_start, event.target_end),
            )
            for event in events
        ),
    )


def _name_speaker(quote: Quote, found: EntityAnnotations) -> Quote:
    return replace(quote, speaker_entity_no=_entity_at(found, quote.speaker_start, quote.speaker_end))


def _entity_at(found: EntityAnnotations, start: int | None, end: int | None) -> int | None:
    return None if start is None or end is None else resolve_reference(found, start, end)
