"""Which entities of different articles are the same: one row of the corpus for each.

Works on the names that the articles' extraction settled on; what a mention means inside its
article is decided in `flows.text.extract.entities`, what identifies a name in `entity_keys.py`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from operator import attrgetter

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
    "group": pl.String,
    "wide": pl.Boolean,
    "family": pl.String,
}
CODED = ["key", "short", "bare", "group", "family"]
"""Columns that are numbers to Polars (Categorical) while entities are joined: a corpus has millions."""
_FIELDS = attrgetter(*KEY_SCHEMA)
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
    """`links`: article_id, entity_no, entity_id. `entities`: one row an entity_id.

    `keys`: NAME and the fields of KEY_SCHEMA, one row a distinct name; kept, they need not be made again.
    """

    links: pl.DataFrame
    entities: pl.DataFrame
    keys: pl.DataFrame


def resolve_entities(entities: pl.DataFrame, *, keys: pl.DataFrame | None = None) -> ResolvedEntities:
    """Joins the entities of articles.

    In: article_id, entity_no, name, label, aliases, country_code, n_mentions and, where known,
    story_id. Out: see `ResolvedEntities`; entities has entity_id, name, label, aliases,
    country_code.

    The id is a hash of the key of the name, so it is the same on any machine and in any order.
    People known by a family name only, and acronyms, go to the one full name that they can mean in
    their story, or to the one that nearly all articles give; else they stay apart. A name that
    articles label differently is what most of its mentions say (`entity_labels.py`). `keys` are those
    of an earlier result. Raises polars.exceptions.ColumnNotFoundError where a column is missing.
    """
    if "story_id" not in entities.columns:
        entities = entities.with_columns(story_id=pl.lit(None, pl.String))
    keys = _complete_keys(entities.select(NAME).unique(), keys)
    coded = keys.with_columns(pl.col(CODED).cast(pl.Categorical))
    keyed = entities.with_columns(pl.col("story_id").cast(pl.Categorical)).join(
        coded, on=NAME, how="left", nulls_equal=True
    )
    keyed = _with_ids(_with_owners(settle_labels(keyed)))
    return ResolvedEntities(
        links=keyed.select("article_id", "entity_no", "entity_id"), entities=_merged(keyed), keys=keys
    )


def _complete_keys(names: pl.DataFrame, known: pl.DataFrame | None) -> pl.DataFrame:
    """The names with the fields of EntityKey; a name that is not known is read."""
    known = pl.DataFrame(schema={**names.schema, **KEY_SCHEMA}) if known is None else known
    missing = names.join(known, on=NAME, how="anti", nulls_equal=True)
    made = [_FIELDS(entity_key(*name)) for name in missing.iter_rows()]
    keyed = missing.hstack(pl.DataFrame(made, schema=KEY_SCHEMA, orient="row"))
    return pl.concat([known.join(names, on=NAME, how="semi", nulls_equal=True), keyed])


def _with_owners(keyed: pl.DataFrame) -> pl.DataFrame:
    """Gives entities known by a short form the key of the full name that owns it."""
    owners = _short_forms(keyed)
    in_story = _sole_owners(owners.filter(pl.col("story_id").is_not_null()), ["story_id", "group", "short"])
    in_corpus = pl.concat([_main_owners(owners), _telling_acronyms(owners)]).unique(
        ["group", "short"], keep="first", maintain_order=True
    )
    owned = (
        keyed.filter(~pl.col("full"))
        .join(in_story, on=["story_id", "group", "short"], how="left")
        .join(in_corpus, on=["group", "short"], how="left", suffix="_corpus")
        .with_columns(key=pl.coalesce("owner", "owner_corpus", "key"))
    )
    return pl.concat([keyed.filter("full"), owned.select(keyed.columns)])


def _short_forms(keyed: pl.DataFrame) -> pl.DataFrame:
    """short, group, key, article_id, story_id of full names: family names, acronyms written or likely."""
    full = keyed.filter("full")
    columns = ["article_id", "story_id", "group", "key", "short"]
    people = full.filter(pl.col("short").is_not_null()).select(columns)
    bodies = full.filter(pl.col("group") == "body")
    written = (
        bodies.explode("aliases")
        .filter(pl.col("aliases").str.contains(r"^[A-Z][A-Z.]+$"))
        .with_columns(short=pl.col("aliases").map_elements(normalise, pl.String).cast(pl.Categorical))
        .select(columns)
    )
    made = bodies.explode("initials").drop_nulls("initials")
    made = made.with_columns(short=pl.col("initials").cast(pl.Categorical)).select(columns)
    return pl.concat([people, written, made]).unique()


def _sole_owners(owners: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The key where there is only one."""
    counted = owners.group_by(by).agg(owner=pl.col("key").first(), n=pl.col("key").n_unique())
    return counted.filter(pl.col("n") == 1).drop("n")


