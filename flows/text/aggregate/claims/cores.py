"""What a sentence is about: the words of who does what to whom in its events. The rest is setting."""

from __future__ import annotations

import re

import polars as pl

from flows.text.aggregate.claims.words import stem

_WORD = re.compile(r"[^\W\d_]+")


def find_cores(sentences: pl.DataFrame, events: pl.DataFrame) -> list[frozenset[str]]:
    """The stems of action, actor and target of the events of each sentence; empty where it has none.

    sentences: article_id, sentence_no. events: article_id, sentence_no, action, actor, target.
    """
    place = ["article_id", "sentence_no"]
    parts = pl.concat_str("action", "actor", "target", separator=" ", ignore_nulls=True)
    told = events.group_by(place).agg(core=parts.str.join(" "))
    cores = sentences.select(place).join(told, on=place, how="left", maintain_order="left")["core"]
    return [frozenset(stem(word) for word in _WORD.findall((core or "").lower())) for core in cores]
