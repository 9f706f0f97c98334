"""Which entities of different articles are the same: one row of the corpus for each.

Works on the names that the articles' extraction settled on; what a mention means inside its
article is decided in `flows.text.extract.entities`, what identifies a name in `entity_keys.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

import numpy as np
import polars as pl

from flows.text.aggregate.entity_keys import entity_key, hash_key
from flows.text.aggregate.entity_labels import settle_labels
from flows.text.aggregate.reuse.sorting import order_by
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
    "entity_id": pl.String,
}
CODED = ["label", "key", "short", "bare", "group", "family"]
"""Columns that are numbers to Polars (Categorical) while entities are joined: a corpus has millions."""
_NAME_HASH = pl.struct(NAME).hash()
"""Stands for NAME where a corpus has millions: 64 bits keep ten million names apart."""
_FIELDS = attrgetter(*KEY_SCHEMA)
LEAST_ARTICLES = 3
"""Articles that must give a full name before it may own its short form outside its stories."""
LEAST_SHARE = 0.8
"""Share of the articles with a short form that its owner's full name must have."""
TELLING_ACRONYM = 4
"""Letters from which on an acronym is the one name of the corpus that has these initials."""


@dataclass(frozen=True, slots=True)
class _Uses:
    """The uses of names: the articles of one story mean the same by a name, and have most in common.

    told: use_no, story_id, name_no (a row of the keys), n_mentions, what the keys say of the name.
    rows: article_no, entity_no, use_no, in the order given. aliases: article_no, use_no, alias.
    """

    told: pl.DataFrame
    rows: pl.DataFrame
    aliases: pl.DataFrame


