"""What annotations say of a statement: on which days it happened, what happens, and whether it is done
or only planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from flows.text.aggregate.claims.statements import Stance, Statement
from flows.text.aggregate.claims.words import stem

_PLACE = ["article_id", "sentence_no"]


def situate_statements(
    statements: Sequence[Statement], sentences: pl.DataFrame, events: pl.DataFrame, days: pl.DataFrame
) -> list[Statement]:
    """The statements with their days, stance and actions.

    sentences: article_id, sentence_no, one row a statement. events: article_id, sentence_no, action,
    modality. days: article_id, sentence_no, happened_on.
    """
    happened = days.group_by(_PLACE).agg(pl.col("happened_on").unique())
    done = events.group_by(_PLACE).agg("action", modalities=pl.col("modality").unique())
    rows = (
        sentences.select(_PLACE)
        .join(happened, on=_PLACE, how="left", maintain_order="left")
        .join(done, on=_PLACE, how="left", maintain_order="left")
        .select("happened_on", "action", "modalities")
        .iter_rows()
    )
    return [
        replace(
            statement,
            days=frozenset(dates or ()),
            stance=_stance(statement, actions or (), modalities or ()),
            actions=frozenset(map(_verb, actions or ())),
        )
        for statement, (dates, actions, modalities) in zip(statements, rows, strict=True)
    ]


def _stance(statement: Statement, actions: Sequence[str], modalities: Sequence[str]) -> Stance | None:
    """ "planned" where all that happens is, "done" where all is asserted and past."""
    if list(modalities) == ["planned"]:
        return "planned"
    past = all(_verb(action) in statement.past for action in actions)
    return "done" if past and list(modalities) == ["asserted"] else None


def _verb(action: str) -> str:
    """ "took part in" → "take"."""
    return stem(action.split(maxsplit=1)[0])
