"""The page that `copydesk report` writes: facts from the views, charts, templates. No SQL, no DuckDB."""

from __future__ import annotations

from flows.report.facts import Ask, UnknownStoryError, read_overview, read_story
from flows.report.page import show_overview, show_story

__all__ = ["Ask", "UnknownStoryError", "write_report"]


def write_report(ask: Ask, story_id: str | None = None) -> str:
    """The page, whole: of one story, or of the warehouse. Raises UnknownStoryError.

    The same database gives the same page, letter by letter.
    """
    return show_overview(read_overview(ask)) if story_id is None else show_story(read_story(ask, story_id))
