"""What sentences state, kept beside the aggregates: a sentence is taken apart once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
from pydantic import TypeAdapter

from flows.stages.growing import GrowingRows
from flows.stages.schemas import Schema
from flows.text.aggregate.claims.statements import Statement, read_statement

_SCHEMA: Schema = {"text": pl.UInt64, "statement": pl.Binary}
"""By a hash of the text; the statement is JSON."""
_JSON = TypeAdapter(Statement)


class Statements:
    """A reader of statements that knows what an earlier aggregate kept.

    `kept`: these rows, and those that were read here.
    """

    def __init__(self, earlier: Path | None) -> None:
        self.kept = GrowingRows(earlier, "statements", _SCHEMA, form="arrow")

    def __call__(self, texts: Sequence[str]) -> list[Statement]:
        """One statement a text; those that are not known are read."""
        wanted = pl.DataFrame({"text": pl.Series(texts, dtype=pl.String).hash()})
        known = wanted.join(self.kept.of(wanted), on="text", how="left", maintain_order="left")
        found = [
            read_statement(text) if kept is None else _JSON.validate_json(kept)
            for text, kept in zip(texts, known["statement"], strict=True)
        ]
        self._keep(known, found)
        return found

    def _keep(self, known: pl.DataFrame, found: Sequence[Statement]) -> None:
        missing = known.with_row_index("row").filter(pl.col("statement").is_null())
        missing = missing.unique("text", keep="first", maintain_order=True)
        read = pl.Series([_JSON.dump_json(found[row]) for row in missing["row"]], dtype=pl.Binary)
        self.kept.add(missing.select("text", statement=read))
