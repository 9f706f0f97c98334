"""What an article is headed: its own headline, or else its lead, cut short.

Not here: which headline a story gets (titles.py).
"""

from __future__ import annotations

import re

import polars as pl

from flows.text.aggregate.datelines import strip_dateline

LEAD_TITLE_CHARACTERS = 90
"""Length at which a lead that stands in for a headline is cut, at a word: a long headline's length."""

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])|\n")


def tell_headlines(articles: pl.DataFrame) -> pl.Series:
    """The headline of each article (title, text); None where it has neither headline nor lead."""
    told = articles.select("title", "text").iter_rows()
    headlines = [_shorten_lead(text) if title is None else title for title, text in told]
    return pl.Series("headline", headlines, dtype=pl.String)


def _shorten_lead(text: str) -> str | None:
    lead = _SENTENCE_END.split(strip_dateline(text.strip()), maxsplit=1)[0].strip()
    if len(lead) <= LEAD_TITLE_CHARACTERS:
        return lead or None
    return lead[: LEAD_TITLE_CHARACTERS + 1].rsplit(None, 1)[0].rstrip(",;:–—-") + " …"