def _telling_acronyms(owners: pl.DataFrame) -> pl.DataFrame:
    """The one name of the corpus with these initials, where there are many letters: "UNHCR"."""
    letters = pl.col("short").cast(pl.String).str.len_chars()
    long = owners.filter((pl.col("group") == "body") & (letters >= TELLING_ACRONYM))
    return _sole_owners(long, ["group", "short"]).select("group", "short", "owner")


def _main_owners(owners: pl.DataFrame) -> pl.DataFrame:
    """The key that nearly all articles with the short form give."""
    by_key = owners.group_by("group", "short", "key").agg(n=pl.col("article_id").n_unique())
    main = by_key.sort("n", "key", descending=[True, False]).group_by("group", "short", maintain_order=True)
    best = main.agg(owner=pl.col("key").first(), n=pl.col("n").first(), total=pl.col("n").sum())
    enough = (pl.col("n") >= LEAST_ARTICLES) & (pl.col("n") >= LEAST_SHARE * pl.col("total"))
    return best.filter(enough).select("group", "short", "owner")


def _with_ids(keyed: pl.DataFrame) -> pl.DataFrame:
    keys = keyed.select("key").unique()
    hashes = [hashlib.sha256(key.encode()).hexdigest()[:ID_LENGTH] for key in keys["key"]]
    ids = keys.with_columns(entity_id=pl.Series(hashes, dtype=pl.String))
    return keyed.join(ids, on="key", how="left", maintain_order="left")


def _merged(keyed: pl.DataFrame) -> pl.DataFrame:
    """One row an entity: full names before short ones, frequent before rare, then by the alphabet."""
    called = keyed.group_by("entity_id", *NAME).agg(n=pl.col("n_mentions").sum(), full=pl.col("full").max())
    names = _most_mentioned(called, "name", ["full", "n"])
    labels = _most_mentioned(called, "label", ["n"])
    countries = _most_mentioned(called.drop_nulls("country_code"), "country_code", ["n"])
    written = keyed.select("entity_id", alias="aliases").explode("alias").drop_nulls("alias")
    aliases = (
        pl.concat([called.select("entity_id", alias="name"), written])
        .join(names, on="entity_id")
        .filter(pl.col("alias") != pl.col("name"))
        .group_by("entity_id")
        .agg(aliases=pl.col("alias").unique().sort())
    )
    merged = names.join(labels, on="entity_id").join(aliases, on="entity_id", how="left")
    merged = merged.join(countries, on="entity_id", how="left")
    none = pl.lit([], pl.List(pl.String))
    columns = ["entity_id", "name", "label", "aliases", "country_code"]
    return merged.with_columns(aliases=pl.col("aliases").fill_null(none)).select(columns).sort("entity_id")


def _most_mentioned(called: pl.DataFrame, column: str, by: list[str]) -> pl.DataFrame:
    """entity_id and the value of the column with most mentions."""
    counted = called.group_by("entity_id", column).agg(n=pl.col("n").sum(), full=pl.col("full").max())
    ranked = counted.sort(*by, column, descending=[True] * len(by) + [False])
    return ranked.unique("entity_id", keep="first", maintain_order=True).select("entity_id", column)
