"""One kind of thing for one name: "Anna Holt", a body to one article's parser, is the others' person.

Names of several words and acronyms have one kind in the whole corpus; a single word ("Ford", "Holt")
only within a story, where full names tell whose family name it is. Entities of a known country keep
their kind. Which keys are one entity is decided in `entity_resolution.py`.
"""

from __future__ import annotations

import polars as pl

SETTLED = ["label", "group", "key", "short", "full"]
BY = ["scope", "bare"]
CORPUS = "corpus"
PERSON = "PERSON"


def settle_labels(keyed: pl.DataFrame) -> pl.DataFrame:
    """The rows with label, group, key, short and full of the label that has most mentions of their name.

    In: label, country_code, n_mentions, story_id and the fields of EntityKey. Rows whose key is of
    the same group already are left as they are. The order of rows is not kept.
    """
    people = keyed.filter(pl.col("full") & pl.col("label").eq(PERSON))
    ambiguous = _ambiguous(keyed, people).implode()
    is_open = keyed["bare"].is_in(ambiguous)
    rows, people = keyed.filter(is_open), people.filter(pl.col("short").is_in(ambiguous))
    is_acronym = pl.col("group").eq("body") & ~pl.col("full")
    corpus = pl.lit(CORPUS).cast(keyed.schema["story_id"])
    rows = rows.with_columns(scope=pl.when(pl.col("wide") | is_acronym).then(corpus).otherwise("story_id"))
    settled = rows.join(
        _winners(_voters(rows, people)), on=BY, how="left", suffix="_won", maintain_order="left"
    )
    differs = pl.col("country_code").is_null() & (pl.col("group") != pl.col("group_won")).fill_null(
        value=False
    )
    settled = settled.with_columns(
        pl.when(differs).then(f"{column}_won").otherwise(column).alias(column) for column in SETTLED
    )
    return pl.concat([keyed.filter(~is_open), settled.select(keyed.columns)])


def _ambiguous(keyed: pl.DataFrame, people: pl.DataFrame) -> pl.Series:
    """The bare names that are of several groups anywhere: most are of one, and need no vote."""
    groups = pl.concat([keyed.select("group", "bare"), people.select("group", bare="short")]).unique()
    return groups.drop_nulls("bare").filter(pl.len().over("bare") > 1)["bare"].unique()


def _voters(rows: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """The rows that tell what a name is, where they do not all say the same."""
    columns = [*BY, *SETTLED, "n_mentions"]
    voters = pl.concat([rows.select(columns), _family_names(people).select(columns)]).drop_nulls("scope")
    groups = voters.select(*BY, "group").unique()
    return voters.join(groups.filter(pl.len().over(BY) > 1), on=BY, how="semi")


def _winners(voters: pl.DataFrame) -> pl.DataFrame:
    """For each scope and bare name what its most mentioned label, and that label's main key, give."""
    by_key = voters.group_by(*BY, *SETTLED).agg(n=pl.col("n_mentions").sum())
    ranked = by_key.with_columns(votes=pl.col("n").sum().over(*BY, "label")).sort(
        "votes", "label", "n", "key", descending=[True, True, True, False]
    )
    return ranked.group_by(BY, maintain_order=True).agg(pl.col(SETTLED).first())


def _family_names(people: pl.DataFrame) -> pl.DataFrame:
    """People known by full names also vote, in their story, for what their family name is."""
    return people.with_columns(
        scope=pl.col("story_id"), bare=pl.col("short"), key="family", full=pl.lit(value=False)
    )
