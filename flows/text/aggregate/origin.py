"""Where an article's text came from: which wire service or which other article, and why we say so.

Here: evidence of origin, and the direction of a copy. Not here: how much is shared (reuse), what a
page says of itself (clean/metadata). What the evidence leaves open stays open: None.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import polars as pl

from flows.text.aggregate.components import label_components
from flows.text.aggregate.pairs import number_pairs
from flows.text.clean.metadata import agency_name, find_agencies
from flows.text.lexicons import read_lines

MOSTLY = 0.5
"""Containment from which an article mostly stands in another (the public contract)."""
DATE_TELLS_SHARE = 0.2
"""Containment below which the earlier day is no evidence: a common quotation has no direction."""
SEGMENT_LETTERS = 5
"""A path segment of a URL ("/reuters/") names an agency from this length on; "/map/" does not."""

STRONGEST_FIRST = ("outlet", "dateline", "url", "byline", "credit")

_EVIDENCE = pl.List(pl.String)


def credited_agencies(articles: pl.DataFrame) -> pl.DataFrame:
    """article_id, agency, evidence for the articles that say which one agency they are from.

    articles: article_id, outlet, url, dateline, authors, agencies. `evidence` is a list of
    "outlet" (the outlet is the agency), "dateline", "url", "byline", "credit", strongest first.
    An article credited to several agencies with nothing to choose between them is left out.
    """
    rows = []
    for article in articles.iter_rows(named=True):
        found = _evidence(article)
        kind = next((kind for kind in STRONGEST_FIRST if found[kind]), None)
        if kind and len(found[kind]) == 1:
            agency = found[kind][0]
            rows.append((article["article_id"], agency, [k for k in STRONGEST_FIRST if agency in found[k]]))
    return pl.DataFrame(
        rows, schema={"article_id": pl.String, "agency": pl.String, "evidence": _EVIDENCE}, orient="row"
    )


def _evidence(article: Mapping[str, Any]) -> dict[str, list[str]]:
    url = urlsplit(article["url"] or "")
    return {
        "outlet": _distinct(
            [agency_name(article["outlet"] or ""), _site_agency(article["outlet"] or url.netloc)]
        ),
        "dateline": list(find_agencies(dateline=article["dateline"], byline=None)),
        "url": _distinct(_segment_agency(segment) for segment in url.path.split("/")),
        "byline": _distinct(agency_name(author) for author in article["authors"] or ()),
        "credit": list(article["agencies"] or ()),
    }


def _distinct(names: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))


@cache
def _sites() -> dict[str, str]:
    rows = (line.partition("\t") for line in read_lines("agency_domains.tsv"))
    return {domain: agency for domain, _, agency in rows}


@lru_cache(maxsize=2**16)
def _site_agency(host: str) -> str | None:
    """ "www.apnews.com" is AP's own site."""
    labels = host.lower().split(".")
    return next(
        (_sites()[site] for n in range(len(labels)) if (site := ".".join(labels[n:])) in _sites()), None
    )


@lru_cache(maxsize=2**16)
def _segment_agency(segment: str) -> str | None:
    return agency_name(segment.replace("-", " ")) if len(segment) >= SEGMENT_LETTERS else None


def tell_direction(pairs: pl.DataFrame, articles: pl.DataFrame, credited: pl.DataFrame) -> pl.DataFrame:
    """`pairs` with `direction`: "from" where article_id had it from other_id, "to" the other way, or None.

    An agency's own article, or else one that credits an agency, is the source of one that credits
    none; two that credit agencies both had it from there. A mere credit line says so only of an
    article that mostly stands in the other. Then the earlier is the source, if much is shared.
    Credit and day that contradict each other tell nothing.
    pairs: article_id, other_id, containment, other_containment; articles: article_id, published_on,
    published_at;
    credited: what `credited_agencies` gives.
    """
    known = articles.select("article_id", "published_on", "published_at").join(
        credited.select("article_id", "agency", strength=_strength()),
        on="article_id",
        how="left",
    )
    known = known.cast({"article_id": pairs.schema["article_id"]})
    others = known.rename({name: f"other_{name.removeprefix('article_')}" for name in known.columns})
    told = (
        pairs.select("article_id", "other_id", "containment", "other_containment")
        .join(known, on="article_id", how="left", maintain_order="left")
        .join(others, on="other_id", how="left", maintain_order="left")
        .with_columns(by_credit=_credit_lead(), by_date=_date_lead())
        .select(lead=_one_voice(pl.col("by_credit"), pl.col("by_date")))
    )
    return pairs.with_columns(
        direction=told["lead"].replace_strict({1: "from", -1: "to"}, default=None, return_dtype=pl.String)
    )


