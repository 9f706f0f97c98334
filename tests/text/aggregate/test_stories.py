"""Stories, their titles and the days they give, on invented events."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import ROOT

from flows.text.aggregate.reuse import find_reuse
from flows.text.aggregate.stories import (
    cluster_stories,
    count_terms,
    inferred_dates,
    story_titles,
    weigh_articles,
)
from flows.text.aggregate.stories.linkage import link_groups
from flows.text.aggregate.stories.similarity import TIMELESS_SHARE, time_factor

FERRY = (
    (
        "Ferry Alma adrift off Nordvik",
        "The ferry Alma drifted off Nordvik for two hours when its engine failed.",
    ),
    (
        "Engine failure leaves ferry adrift",
        "Forty passengers of the Alma waited off Nordvik; the ferry's engine failed.",
    ),
    (
        "Coast guard tows ferry Alma to Nordvik",
        "The coast guard towed the ferry Alma into Nordvik after engine failure.",
    ),
)
VOTE = (
    (
        "Tarland votes on water tax",
        "Voters in Tarland decide on Sunday whether a water tax pays for new dams.",
    ),
    (
        "Water tax divides Tarland farmers",
        "Farmers of Tarland oppose the water tax that voters decide on Sunday.",
    ),
)
DAY = date(2024, 3, 4)


def frame(
    pieces: Iterable[tuple[str | None, str]], days: Iterable[date | None] | None = None, prefix: str = "a"
) -> pl.DataFrame:
    rows = list(pieces)
    return pl.DataFrame(
        {
            "article_id": [f"{prefix}{i:05}" for i in range(len(rows))],
            "title": pl.Series([title for title, _ in rows], dtype=pl.String),
            "text": pl.Series([text for _, text in rows], dtype=pl.String),
            "published_on": pl.Series(list(days) if days else [DAY] * len(rows), dtype=pl.Date),
        }
    )


def told(articles: pl.DataFrame, previous: pl.DataFrame | None = None) -> pl.DataFrame:
    return cluster_stories(articles, find_reuse(articles).pairs, previous=previous)


def groups(stories: pl.DataFrame) -> set[frozenset[str]]:
    return {frozenset(ids) for ids in stories.group_by("story_id").agg("article_id")["article_id"]}


FIVE = [{"a00000", "a00001", "a00002"}, {"a00003", "a00004"}]


def test_two_events_are_two_stories() -> None:
    assert groups(told(frame([*FERRY, *VOTE]))) == set(map(frozenset, FIVE))


def test_undated_articles_meet_all() -> None:
    days = [DAY, None, DAY + timedelta(3), None, None]
    assert groups(told(frame([*FERRY, *VOTE], days))) == set(map(frozenset, FIVE))


def test_order_of_rows_does_not_matter() -> None:
    articles = frame([*FERRY, *VOTE])
    assert told(articles).sort("article_id").equals(told(articles.reverse()).sort("article_id"))


def test_new_articles_join_and_found_and_ids_stay() -> None:
    articles = frame([*FERRY, *VOTE])
    first = told(articles.filter(pl.col("article_id").is_in(["a00001", "a00003"])))
    second = told(articles, previous=first)
    assert groups(second) == set(map(frozenset, FIVE))
    assert set(first["story_id"]) == set(second["story_id"])


def test_new_article_merges_stories_and_the_larger_keeps_its_id() -> None:
    articles = frame(FERRY)
    previous = pl.DataFrame(
        {"article_id": ["a00000", "a00001", "a00002"], "story_id": ["large", "large", "small"]}
    )
    new = frame([("Ferry Alma adrift off Nordvik towed", " ".join(text for _, text in FERRY))], prefix="b")
    merged = told(pl.concat([articles, new]), previous=previous)
    assert set(merged["story_id"]) == {"large"}


@pytest.mark.parametrize("made_of", ["a00000", "a00003"])
def test_what_was_wrongly_one_story_is_told_apart_and_the_larger_part_keeps_the_id(made_of: str) -> None:
    articles = frame([*FERRY, *VOTE])
    own_id = told(articles.filter(pl.col("article_id") == made_of))["story_id"][0]
    mixed = articles.select("article_id", story_id=pl.lit(own_id))
    new = frame([("Ferry vote", " ".join(text for _, text in [*FERRY[:1], *VOTE[:1]]))], prefix="b")
    stories = told(pl.concat([articles, new]), previous=mixed)
    ferry, vote = (
        stories.filter(pl.col("article_id") == name)["story_id"][0] for name in ("a00001", "a00003")
    )
    assert ferry == own_id
    assert vote != own_id


@settings(max_examples=30, deadline=None)
@given(order=st.permutations(range(10)), steps=st.sets(st.integers(1, 9), max_size=4))
def test_the_order_in_which_articles_come_makes_no_other_stories(order: list[int], steps: set[int]) -> None:
    towns = [("Nordvik", "Tarland"), ("Sudvik", "Orlin")]
    pieces = [
        (title.replace(*old_new), text.replace(*old_new))
        for new in towns
        for old_new, event in zip((("Nordvik", new[0]), ("Tarland", new[1])), (FERRY, VOTE), strict=True)
        for title, text in event
    ]
    articles = frame(pieces, [DAY + timedelta(90 * (number > 4)) for number in range(10)])
    pairs, stories = find_reuse(articles).pairs, None
    for n_known in sorted({*steps, 10}):
        known = articles[order[:n_known]]
        stories = cluster_stories(known, pairs, previous=stories)
    assert stories is not None
    assert groups(stories) == groups(cluster_stories(articles, pairs))


def test_nothing_new_changes_nothing() -> None:
    articles = frame([*FERRY, *VOTE])
    previous = told(articles)
    assert told(articles, previous=previous).sort("article_id").equals(previous.sort("article_id"))


def test_terms_counted_before_change_nothing() -> None:
    articles = frame([*FERRY, *VOTE])
    pairs = find_reuse(articles).pairs
    weighed = weigh_articles(pl.concat([count_terms(articles.head(2)), count_terms(articles[2:])]))
    stories = cluster_stories(articles, pairs)
    assert cluster_stories(articles, pairs, weighed=weighed).equals(stories)
    assert story_titles(articles, stories, weighed=weighed).equals(story_titles(articles, stories))


def test_page_of_legal_text_makes_no_story() -> None:
    legal = " ".join(f"Clause {i} binds the reader under paragraph {i * 7} of the terms." for i in range(40))
    rng = random.Random(5)
    names = ["".join(rng.choices("bdfklmnprst", k=3)) + "ova" + str(i) for i in range(800)]
    pieces = [
        (" ".join(names[i * 10 : i * 10 + 3]), " ".join(names[i * 10 : i * 10 + 10]) + ". " + legal)
        for i in range(80)
    ]
    assert told(frame(pieces))["story_id"].n_unique() == 80


def test_copies_count_once_and_stay_together() -> None:
    long_ferry = " ".join(text for _, text in FERRY) * 2
    articles = frame([(None, long_ferry)] * 300 + list(VOTE))
    stories = told(articles)
    assert stories.filter(pl.col("article_id") < "a00300")["story_id"].n_unique() == 1
    assert stories["story_id"].n_unique() == 2


@pytest.mark.parametrize("n", [0, 1, 3])
def test_few_articles_and_empty_ones(n: int) -> None:
    stories = told(frame([(None, "")] * n))
    assert stories.height == n
    assert stories["story_id"].n_unique() == n
    assert story_titles(frame([(None, "")] * n), stories)["title"].to_list() == [None] * n


def test_a_thousand_undated_articles_of_several_languages() -> None:
    rng = random.Random(3)
    alphabets = ["abcdefgh", "абвгдежз", "αβγδεζηθ", "日本語中国韓文"]
    words = [["".join(rng.choices(letters, k=5)) for _ in range(800)] for letters in alphabets]
    pieces = [(None, " ".join(rng.choices(words[i % 4], k=60))) for i in range(1000)]
    stories = told(frame(pieces, [None] * 1000))
    language = {f"a{i:05}": i % 4 for i in range(1000)}
    assert all(len({language[name] for name in group}) == 1 for group in groups(stories))


def test_title_is_the_central_headline() -> None:
    articles = frame([*FERRY, ("Sunshine and puzzles for the weekend", FERRY[0][1])])
    stories = pl.DataFrame({"article_id": articles["article_id"], "story_id": ["s"] * 4})
    assert story_titles(articles, stories).rows() == [("s", "Ferry Alma adrift off Nordvik")]


def test_lead_stands_in_for_a_headline() -> None:
    short = frame([(None, "The ferry Alma drifted. Nobody was hurt.")])
    long = frame([(None, "The ferry Alma " + "drifted and drifted " * 20 + "off Nordvik.")])
    stories = pl.DataFrame({"article_id": ["a00000"], "story_id": ["s"]})
    assert story_titles(short, stories)["title"].to_list() == ["The ferry Alma drifted."]
    title = story_titles(long, stories)["title"][0]
    assert title.endswith(("drifted …", "and …"))
    assert len(title) <= 93


def test_days_from_copies_and_stories() -> None:
    days = [DAY, None, DAY, DAY, DAY, None, DAY, DAY, DAY + timedelta(2), None, DAY, DAY, None]
    articles = frame([(None, "x")] * len(days), days)
    pairs = pl.DataFrame(
        [("a00000", "a00001", 1.0, 0.9), ("a00001", "a00000", 0.9, 1.0)],
        schema=["article_id", "other_id", "containment", "other_containment"],
        orient="row",
    )
    stories = pl.DataFrame({"article_id": articles["article_id"], "story_id": list("ppqqqqrrrrsss")})
    # p by its copy, q by its story; r is of two days, and two articles of s are not enough.
    assert dict(inferred_dates(articles, pairs, stories).iter_rows()) == {"a00001": DAY, "a00005": DAY}


def test_time_factor_falls_to_its_floor() -> None:
    first = np.array([0.0, 0.0, 0.0, np.nan])
    second = np.array([0.0, 4.0, 4000.0, 1.0])
    expected = [1.0, (1 + TIMELESS_SHARE) / 2, TIMELESS_SHARE, 1.0]
    assert time_factor(first, second) == pytest.approx(expected)


@given(
    st.integers(1, 7).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.dictionaries(
                st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), st.floats(0.01, 1), max_size=12
            ),
        )
    ),
    st.floats(0.05, 0.9),
)
@settings(max_examples=100, deadline=None)
def test_linkage_stops_exactly_at_the_threshold(
    graph: tuple[int, dict[tuple[int, int], float]], at: float
) -> None:
    n, weights = graph
    alike = {(min(pair), max(pair)): weight for pair, weight in weights.items() if pair[0] != pair[1]}
    labels = link_groups([1] * n, [(i, j, weight) for (i, j), weight in alike.items()], threshold=at)
    assert all(labels[labels[i]] == labels[i] <= i for i in range(n))
    for a in set(labels):
        for b in set(labels) - {a}:
            members, others = np.flatnonzero(labels == a), np.flatnonzero(labels == b)
            total = sum(alike.get((min(i, j), max(i, j)), 0.0) for i in members for j in others)
            assert total / (len(members) * len(others)) < at + 1e-9


EVENTS = json.loads((ROOT / "benchmarks" / "data" / "seven_languages.json").read_text(encoding="utf-8"))


def events_of(language: str) -> list[tuple[str | None, str]]:
    """Eight events with other names each, in a few sentences."""
    told = EVENTS[language]
    named = [
        {kind: "".join(part[number] for part in told[kind]) for kind in ("person", "place")}
        for number in range(8)
    ]
    texts = [event.format(**names, number=7) for event, names in zip(told["events"], named, strict=False)]
    return [(title, text) for title, _, text in (told.partition("\n") for told in texts)]


@pytest.mark.parametrize("language", sorted(set(EVENTS) - {"en"}))
def test_what_is_rare_only_because_it_is_another_language_makes_no_story(language: str) -> None:
    english = [(f"Report {n}", f"The harbour board of quay {n} met in hall {n * 7}.") for n in range(200)]
    articles = frame([*english, *events_of(language)])
    codes = ["en"] * len(english) + [language] * 8
    stories = told(articles.with_columns(language=pl.Series(codes)))
    assert stories["story_id"].tail(8).unique_counts().max() <= 3  # type: ignore[operator]


def test_in_one_language_it_does_not_matter_which() -> None:
    articles = frame([*FERRY, *VOTE])
    assert told(articles.with_columns(language=pl.lit("de"))).equals(told(articles))
