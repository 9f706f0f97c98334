"""Which entities of different articles are the same: one row of the corpus for each.

Works on the names that the articles' extraction settled on; what a mention means inside its
article is decided in `flows.text.extract.entities`, what identifies a name in `entity_keys.py`.
"""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass

import polars as pl

from flows.text.aggregate.entity_keys import entity_key
from flows.text.aggregate.entity_labels import settle_labels
from flows.text.extract.entities.names import normalise

NAME = ["name", "label", "country_code"]
KEY_SCHEMA: dict[str, type[pl.DataType] | pl.DataType] = {
    "key": pl.String,
    "short": pl.String,
    "full": pl.Boolean,
    "bare": pl.String,
    "initials": pl.List(pl.String),
}
ID_LENGTH = 16
"""Hexadecimal digits of an entity_id: 64 bits keep ten million entities apart."""
LEAST_ARTICLES = 3
"""Articles that must give a full name before it may own its short form outside its stories."""
LEAST_SHARE = 0.8
"""Share of the articles with a short form that its owner's full name must have."""
TELLING_ACRONYM = 4
"""Letters from which on an acronym is the one name of the corpus that has these initials."""


@dataclass(frozen=True, slots=True)
class ResolvedEntities:
    """`links`: article_id, entity_no, entity_id. `entities`: one row an entity_id."""

    links: pl.DataFrame
    entities: pl.DataFrame


def resolve_entities(entities: pl.DataFrame) -> ResolvedEntities:
    """Joins the entities of articles.

    In: article_id, entity_no, name, label, aliases, country_code, n_mentions and, where known,
    story_id. Out: see `ResolvedEntities`; entities has entity_id, name, label, aliases,
    country_code, n_mentions, n_articles.

    The id is a hash of the key of the name, so it is the same on any machine and in any order.
    People known by a family name only, and acronyms, go to the one full name that they can mean in
    their story, or to the one that nearly all articles give; else they stay apart. A name that
    articles label differently is what most of its mentions say (`entity_labels.py`). Raises
    polars.exceptions.ColumnNotFoundError where a column is missing.
    """
    if "story_id" not in entities.columns:
        entities = entities.with_columns(story_id=pl.lit(None, pl.String))
    keyed = _with_owners(settle_labels(_with_keys(entities)))
    keyed = keyed.with_columns(entity_id=_hashed(keyed["key"]))
    return ResolvedEntities(
        links=keyed.select("article_id", "entity_no", "entity_id"), entities=_merged(keyed)
    )


def _with_keys(entities: pl.DataFrame) -> pl.DataFrame:
    """Adds the fields of EntityKey; each distinct name is read once."""
    names = entities.select(NAME).unique()
    keys = [astuple(entity_key(*name)) for name in names.iter_rows()]
    keyed = names.hstack(pl.DataFrame(keys, schema=KEY_SCHEMA, orient="row"))
    return entities.join(keyed, on=NAME, how="left", nulls_equal=True)


def _with_owners(keyed: pl.DataFrame) -> pl.DataFrame:
    """Gives entities known by a short form the key of the full name that owns it."""
    owners = _short_forms(keyed)
    in_story = _sole_owners(owners.filter(pl.col("story_id").is_not_null()), ["story_id", "group", "short"])
    in_corpus = pl.concat([_main_owners(owners), _telling_acronyms(owners)]).unique(
        ["group", "short"], keep="first", maintain_order=True
    )
    group = pl.col("key").str.split(" ").list.first()
    joined = (
        keyed.with_columns(group=group)
        .join(in_story, on=["story_id", "group", "short"], how="left")
        .join(in_corpus, on=["group", "short"], how="left", suffix="_corpus")
    )
    owned = pl.coalesce("owner", "owner_corpus", "key")
    return joined.with_columns(key=pl.when(pl.col("full")).then("key").otherwise(owned))


