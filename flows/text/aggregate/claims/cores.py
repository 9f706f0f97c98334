"""What a sentence is about: what is said in it, or else who does what to whom. The rest is setting."""

from __future__ import annotations

import polars as pl

from flows.text.aggregate.claims.statements import StatementReader, read_statements

WHOLE = 0.9
"""Share of a sentence from which what is said in it is all of it."""

_PLACE = ["article_id", "sentence_no"]


def find_cores(
    sentences: pl.DataFrame,
    events: pl.DataFrame,
    quotes: pl.DataFrame,
    *,
    read: StatementReader = read_statements,
) -> list[frozenset[str]]:
    """The terms of what each sentence quotes, else of its events; empty where it has neither.

    Who says it and how is setting: two things that one mayor says are two.
    sentences: article_id, sentence_no, text. events: article_id, sentence_no, action, actor, target.
    quotes: article_id, sentence_no, text.
    """
    parts = pl.concat_str("action", "actor", "target", separator=" ", ignore_nulls=True)
    done = events.group_by(_PLACE).agg(done=parts.str.join(" "))
    said = quotes.group_by(_PLACE).agg(said=pl.col("text").str.join(" . "))
    rows = sentences.select(*_PLACE, "text")
    for found in (done, said):
        rows = rows.join(found, on=_PLACE, how="left", maintain_order="left")
    cores = [_core(*row) for row in rows.select("text", "said", "done").iter_rows()]
    terms = iter(read([core for core in cores if core]))
    return [frozenset(next(terms).terms) if core else frozenset() for core in cores]


def _core(text: str, said: str | None, done: str | None) -> str | None:
    return None if len(said or "") >= WHOLE * len(text) else said or done
