"""The entities of an article put together, and the look-up of what a span stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.text.extract.entities.candidates import find_candidates
from flows.text.extract.entities.joining import Cluster, Joiner
from flows.text.extract.entities.naming import canonical_name, country_code
from flows.text.extract.entities.overlooked import add_overlooked
from flows.text.extract.entities.people import tell_people
from flows.text.extract.entities.references import ReferenceResolver
from flows.text.extract.entities.tokens import Tokens
from flows.text.types import ArticleEntity, Mention, ParsedArticle, Sentence


@dataclass(frozen=True, slots=True)
class EntityAnnotations:
    """Mentions in order, entities by entity_no."""

    mentions: tuple[Mention, ...] = ()
    entities: tuple[ArticleEntity, ...] = ()
    _tokens: Tokens | None = field(default=None, repr=False, compare=False)
    _entity_at: dict[int, int] = field(default_factory=dict, repr=False, compare=False)
    """Token number to the entity_no that it stands for."""


def find_entities(article: ParsedArticle, sentences: Sequence[Sentence]) -> EntityAnnotations:
    """The entities of the article; `sentences` are those of `split_sentences`."""
    tokens = Tokens(article)
    candidates = add_overlooked(tokens, tell_people(tokens, find_candidates(tokens)))
    joiner = Joiner(tokens, candidates)
    joiner.join()
    resolver = ReferenceResolver(tokens, candidates, joiner.owners(), joiner.clusters)
    resolver.resolve()
    clusters = sorted((c for c in joiner.clusters if c.mentions), key=lambda c: c.mentions[0])
    numbers = {cluster.number: number for number, cluster in enumerate(clusters)}
    return EntityAnnotations(
        mentions=_mentions(tokens, joiner, resolver, numbers),
        entities=tuple(_entity(number, cluster, joiner, resolver) for number, cluster in enumerate(clusters)),
        _tokens=tokens,
        _entity_at={token: numbers[cluster] for token, cluster in resolver.discourse.cluster_at.items()},
    )


def _mentions(
    tokens: Tokens, joiner: Joiner, resolver: ReferenceResolver, numbers: dict[int, int]
) -> tuple[Mention, ...]:
    """Names and resolved descriptions in order; a description takes the place of names it ends with."""
    described = {reference.head for reference in resolver.references}
    spans = [
        (name.char_start, name.char_end, tokens.sentence[name.start], owner.number, label)
        for name, owner, label in zip(joiner.candidates, joiner.owners(), joiner.labels, strict=True)
        if name.head not in described
    ]
    spans += [
        (
            tokens.starts[reference.start],
            tokens.ends[reference.end - 1],
            tokens.sentence[reference.head],
            reference.cluster,
            resolver.discourse.clusters[reference.cluster].label,
        )
        for reference in resolver.references
    ]
    return tuple(
        Mention(
            sentence_no=sentence,
            entity_no=numbers[cluster],
            label=label,
            text=tokens.text[start:end],
            char_start=start,
            char_end=end,
        )
        for start, end, sentence, cluster, label in sorted(spans)
    )


def _entity(number: int, cluster: Cluster, joiner: Joiner, resolver: ReferenceResolver) -> ArticleEntity:
    name = canonical_name(cluster, joiner.candidates)
    texts = dict.fromkeys(joiner.candidates[at].text for at in cluster.mentions)
    return ArticleEntity(
        entity_no=number,
        name=name,
        label=cluster.label,
        aliases=tuple(text for text in texts if text != name),
        country_code=country_code(cluster, name),
        roles=tuple(resolver.discourse.profiles[cluster.number].roles)
        if cluster.number in resolver.discourse.profiles
        else (),
    )


def resolve_reference(found: EntityAnnotations, char_start: int, char_end: int) -> int | None:
    """The entity_no that the span stands for, by its head word; None where that is not known.

    Several people joined by "and" stand for none of them.
    """
    tokens = found._tokens
    if tokens is None:
        return None
    span = tokens.tokens_in(char_start, char_end)
    head = tokens.head_of(span)
    if head is None:
        return None
    number = found._entity_at.get(head)
    joined = (child for child in tokens.children[head] if tokens.deps[child] == "conj" and child in span)
    return None if any(found._entity_at.get(child) != number for child in joined) else number
