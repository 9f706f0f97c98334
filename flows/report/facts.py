"""What a page tells, as read from the views: a frame for each question of `sql/report`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import polars as pl

MOST_STORIES = 30
MOST_CLAIMS = 30
MOST_BARS = 15
"""Speakers and origins that are shown."""
MOST_CONFLICTS = 40
MOST_ROWS = 300
"""Articles, happenings, claims and quotes that the page of one story shows."""
MOST_PAIRS = 900
"""Pairs of articles that a heat map shows: 30 by 30."""

Row = dict[str, Any]


class Ask(Protocol):
    """Gives the rows of a question; see `flows.store.questions.ask`."""

    def __call__(self, name: str, /, **parameters: str | int | None) -> pl.DataFrame: ...


class UnknownStoryError(LookupError):
    """The published version has no story of that id."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page of a whole warehouse tells."""

    counts: Row
    stories: pl.DataFrame
    articles_by_day: pl.DataFrame
    claims: pl.DataFrame
    conflicts: pl.DataFrame
    origins: pl.DataFrame
    speakers: pl.DataFrame
    failed_checks: pl.DataFrame
    rejections: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Story:
    """What the page of one story tells."""

    story: Row
    articles: pl.DataFrame
    timeline: pl.DataFrame
    claims: pl.DataFrame
    n_claims: int
    claim_sentences: pl.DataFrame
    conflicts: pl.DataFrame
    quotes: pl.DataFrame
    reuse: pl.DataFrame


def read_overview(ask: Ask) -> Overview:
    """What the page of the whole warehouse tells."""
    return Overview(
        counts=ask("counts").row(0, named=True),
        stories=ask("stories", most=MOST_STORIES),
        articles_by_day=ask("articles_by_day"),
        claims=ask("claims", most=MOST_CLAIMS),
        conflicts=ask("conflicts", story_id=None, most=MOST_CONFLICTS),
        origins=ask("origins", most=MOST_BARS),
        speakers=ask("speakers", most=MOST_BARS),
        failed_checks=ask("failed_checks"),
        rejections=ask("rejections"),
    )


def read_story(ask: Ask, story_id: str) -> Story:
    """What the page of one story tells. Raises UnknownStoryError."""
    found = ask("story", story_id=story_id)
    if found.is_empty():
        raise UnknownStoryError(
            f"the published version has no story {story_id!r}: "
            '`copydesk sql "SELECT story_id, title FROM stories"` lists them'
        )
    of_story: dict[str, str | int | None] = {"story_id": story_id, "most": MOST_ROWS}
    return Story(
        story=found.row(0, named=True),
        articles=ask("story_articles", **of_story),
        timeline=ask("story_timeline", **of_story),
        claims=ask("story_claims", **of_story),
        n_claims=found["n_claims"].item(),
        claim_sentences=ask("story_claim_sentences", story_id=story_id),
        conflicts=ask("conflicts", story_id=story_id, most=MOST_CONFLICTS),
        quotes=ask("story_quotes", **of_story),
        reuse=ask("story_reuse", story_id=story_id, most=MOST_PAIRS),
    )