def _strength() -> pl.Expr:
    """3 for an agency's own article, 2 for one with its dateline and the like, 1 for a credit line."""
    return (
        pl.col("evidence")
        .list.first()
        .replace_strict({"outlet": 3, "credit": 1}, default=2, return_dtype=pl.Int8)
    )


def _credit_lead() -> pl.Expr:
    """1: the other is the source; -1: this one is; 0: credits tell nothing; None: neither is."""
    least = pl.when(_most_contained() >= MOSTLY).then(1).otherwise(2)
    mine, other = (pl.col(name).fill_null(0) for name in ("strength", "other_strength"))
    both_credit = mine.is_between(1, 2) & other.is_between(1, 2)
    of_different = pl.col("agency").ne(pl.col("other_agency")).fill_null(False)
    counts = pl.max_horizontal(mine, other) >= least
    lead = (other - mine).sign().cast(pl.Int8)
    return (
        pl.when(both_credit | of_different).then(None).when(counts).then(lead).otherwise(pl.lit(0, pl.Int8))
    )


def _most_contained() -> pl.Expr:
    return pl.max_horizontal("containment", "other_containment")


def _date_lead() -> pl.Expr:
    by_instant = (pl.col("published_at") - pl.col("other_published_at")).dt.total_seconds()
    by_day = (pl.col("published_on") - pl.col("other_published_on")).dt.total_days()
    much = _most_contained() >= DATE_TELLS_SHARE
    return (
        pl.when(much)
        .then(pl.coalesce(by_instant, by_day, 0).sign().cast(pl.Int8))
        .otherwise(pl.lit(0, pl.Int8))
    )


def _one_voice(credit: pl.Expr, date: pl.Expr) -> pl.Expr:
    """Their common answer; 0 where they contradict each other or are silent."""
    return (
        pl.when(credit.is_null() | (credit * date < 0)).then(0).when(credit != 0).then(credit).otherwise(date)
    )


def find_origins(articles: pl.DataFrame, pairs: pl.DataFrame, credited: pl.DataFrame) -> pl.DataFrame:
    """article_id, origin, origin_article_id, evidence: one row an article whose origin is known.

    `origin` is an agency or an outlet; `origin_article_id` is the article of the corpus that it mostly
    stands in and came from, None where that is not in the corpus. pairs: with `direction`.
    """
    sources = (
        pairs.filter((pl.col("containment") >= MOSTLY) & (pl.col("direction") == "from"))
        .join(credited, left_on="other_id", right_on="article_id", how="left")
        .join(
            articles.select("article_id", "outlet", "published_on"), left_on="other_id", right_on="article_id"
        )
        .sort(
            pl.col("evidence").list.first() == "outlet",
            pl.col("agency").is_not_null(),
            -pl.col("published_on").to_physical(),
            "containment",
            "other_id",
            descending=True,
            nulls_last=True,
        )
        .unique("article_id", keep="first", maintain_order=True)
        .select("article_id", origin_article_id="other_id", source=pl.coalesce("agency", "outlet"))
    )
    own = credited.select("article_id", "agency", own_evidence="evidence")
    shared = pl.when(pl.col("origin_article_id").is_not_null()).then(pl.lit(["shared_text"]))
    return (
        own.join(sources, on="article_id", how="full", coalesce=True)
        .select(
            "article_id",
            pl.coalesce("agency", "source").alias("origin"),
            "origin_article_id",
            evidence=pl.concat_list(pl.col("own_evidence").fill_null([]), shared.otherwise([])),
        )
        .drop_nulls("origin")
        .sort("article_id")
    )


def group_texts(articles: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """article_id, text_group: equal for articles of which one mostly stands in the other, and theirs.

    text_group is the first article_id of the group.
    """
    ids = articles["article_id"].sort()
    linked = number_pairs(pairs.filter(pl.col("containment") >= MOSTLY), ids)
    labels = label_components(len(ids), linked["i"], linked["j"])
    first = np.unique(labels, return_index=True)[1]
    return pl.DataFrame({"article_id": ids, "text_group": ids.gather(first[labels])})