@dataclass(frozen=True, slots=True)
class ResolvedEntities:
    """`links`: article_id, entity_no, entity_id; by the first two. `entities`: one row an entity_id.

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
    entities = entities.with_columns(name_hash=_NAME_HASH)
    keys = _complete_keys(entities.select(*NAME, "name_hash").unique("name_hash").drop("name_hash"), keys)
    uses = _number_uses(entities, keys)
    settled = _with_ids(_with_owners(settle_labels(uses.told), uses, keys), keys).sort("use_no")
    return ResolvedEntities(
        links=_link(entities, uses.rows, settled), entities=_merged(settled, keys, uses.aliases), keys=keys
    )


def _complete_keys(names: pl.DataFrame, known: pl.DataFrame | None) -> pl.DataFrame:
    """The names with the fields of EntityKey; a name that is not known is read."""
    known = pl.DataFrame(schema={**names.schema, **KEY_SCHEMA}) if known is None else known
    missing = names.join(known, on=NAME, how="anti", nulls_equal=True)
    made = [_FIELDS(entity_key(*name)) for name in missing.iter_rows()]
    keyed = missing.hstack(pl.DataFrame(made, schema=KEY_SCHEMA, orient="row"))
    return pl.concat([known.join(names, on=NAME, how="semi", nulls_equal=True), keyed])


def _number_uses(entities: pl.DataFrame, keys: pl.DataFrame) -> _Uses:
    numbers = keys.select(name_hash=_NAME_HASH).with_row_index("name_no")
    names = entities.select("name_hash").join(numbers, on="name_hash", how="left", maintain_order="left")
    stories = entities["story_id"].cast(pl.Categorical)
    pairs = stories.to_physical().cast(pl.Int64).fill_null(-1) * len(keys) + names["name_no"]
    _, firsts, use_nos = np.unique(pairs.to_numpy(), return_index=True, return_inverse=True)
    n_mentions = np.bincount(use_nos, weights=entities["n_mentions"].to_numpy())
    used = pl.DataFrame([stories, names["name_no"]])[firsts].with_row_index("use_no")
    used = used.with_columns(n_mentions=pl.Series(n_mentions, dtype=pl.Int64, strict=False))
    told = keys.drop("name", "initials", "entity_id").with_columns(pl.col(CODED).cast(pl.Categorical))
    articles = entities["article_id"].cast(pl.Enum(entities["article_id"].unique().sort()))
    rows = entities.select(
        "entity_no", "aliases", article_no=articles.to_physical(), use_no=pl.Series(use_nos, dtype=pl.UInt32)
    )
    aliases = rows.select("article_no", "use_no", alias="aliases").explode("alias").drop_nulls()
    return _Uses(used.hstack(told[used["name_no"]]), rows.drop("aliases"), aliases)


def _with_owners(told: pl.DataFrame, uses: _Uses, keys: pl.DataFrame) -> pl.DataFrame:
    """Gives names that are a short form the key of the full name that owns it."""
    asked = told.filter(~pl.col("full"))
    owners = _short_forms(told.filter("full"), uses, keys, asked.select("group", "short").unique())
    in_story = _sole_owners(owners.filter(pl.col("story_id").is_not_null()), ["story_id", "group", "short"])
    in_corpus = pl.concat([_main_owners(owners), _telling_acronyms(owners)]).unique(
        ["group", "short"], keep="first", maintain_order=True
    )
    owned = (
        asked.join(in_story, on=["story_id", "group", "short"], how="left")
        .join(in_corpus, on=["group", "short"], how="left", suffix="_corpus")
        .with_columns(key=pl.coalesce("owner", "owner_corpus", "key"))
    )
    return pl.concat([told.filter("full"), owned.select(told.columns)])


def _short_forms(full: pl.DataFrame, uses: _Uses, keys: pl.DataFrame, asked: pl.DataFrame) -> pl.DataFrame:
    """short, group, key, article_no, story_id of full names: family names, acronyms written or likely.

    Only those that are asked for (`asked`: group, short).
    """
    columns = ["use_no", "story_id", "group", "key", "short"]
    bodies = full.filter(pl.col("group") == "body").drop("short")
    initials = keys.select(short="initials").with_row_index("name_no").explode("short").drop_nulls()
    likely = bodies.join(initials.cast({"short": pl.Categorical}), on="name_no")
    named = pl.concat([full.drop_nulls("short").select(columns), likely.select(columns)])
    named = named.join(asked, on=["group", "short"], how="semi").join(uses.rows, on="use_no")
    written = bodies.join(_acronyms(uses.aliases), on="use_no").join(asked, on=["group", "short"], how="semi")
    return pl.concat([frame.select("article_no", *columns[1:]) for frame in (named, written)]).unique()


def _acronyms(aliases: pl.DataFrame) -> pl.DataFrame:
    """article_no, use_no, short: the aliases in capitals."""
    capitals = aliases.filter(pl.col("alias").str.contains(r"^[A-Z][A-Z.]+$"))
    short = pl.col("alias").map_elements(normalise, pl.String).cast(pl.Categorical)
    return capitals.join(capitals.select("alias").unique().with_columns(short=short), on="alias")


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
    by_key = owners.group_by("group", "short", "key").agg(n=pl.col("article_no").n_unique())
    main = by_key.sort("n", "key", descending=[True, False]).group_by("group", "short", maintain_order=True)
    best = main.agg(owner=pl.col("key").first(), n=pl.col("n").first(), total=pl.col("n").sum())
    enough = (pl.col("n") >= LEAST_ARTICLES) & (pl.col("n") >= LEAST_SHARE * pl.col("total"))
    return best.filter(enough).select("group", "short", "owner")


def _with_ids(told: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    known = keys.select(pl.col("key").cast(pl.Categorical), "entity_id").unique("key")
    # "person holt", where two are called so and neither by that name alone.
    others = told.select("key").unique().join(known, on="key", how="anti")
    made = others.with_columns(
        entity_id=pl.col("key").cast(pl.String).map_elements(hash_key, return_dtype=pl.String)
    )
    return told.join(pl.concat([known, made]), on="key", how="left")


def _link(entities: pl.DataFrame, rows: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """article_id, entity_no, entity_id in order; row i of `told` is use i."""
    entity_nos = rows["entity_no"].to_numpy()
    places = rows["article_no"].to_numpy().astype(np.int64) * (entity_nos.max(initial=0) + 1) + entity_nos
    links = entities.select("article_id", "entity_no", entity_id=told["entity_id"].gather(rows["use_no"]))
    return links[order_by(places)]


def _merged(told: pl.DataFrame, keys: pl.DataFrame, aliases: pl.DataFrame) -> pl.DataFrame:
    """One row an entity: full names before short ones, frequent before rare, then by the alphabet."""
    called = told.group_by("entity_id", "name_no", "label").agg(
        n=pl.col("n_mentions").sum(), full=pl.col("full").max()
    )
    called = called.hstack(keys.select("name", "country_code")[called["name_no"]])
    names = _most_mentioned(called, "name", ["full", "n"])
    labels = _most_mentioned(called, "label", ["n"]).cast({"label": pl.String})
    countries = _most_mentioned(called.drop_nulls("country_code"), "country_code", ["n"])
    written = aliases.select("alias", entity_id=told["entity_id"].gather(aliases["use_no"]))
    other_names = (
        pl.concat([called.select("entity_id", alias="name"), written.select("entity_id", "alias")])
        .join(names, on="entity_id")
        .filter(pl.col("alias") != pl.col("name"))
        .group_by("entity_id")
        .agg(aliases=pl.col("alias").unique().sort())
    )
    merged = names.join(labels, on="entity_id").join(other_names, on="entity_id", how="left")
    merged = merged.join(countries, on="entity_id", how="left")
    none = pl.lit([], pl.List(pl.String))
    columns = ["entity_id", "name", "label", "aliases", "country_code"]
    return merged.with_columns(aliases=pl.col("aliases").fill_null(none)).select(columns).sort("entity_id")


def _most_mentioned(called: pl.DataFrame, column: str, by: list[str]) -> pl.DataFrame:
    """entity_id and the value of the column with most mentions."""
    counted = called.group_by("entity_id", column).agg(n=pl.col("n").sum(), full=pl.col("full").max())
    is_only = pl.len().over("entity_id") == 1
    several = counted.filter(~is_only).sort(*by, column, descending=[True] * len(by) + [False])
    chosen = several.unique("entity_id", keep="first", maintain_order=True)
    return pl.concat([counted.filter(is_only), chosen]).select("entity_id", column)
