"""Claims of one story that contradict each other: other figures, other days, a negation.

Two statements that speak of the same and disagree are found while claims are built; here they become
rows that a reader understands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from flows.text.aggregate.claim_frames import CONFLICTS, ClaimInputs
from flows.text.aggregate.claims.agreement import Disagreement
from flows.text.aggregate.claims.circumstances import read_circumstances, tell_apart

CONTRADICTING = ("figure", "day", "negation")


@dataclass(frozen=True, slots=True)
class Difference:
    """Two statements, by number, that speak of the same and disagree."""

    first: int
    second: int
    disagreement: Disagreement


def tell_conflicts(
    members: pl.DataFrame, wordings: pl.Series, differences: Sequence[Difference], evidence: ClaimInputs
) -> pl.DataFrame:
    """One row a pair of claims and kind, with the first sentence of each side; see CONFLICTS.

    members: the sentences of claims, in order of time, with wording; wordings: by statement number.
    Two sentences that tell of other towns, other times or other doers do not contradict each other.
    """
    told = [difference for difference in differences if difference.disagreement.kind in CONTRADICTING]
    wanted = wordings.gather(
        [number for difference in told for number in (difference.first, difference.second)]
    )
    first = members.filter(pl.col("wording").is_in(wanted.implode())).unique(
        "wording", keep="first", maintain_order=True
    )
    places = {row["wording"]: row for row in first.iter_rows(named=True)}
    known = read_circumstances(first, evidence.mentions, evidence.times, evidence.events)
    circumstances = {row["wording"]: known[row["article_id"], row["sentence_no"]] for row in places.values()}
    rows = [
        _row(places[one], places[other], difference.disagreement)
        for difference in told
        for one, other in [(wordings[difference.first], wordings[difference.second])]
        if not tell_apart(circumstances[one], circumstances[other], difference.disagreement)
    ]
    frame = pl.DataFrame(rows, schema=CONFLICTS)
    sides = ["claim_id", "other_claim_id", "kind", "value", "other_value"]
    return frame.unique(sides, keep="first", maintain_order=True).sort("story_id", *sides)


def _row(first: Mapping[str, Any], second: Mapping[str, Any], disagreement: Disagreement) -> dict[str, Any]:
    return {
        "story_id": first["story_id"],
        "claim_id": first["claim_id"],
        "other_claim_id": second["claim_id"],
        "article_id": first["article_id"],
        "sentence_no": first["sentence_no"],
        "other_id": second["article_id"],
        "other_sentence_no": second["sentence_no"],
        "kind": disagreement.kind,
        "value": disagreement.value,
        "other_value": disagreement.other_value,
        "explanation": f"{_voice(first)}: {disagreement.value}; {_voice(second)}: {disagreement.other_value}",
    }


def _voice(row: Mapping[str, Any]) -> str:
    """ "Daily Example, 2023-07-25"."""
    day = row["published_on"].isoformat() if row["published_on"] else None
    return ", ".join(part for part in (row["outlet"] or row["article_id"], day) if part)
