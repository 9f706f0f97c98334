"""Facts into HTML: templates are filled, claims get their sources, shared words are marked.

A page needs nothing but itself: no script, no font, no address is loaded, and its policy forbids it. What
comes from articles is escaped by the templates; their addresses become links only where they are http(s).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from flows.report.charts import draw_bars, draw_days, draw_happenings, draw_reuse, draw_stories
from flows.report.facts import Overview, Row, Story

MOST_DRAWN = 12
"""Stories of the chart; the table has more."""
MOST_HEAT = 30
"""Articles of a heat map: more are a list."""
WHY = {
    "text": "the same text",
    "credit": "one credited report",
    "speaker": "one speaker's statement",
}
"""The values of claim_sentences.evidence in words."""


def show_overview(facts: Overview) -> str:
    """The page of a whole warehouse."""
    charts = {
        "stories": draw_stories(facts.stories.head(MOST_DRAWN)) if facts.stories.height else None,
        "days": draw_days(facts.articles_by_day) if facts.articles_by_day.height else None,
        "origins": _bars(facts.origins, "origin"),
        "speakers": _bars(facts.speakers, "name"),
    }
    return _fill("overview.html", facts, charts=charts, counts=facts.counts)


def show_story(facts: Story) -> str:
    """The page of one story."""
    n_articles = len({*facts.reuse["article"], *facts.reuse["other"]})
    charts = {
        "happenings": draw_happenings(facts.timeline) if facts.timeline.height else None,
        "reuse": draw_reuse(facts.reuse) if 0 < n_articles <= MOST_HEAT else None,
    }
    claims = list(_claims(facts))
    return _fill(
        "story.html",
        facts,
        charts=charts,
        story=facts.story,
        claims=claims,
        alone=[claim for claim in claims if claim["n_articles"] == 1],
        claims_left=facts.n_claims - len(claims),
    )


def _bars(counts: pl.DataFrame, label: str) -> str | None:
    return draw_bars(counts, label=label, title="articles") if counts.height else None


def _fill(template: str, facts: Overview | Story, **values: Any) -> str:
    environment = Environment(
        loader=PackageLoader("flows.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["web_address"] = is_web_address
    environment.filters["days"] = show_days
    style = environment.get_template("style.css").render()
    return environment.get_template(template).render(facts=facts, style=Markup(style), **values)


def is_web_address(address: str | None) -> bool:
    """Whether a link may lead there: "javascript:" and "data:" may come in a hostile article."""
    return (address or "").lower().startswith(("http://", "https://"))


def show_days(row: Row) -> str:
    """ "2024-03-13 to 2024-03-18"; empty where no day is known."""
    first, last = row["first_on"], row["last_on"]
    return str(first or "") if first == last else f"{first} to {last}"


def _claims(facts: Story) -> Iterator[Row]:
    """The claims with their `sources`: the reason why its sentences count as one, and these sentences."""
    rows = facts.claim_sentences.rows(named=True)
    sentences = {claim: list(found) for claim, found in groupby(rows, key=itemgetter("claim_id"))}
    for claim in facts.claims.iter_rows(named=True):
        yield claim | {"sources": list(_sources(sentences[claim["claim_id"]]))}


def _sources(sentences: Sequence[Row]) -> Iterator[Row]:
    by_source: dict[str, list[Row]] = {}
    for sentence in sentences:
        by_source.setdefault(sentence["source_group"], []).append(
            sentence | {"marked": mark_shared(sentence["text"], _runs(sentence))}
        )
    for found in by_source.values():
        reasons = {WHY[sentence["evidence"]] for sentence in found if sentence["evidence"] in WHY}
        yield {"why": " and ".join(sorted(reasons)), "sentences": found}


def _runs(sentence: Row) -> Iterable[tuple[int, int]]:
    return zip(sentence["shared_starts"] or (), sentence["shared_ends"] or (), strict=True)


def mark_shared(text: str, runs: Iterable[tuple[int, int]]) -> Markup:
    """The text with its runs marked. runs: (start, end) in code points, sorted; they may overlap."""
    marked, place = Markup(), 0
    for start, end in _joined(runs):
        marked += escape(text[place:start]) + Markup("<mark>{}</mark>").format(text[start:end])
        place = end
    return marked + escape(text[place:])


def _joined(runs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The runs, with those that touch made one, none empty."""
    first, last = 0, 0
    for start, end in runs:
        if start > last:
            if first < last:
                yield first, last
            first = start
        last = max(last, end)
    if first < last:
        yield first, last