def _short_forms(keyed: pl.DataFrame) -> pl.DataFrame:
    """short, group, key, article_id, story_id of full names: family names, acronyms written or likely."""
    full = keyed.filter(pl.col("full")).with_columns(group=pl.col("key").str.split(" ").list.first())
    columns = ["article_id", "story_id", "group", "key", "short"]
    people = full.filter(pl.col("short").is_not_null()).select(columns)
    bodies = full.filter(pl.col("group") == "body")
    written = (
        bodies.explode("aliases")
        .filter(pl.col("aliases").str.contains(r"^[A-Z][A-Z.]+$"))
        .with_columns(short=pl.col("aliases").map_elements(normalise, pl.String))
        .select(columns)
    )
    made = bodies.with_columns(short="initials").explode("short").drop_nulls("short").select(columns)
    return pl.concat([people, written, made]).unique()


def _sole_owners(owners: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The key where there is only one."""
    counted = owners.group_by(by).agg(owner=pl.col("key").first(), n=pl.col("key").n_unique())
    return counted.filter(pl.col("n") == 1).drop("n")


def _telling_acronyms(owners: pl.DataFrame) -> pl.DataFrame:
    """The one name of the corpus with these initials, where there are many letters: "UNHCR"."""
    long = owners.filter((pl.col("group") == "body") & (pl.col("short").str.len_chars() >= TELLING_ACRONYM))
    return _sole_owners(long, ["group", "short"]).select("group", "short", "owner")


def _main_owners(owners: pl.DataFrame) -> pl.DataFrame:
    """The key that nearly all articles with the short form give."""
    by_key = owners.group_by("group", "short", "key").agg(n=pl.col("article_id").n_unique())
    main = by_key.sort("n", "key", descending=[True, False]).group_by("group", "short", maintain_order=True)
    best = main.agg(owner=pl.col("key").first(), n=pl.col("n").first(), total=pl.col("n").sum())
    enough = (pl.col("n") >= LEAST_ARTICLES) & (pl.col("n") >= LEAST_SHARE * pl.col("total"))
    return best.filter(enough).select("group", "short", "owner")


def _hashed(keys: pl.Series) -> pl.Series:
    distinct = keys.unique()
    hashes = [hashlib.sha256(key.encode()).hexdigest()[:ID_LENGTH] for key in distinct]
    return keys.replace_strict(distinct, pl.Series(hashes, dtype=pl.String))


def _merged(keyed: pl.DataFrame) -> pl.DataFrame:
    """One row an entity: full names before short ones, frequent before rare, then by the alphabet."""
    names = _most_mentioned(keyed, "name", ["full", "n"])
    labels = _most_mentioned(keyed, "label", ["n"])
    countries = _most_mentioned(keyed.filter(pl.col("country_code").is_not_null()), "country_code", ["n"])
    counts = keyed.group_by("entity_id").agg(
        n_mentions=pl.col("n_mentions").sum(), n_articles=pl.col("article_id").n_unique()
    )
    called = pl.concat(
        [keyed.select("entity_id", alias="name"), keyed.select("entity_id", alias="aliases").explode("alias")]
    )
    aliases = (
        called.join(names, on="entity_id")
        .filter(pl.col("alias").is_not_null() & (pl.col("alias") != pl.col("name")))
        .group_by("entity_id")
        .agg(aliases=pl.col("alias").unique().sort())
    )
    merged = names.join(labels, on="entity_id").join(aliases, on="entity_id", how="left")
    merged = merged.join(countries, on="entity_id", how="left").join(counts, on="entity_id")
    none = pl.lit([], pl.List(pl.String))
    columns = ["entity_id", "name", "label", "aliases", "country_code", "n_mentions", "n_articles"]
    return merged.with_columns(aliases=pl.col("aliases").fill_null(none)).select(columns).sort("entity_id")


def _most_mentioned(keyed: pl.DataFrame, column: str, by: list[str]) -> pl.DataFrame:
    """entity_id and the value of the column with most mentions."""
    counted = keyed.group_by("entity_id", column).agg(n=pl.col("n_mentions").sum(), full=pl.col("full").max())
    ranked = counted.sort(*by, column, descending=[True] * len(by) + [False])
    return ranked.group_by("entity_id", maintain_order=True).agg(pl.col(column).first())
