"""Where, when and by whom: what shows that two sentences with other figures tell of two things.

Asked only of pairs that would be told as a contradiction, since it is no sign that they say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import polars as pl

from flows.text.aggregate.claims.agreement import Disagreement
from flows.text.aggregate.claims.words import stem, word_class
from flows.text.extract.entities.names import normalise
from flows.text.extract.entities.places import find_place

MOST_DAYS_BETWEEN = 28
"""Days before its article from which on a sentence looks back; a toll rises for weeks."""

_PLACE = ["article_id", "sentence_no"]
Period = tuple[date, date]
Place = tuple[str, int]
"""article_id and sentence_no."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Towns that a sentence names, its times where it looks back, and who does what, by verb stem."""

    towns: frozenset[str] = frozenset()
    past: Period | None = None
    doers: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read_circumstances(
    sentences: pl.DataFrame, mentions: pl.DataFrame, times: pl.DataFrame, events: pl.DataFrame
) -> dict[Place, Circumstances]:
    """The circumstances of each sentence.

    sentences: article_id, sentence_no, published_on. mentions: article_id, sentence_no, label, text.
    times: article_id, sentence_no, begins_on, ends_on. events: article_id, sentence_no, action, actor.
    """
    wanted = sentences.select(*_PLACE, "published_on").unique(_PLACE)
    towns = mentions.filter(pl.col("label") == "GPE").group_by(_PLACE).agg(towns="text")
    periods = (
        times.drop_nulls(("begins_on", "ends_on"))
        .group_by(_PLACE)
        .agg(pl.col("begins_on").min(), pl.col("ends_on").max())
    )
    doers = events.group_by(_PLACE).agg("action", "actor")
    rows = wanted
    for frame in (towns, periods, doers):
        rows = rows.join(frame, on=_PLACE, how="left")
    return {
        (row["article_id"], row["sentence_no"]): Circumstances(
            towns=frozenset(map(normalise, filter(_is_town, row["towns"] or ()))),
            past=_past(row["begins_on"], row["ends_on"], row["published_on"]),
            doers=_doers(row["action"] or (), row["actor"] or ()),
        )
        for row in rows.iter_rows(named=True)
    }


def tell_apart(first: Circumstances, second: Circumstances, disagreement: Disagreement) -> bool:
    """Whether the two tell of two things, so that they do not contradict each other."""
    if first.towns and second.towns and first.towns.isdisjoint(second.towns):
        return True
    if disagreement.kind == "negation":
        word = disagreement.value.removeprefix("not ")
        mine, theirs = (circumstances.doers.get(word, frozenset()) for circumstances in (first, second))
        return bool(mine) and bool(theirs) and mine.isdisjoint(theirs)
    # The year that two outlets give differently is itself a time of the sentence.
    return disagreement.figure not in (None, "year") and _are_far_apart(first.past, second.past)


def _are_far_apart(first: Period | None, second: Period | None) -> bool:
    """One looks back and the other does not, or both do, to other times."""
    if first is None or second is None:
        return first is not second
    (begin, end), (other_begin, other_end) = first, second
    return max((other_begin - end).days, (begin - other_end).days) > MOST_DAYS_BETWEEN


def _past(begin: date | None, end: date | None, published: date | None) -> Period | None:
    if begin is None or end is None or published is None:
        return None
    return (begin, end) if (published - end).days > MOST_DAYS_BETWEEN else None


@lru_cache(maxsize=10_000)
def _is_town(name: str) -> bool:
    """A place smaller than a state: what one calls by its town another calls by its country."""
    place = find_place(name)
    return place is None or place.kind == "city"


def _doers(actions: Sequence[str], actors: Sequence[str | None]) -> dict[str, frozenset[str]]:
    """Stem of each verb → the stems of who does it; "no group" could be any."""
    found: dict[str, frozenset[str]] = {}
    for action, actor in zip(actions, actors, strict=True):
        verb = stem(action.split(maxsplit=1)[0].lower())
        words = (actor or "").lower().split()
        named = frozenset() if "no" in words else frozenset(map(stem, set(words) - word_class("empty")))
        found[verb] = found.get(verb, frozenset()) | named
    return found
