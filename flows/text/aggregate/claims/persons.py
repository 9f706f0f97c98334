"""Persons named in passing: what several articles tell of such a person is mostly the same.

Not those who are quoted: one witness says many things.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

import polars as pl

MOST_SENTENCES = 2
"""Sentences of an article that name the person; of a main character each sentence tells another thing."""
MOST_TOLD = 20
"""Sentences of a story on one such person that are paired, the first; bounds the work."""


def find_passing_persons(
    sentences: pl.DataFrame, mentions: pl.DataFrame, quotes: pl.DataFrame
) -> list[frozenset[str]]:
    """The entity_id of such persons, named in full, for each sentence.

    sentences: article_id, sentence_no. mentions: article_id, sentence_no, entity_id, label, text.
    quotes: article_id, sentence_no, speaker_entity_id.
    """
    place = ["article_id", "sentence_no"]
    persons = (
        mentions.drop_nulls("entity_id")
        .filter(pl.col("label") == "PERSON")
        .group_by(*place, "entity_id")
        .agg(in_full=pl.col("text").str.contains(" ").any())
        .filter(pl.col("in_full") & (pl.len().over("article_id", "entity_id") <= MOST_SENTENCES))
        .join(quotes.select(*place, entity_id="speaker_entity_id"), on=[*place, "entity_id"], how="anti")
        .group_by(place)
        .agg("entity_id")
    )
    found = sentences.select(place).join(persons, on=place, how="left", maintain_order="left")["entity_id"]
    return [frozenset(entities or ()) for entities in found.to_list()]


def pair_persons(persons: Sequence[frozenset[str]], stories: Sequence[int]) -> list[tuple[int, int]]:
    """The pairs of sentences of one story that tell of the same person in passing, lower number first."""
    told: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number, (entities, story) in enumerate(zip(persons, stories, strict=True)):
        for entity in entities:
            told[story, entity].append(number)
    return sorted({pair for numbers in told.values() for pair in combinations(numbers[:MOST_TOLD], 2)})
