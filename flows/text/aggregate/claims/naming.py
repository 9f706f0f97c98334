"""Names in statements made comparable: "Chinese", "China" and "Beijing" as the entity that is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from flows.text.aggregate.claims.statements import Statement
from flows.text.aggregate.claims.words import stem

NAMED = ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC")
"""Labels of entities whose names stand for them, as OntoNotes has them."""

_WORD = re.compile(r"[^\W\d_]+")


def name_entities(
    statements: Sequence[Statement], sentences: pl.DataFrame, mentions: pl.DataFrame
) -> list[Statement]:
    """The statements with the words of names replaced by one term for each entity.

    sentences: article_id, sentence_no, one row a statement. mentions: article_id, sentence_no,
    entity_id (None where it is not known: the words stay), label, text.
    """
    place = ["article_id", "sentence_no"]
    known = mentions.drop_nulls("entity_id").filter(pl.col("label").is_in(NAMED))
    found = known.group_by(place).agg("entity_id", "text")
    rows = sentences.select(place).join(found, on=place, how="left", maintain_order="left")
    return [
        _name(statement, entities, texts) if entities else statement
        for statement, (entities, texts) in zip(
            statements, rows.select("entity_id", "text").iter_rows(), strict=True
        )
    ]


def _name(statement: Statement, entities: Sequence[str], texts: Sequence[str]) -> Statement:
    names = {stem(word) for text in texts for word in _WORD.findall(text.lower())}
    words = tuple(term for term in statement.terms if term not in names)
    return replace(statement, terms=words + tuple(f"@{entity}" for entity in dict.fromkeys(entities)))
