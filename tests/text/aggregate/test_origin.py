"""Origin and direction, on small cases that can be checked by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from flows.text.aggregate.origin import credited_agencies, find_origins, group_texts, tell_direction

STRINGS = pl.List(pl.String)
ARTICLE: dict[str, Any] = {
    "article_id": pl.String,
    "outlet": pl.String,
    "url": pl.String,
    "dateline": pl.String,
    "authors": STRINGS,
    "agencies": STRINGS,
    "published_on": pl.Date,
    "published_at": pl.Datetime("us", "UTC"),
}
MONDAY, TUESDAY = date(2024, 3, 4), date(2024, 3, 5)


def frame(*articles: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(list(articles), schema=ARTICLE)


def article(name: str, **known: object) -> dict[str, object]:
    return {"article_id": name, "authors": [], "agencies": [], **known}


PAIR = {
    "article_id": pl.String,
    "other_id": pl.String,
    "containment": pl.Float64,
    "other_containment": pl.Float64,
}


def pair(a: str, b: str, there: float, back: float) -> list[tuple[str, str, float, float]]:
    return [(a, b, there, back), (b, a, back, there)]


def pairs(*rows: tuple[str, str, float, float]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=PAIR, orient="row")


def direction(
    first: dict[str, object], second: dict[str, object], there: float = 0.9, back: float = 0.9
) -> Any:
    articles = frame(first, second)
    shared = pairs(*pair("a", "b", there, back))
    told = tell_direction(shared, articles, credited_agencies(articles))
    forward, backward = told["direction"]
    assert (forward, backward) in {("from", "to"), ("to", "from"), (None, None)}
    return forward


@pytest.mark.parametrize(
    ("known", "agency", "evidence"),
    [
        ({"outlet": "Associated Press"}, "AP", ["outlet"]),
        ({"outlet": "www.apnews.com"}, "AP", ["outlet"]),
        ({"url": "https://www.reuters.com/world/1"}, "Reuters", ["outlet"]),
        ({"dateline": "NORDVIK (AP)", "agencies": ["AP"]}, "AP", ["dateline", "credit"]),
        ({"url": "https://daily.example/reuters/ferry"}, "Reuters", ["url"]),
        ({"authors": ["Agence France-Presse"], "agencies": ["AFP"]}, "AFP", ["byline", "credit"]),
        ({"agencies": ["PA"]}, "PA", ["credit"]),
        ({"dateline": "NORDVIK (AP)", "agencies": ["AP", "Reuters"]}, "AP", ["dateline", "credit"]),
    ],
)
def test_agency_and_evidence(known: dict[str, object], agency: str, evidence: list[str]) -> None:
    row = credited_agencies(frame(article("a", **known))).row(0)
    assert row == ("a", agency, evidence)


@pytest.mark.parametrize(
    "known",
    [
        {},
        {"agencies": ["AFP", "Reuters"]},
        {"outlet": "Nordvik Post", "url": "https://post.example/map/spa", "authors": ["Ida Brandt"]},
        {"dateline": "NORDVIK, Ill. (WNVK)"},
        {"outlet": "notapnews.com"},
    ],
)
def test_no_single_agency(known: dict[str, object]) -> None:
    assert credited_agencies(frame(article("a", **known))).is_empty()


def test_agency_itself_is_the_source_of_who_credits_it() -> None:
    assert direction(article("a", agencies=["AP"]), article("b", outlet="AP")) == "from"


def test_dateline_tells_even_of_one_sentence() -> None:
    wire = article("b", dateline="NORDVIK (AP)", agencies=["AP"])
    assert direction(article("a"), wire, 0.05, 0.02) == "from"


def test_credit_line_tells_only_of_articles_that_are_mostly_shared() -> None:
    credited = article("b", agencies=["PA"])
    assert direction(article("a"), credited, 0.1, 0.1) is None
    assert direction(article("a"), credited, 0.6, 0.3) == "from"


def test_two_that_credit_an_agency_had_it_from_there() -> None:
    first = article("a", agencies=["AP"], published_on=MONDAY)
    assert direction(first, article("b", agencies=["AP"], published_on=TUESDAY)) is None
    assert direction(first, article("b", agencies=["AFP"], published_on=TUESDAY)) is None


def test_earlier_is_the_source_where_much_is_shared() -> None:
    first, second = article("a", published_on=TUESDAY), article("b", published_on=MONDAY)
    assert direction(first, second) == "from"
    assert direction(first, second, 0.1, 0.05) is None
    assert direction(article("a", published_on=MONDAY), article("b", published_on=MONDAY)) is None
    assert direction(article("a"), article("b", published_on=MONDAY)) is None


def test_instants_tell_within_a_day() -> None:
    early, late = (datetime(2024, 3, 4, hour, tzinfo=UTC) for hour in (8, 17))
    first = article("a", published_on=MONDAY, published_at=early)
    assert direction(first, article("b", published_on=MONDAY, published_at=late)) == "to"


def test_credit_and_day_that_contradict_each_other_tell_nothing() -> None:
    earlier = article("a", published_on=MONDAY)
    assert (
        direction(earlier, article("b", dateline="NORDVIK (AP)", agencies=["AP"], published_on=TUESDAY))
        is None
    )


def origins(articles: pl.DataFrame, shared: pl.DataFrame) -> dict[str, tuple[object, ...]]:
    credited = credited_agencies(articles)
    found = find_origins(articles, tell_direction(shared, articles, credited), credited)
    return {row[0]: row[1:] for row in found.iter_rows()}


def test_origin_is_the_agencys_own_article_before_an_earlier_copy() -> None:
    articles = frame(
        article("own", outlet="AP", published_on=MONDAY),
        article("copy", outlet="Daily", agencies=["AP"], published_on=MONDAY),
        article("silent", outlet="Post", published_on=TUESDAY),
    )
    shared = pairs(
        *pair("own", "copy", 1, 1), *pair("own", "silent", 1, 0.9), *pair("copy", "silent", 1, 0.9)
    )
    assert origins(articles, shared) == {
        "own": ("AP", None, ["outlet"]),
        "copy": ("AP", "own", ["credit", "shared_text"]),
        "silent": ("AP", "own", ["shared_text"]),
    }


def test_origin_outside_the_corpus_and_origin_that_is_an_outlet() -> None:
    articles = frame(
        article("wire", outlet="Daily", dateline="NORDVIK (AP)", agencies=["AP"]),
        article("first", outlet="Post", published_on=MONDAY),
        article("later", outlet="Mail", published_on=TUESDAY),
        article("alone", outlet="Echo"),
    )
    assert origins(articles, pairs(*pair("first", "later", 0.4, 0.8))) == {
        "wire": ("AP", None, ["dateline", "credit"]),
        "later": ("Post", "first", ["shared_text"]),
    }


def test_groups_join_through_others() -> None:
    articles = frame(*(article(name) for name in "dcba"))
    groups = group_texts(
        articles, pairs(*pair("a", "b", 0.6, 0.1), *pair("b", "c", 0.2, 0.5), *pair("c", "d", 0.4, 0.4))
    )
    assert dict(groups.iter_rows()) == {"a": "a", "b": "a", "c": "a", "d": "d"}
