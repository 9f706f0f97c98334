"""Charts as pictures that a page holds in itself: Altair draws, no script runs where they are read."""

from __future__ import annotations

import base64
from typing import Any

import altair as alt
import polars as pl
import vl_convert

WIDTH = 640
"""Pixels."""
BAR = 22
"""Pixels from one bar to the next."""
COLUMN = 36
"""Pixels from one column of a heat map to the next."""
LONGEST_LABEL = 260
"""Pixels of an axis label."""
INK, PALE, MARK = "#1f3a5f", "#c9d6e4", "#b5542b"

_THEME: dict[str, Any] = {
    "font": "sans-serif",
    "background": "white",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelLimit": LONGEST_LABEL,
    },
    "legend": {"labelFontSize": 12, "title": None, "orient": "top"},
}


def draw_stories(stories: pl.DataFrame) -> str:
    """Articles of each story, and independent sources. stories: story_id, title and both counts."""
    counts = stories.select("n_articles", "n_independent_sources", story=pl.coalesce("title", "story_id"))
    bars = alt.Chart(_rows(counts)).encode(y=alt.Y("story:N", sort=None, title=None))
    title = "articles (pale) and independent sources (dark)"
    articles = bars.mark_bar(color=PALE, height=14).encode(x=_whole("n_articles:Q", title))
    sources = bars.mark_bar(color=INK, height=7).encode(x="n_independent_sources:Q")
    return _picture((articles + sources).properties(width=WIDTH - LONGEST_LABEL, height=alt.Step(BAR)))


def draw_days(articles_by_day: pl.DataFrame) -> str:
    """Articles by day, copies apart. articles_by_day: published_on, kind, n_articles."""
    kinds = alt.Scale(domain=["own text", "mostly a copy"], range=[INK, PALE])
    n_days = articles_by_day["published_on"].n_unique()
    return _picture(
        alt.Chart(_rows(articles_by_day.with_columns(pl.col("published_on").cast(pl.String))))
        .mark_bar()
        .encode(
            x=alt.X("published_on:O", title=None, axis=alt.Axis(labelAngle=-40, labelOverlap=True)),
            y=alt.Y("n_articles:Q", title="articles", axis=alt.Axis(tickMinStep=1, format="d")),
            color=alt.Color("kind:N", scale=kinds),
            order=alt.Order("kind:N", sort="descending"),
        )
        .properties(width=min(WIDTH, max(160, n_days * 40)), height=180)
    )


def draw_bars(counts: pl.DataFrame, *, label: str, title: str) -> str:
    """A bar of n_articles for each `label`, a column of `counts`."""
    return _picture(
        alt.Chart(_rows(counts))
        .mark_bar(color=INK, height=14)
        .encode(x=_whole("n_articles:Q", title), y=alt.Y(f"{label}:N", sort=None, title=None))
        .properties(width=WIDTH - LONGEST_LABEL, height=alt.Step(BAR))
    )


def draw_happenings(timeline: pl.DataFrame) -> str:
    """The days on which something happened, larger where more is told. timeline: as in sql/report."""
    days = (
        timeline.group_by("happened_on", "planned")
        .agg(n_articles=pl.col("n_articles").sum())
        .sort("happened_on", "planned")
        .select(
            pl.col("happened_on").cast(pl.String),
            "n_articles",
            kind=pl.when("planned").then(pl.lit("announced")).otherwise(pl.lit("told")),
        )
    )
    kinds = alt.Scale(domain=["told", "announced"], range=[INK, MARK])
    return _picture(
        alt.Chart(_rows(days))
        .mark_circle(opacity=0.8)
        .encode(
            x=alt.X("happened_on:T", title=None, scale=alt.Scale(padding=20)),
            y=alt.Y("kind:N", title=None, sort=["told", "announced"]),
            size=alt.Size("n_articles:Q", legend=None, scale=alt.Scale(range=[40, 500])),
            color=alt.Color("kind:N", legend=None, scale=kinds),
        )
        .properties(width=WIDTH, height=80)
    )


def draw_reuse(reuse: pl.DataFrame) -> str:
    """How much of one article stands in another. reuse: article, other, containment (0 to 1)."""
    articles = alt.Scale(domain=sorted({*reuse["article"], *reuse["other"]}))
    cells = alt.Chart(_rows(reuse.select("article", "other", "containment"))).encode(
        x=alt.X("other:N", title="stands in", scale=articles, axis=alt.Axis(labelAngle=-40)),
        y=alt.Y("article:N", title="so much of", scale=articles),
    )
    shade = alt.Color("containment:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=["#eef2f7", INK]))
    legible = alt.condition("datum.containment > 0.5", alt.value("white"), alt.value("black"))
    numbers = cells.mark_text(fontSize=10).encode(text=alt.Text("containment:Q", format=".0%"), color=legible)
    heat = cells.mark_rect().encode(color=shade) + numbers
    return _picture(heat.properties(width=alt.Step(COLUMN), height=alt.Step(BAR)))


def _whole(field: str, title: str) -> alt.X:
    return alt.X(field, title=title, axis=alt.Axis(tickMinStep=1, format="d"))


def _rows(frame: pl.DataFrame) -> alt.InlineData:
    return alt.InlineData(values=frame.to_dicts())


def _picture(chart: alt.Chart | alt.LayerChart) -> str:
    """A data: address of an SVG; a picture of its own, so that nothing in it reaches the page."""
    svg = vl_convert.vegalite_to_svg(chart.to_dict(), config=_THEME, allowed_base_urls=[])
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode("ascii")
