"""Entities joined across articles: keys, owners of short forms, ids that do not move."""

from __future__ import annotations

import random
from collections.abc import Sequence

import polars as pl
import pytest

from flows.text.aggregate.entity_keys import entity_key, hash_key
from flows.text.aggregate.entity_resolution import ResolvedEntities, resolve_entities

Rows = list[tuple[object, ...]]

SCHEMA: dict[str, type[pl.DataType] | pl.DataType] = {
    "article_id": pl.String,
    "entity_no": pl.Int64,
    "name": pl.String,
    "label": pl.String,
    "aliases": pl.List(pl.String),
    "country_code": pl.String,
    "n_mentions": pl.Int64,
    "story_id": pl.String,
}
ROWS: Rows = [
    ("a1", 0, "Anna B. Holt", "PERSON", ["Holt"], None, 3, "s1"),
    ("a1", 1, "Acme Corp.", "ORG", [], None, 1, "s1"),
    ("a1", 2, "North Korea", "GPE", ["DPRK"], "KP", 2, "s1"),
    ("a2", 0, "Anna Holt", "PERSON", [], None, 1, "s1"),
    ("a2", 1, "the Acme", "ORG", [], None, 1, "s1"),
    ("a3", 0, "Holt", "PERSON", [], None, 2, "s1"),
    ("a4", 0, "Holt", "PERSON", [], None, 1, "s2"),
    ("a4", 1, "Peter Holt", "PERSON", [], None, 1, "s2"),
    ("a5", 0, "World Trade Agency", "ORG", ["WTA"], None, 1, "s1"),
    ("a6", 0, "WTA", "ORG", [], None, 4, "s1"),
]


def resolved(rows: Sequence[tuple[object, ...]]) -> ResolvedEntities:
    return resolve_entities(pl.DataFrame(rows, schema=SCHEMA, orient="row"))


def id_of(found: ResolvedEntities, article: str, number: int) -> str:
    row = found.links.filter((pl.col("article_id") == article) & (pl.col("entity_no") == number))
    return str(row["entity_id"][0])


def test_one_person_under_several_names() -> None:
    found = resolved(ROWS)
    assert id_of(found, "a1", 0) == id_of(found, "a2", 0) == id_of(found, "a3", 0)
    row = found.entities.filter(pl.col("entity_id") == id_of(found, "a1", 0)).row(0, named=True)
    assert row["name"] == "Anna B. Holt"
    assert row["aliases"] == ["Anna Holt", "Holt"]


def test_family_name_goes_to_the_one_person_of_its_story() -> None:
    found = resolved(ROWS)
    assert id_of(found, "a4", 0) == id_of(found, "a4", 1)
    assert id_of(found, "a4", 0) != id_of(found, "a3", 0)


def test_family_name_that_two_may_own_stays_apart() -> None:
    rows: Rows = [*ROWS, ("a7", 0, "Holt", "PERSON", [], None, 1, None)]
    found = resolved(rows)
    assert id_of(found, "a7", 0) not in {id_of(found, "a1", 0), id_of(found, "a4", 1)}


def test_family_name_goes_to_whom_nearly_all_articles_mean() -> None:
    rows: Rows = [(f"b{n}", 0, "Anna Holt", "PERSON", [], None, 1, None) for n in range(5)]
    found = resolved([*rows, ("c", 0, "Holt", "PERSON", [], None, 1, None)])
    assert id_of(found, "c", 0) == id_of(found, "b0", 0)


def test_organisations_by_name_and_acronym() -> None:
    found = resolved(ROWS)
    assert id_of(found, "a1", 1) == id_of(found, "a2", 1)
    assert id_of(found, "a5", 0) == id_of(found, "a6", 0)


def test_country_keeps_its_code() -> None:
    found = resolved(ROWS)
    row = found.entities.filter(pl.col("name") == "North Korea").row(0, named=True)
    assert (row["country_code"], row["label"], row["aliases"]) == ("KP", "GPE", ["DPRK"])


def test_order_does_not_count() -> None:
    shuffled = ROWS.copy()
    random.Random(3).shuffle(shuffled)
    first, second = resolved(ROWS), resolved(shuffled)
    assert first.entities.equals(second.entities)
    assert first.links.sort("article_id", "entity_no").equals(second.links.sort("article_id", "entity_no"))


def test_id_does_not_depend_on_the_other_articles() -> None:
    assert id_of(resolved(ROWS), "a1", 0) == id_of(resolved(ROWS[:1]), "a1", 0)


def test_no_rows_and_no_story() -> None:
    assert resolved([]).entities.is_empty()
    frame = pl.DataFrame(ROWS, schema=SCHEMA, orient="row").drop("story_id")
    assert len(resolve_entities(frame).links) == len(ROWS)


@pytest.mark.parametrize(
    ("name", "label", "other", "other_label"),
    [
        ("Anna B. Holt", "PERSON", "Anna Holt", "PERSON"),
        ("Kim Jong-un", "PERSON", "Kim Jong Un", "PERSON"),
        ("The Acme Corp.", "ORG", "Acme", "PRODUCT"),
        ("Gonzàlez Pérez", "PERSON", "Gonzalez Perez", "PERSON"),
    ],
)
def test_keys_look_through_spelling(name: str, label: str, other: str, other_label: str) -> None:
    assert entity_key(name, label, None).key == entity_key(other, other_label, None).key


def test_name_labelled_differently_is_one_entity_of_its_main_label() -> None:
    found = resolved(
        [
            ("a", 0, "Anna Holt", "PERSON", [], None, 4, "s1"),
            ("b", 0, "Anna Holt", "ORG", ["Holt"], None, 1, "s2"),
            ("c", 0, "Anna Holt", "GPE", [], None, 1, None),
            ("d", 0, "Ayton Water", "ORG", [], None, 3, "s1"),
            ("e", 0, "Ayton Water", "PERSON", [], None, 1, "s1"),
        ]
    )
    assert [row[:2] for row in found.entities.select("name", "label").sort("name").iter_rows()] == [
        ("Anna Holt", "PERSON"),
        ("Ayton Water", "ORG"),
    ]


def test_single_word_is_the_person_of_its_story_only() -> None:
    rows: Rows = [
        ("a", 0, "Anna Holt", "PERSON", [], None, 4, "s1"),
        ("b", 0, "Holt", "ORG", [], None, 2, "s1"),
        ("c", 0, "Holt", "ORG", [], None, 2, "s2"),
        ("d", 0, "Holt", "ORG", [], None, 2, None),
    ]
    found = resolved(rows)
    assert id_of(found, "b", 0) == id_of(found, "a", 0)
    assert id_of(found, "c", 0) == id_of(found, "d", 0) != id_of(found, "a", 0)


def test_company_that_its_story_mostly_means_keeps_its_name() -> None:
    rows: Rows = [
        ("a", 0, "Anna Holt", "PERSON", [], None, 1, "s1"),
        ("b", 0, "Holt", "ORG", [], None, 6, "s1"),
    ]
    found = resolved(rows)
    assert id_of(found, "b", 0) != id_of(found, "a", 0)


def test_places_of_a_known_country_keep_their_kind() -> None:
    rows: Rows = [
        ("a", 0, "Georgia", "PERSON", [], None, 9, "s1"),
        ("b", 0, "Georgia", "GPE", [], "US", 1, "s1"),
    ]
    found = resolved(rows)
    assert id_of(found, "a", 0) != id_of(found, "b", 0)


@pytest.mark.parametrize(("story", "other_story"), [("s1", "s1"), ("s1", "s2"), (None, None)])
@pytest.mark.parametrize("label", ["ORG", "GPE"])
def test_acronym_finds_the_name_of_another_article(
    story: str | None, other_story: str | None, label: str
) -> None:
    rows: Rows = [
        ("a", 0, "Ayton Central News Agency", "ORG", [], None, 1, story),
        ("b", 0, "ACNA", label, [], None, 3, other_story),
    ]
    found = resolved(rows)
    assert id_of(found, "a", 0) == id_of(found, "b", 0)
    assert found.entities["name"].to_list() == ["Ayton Central News Agency"]
    assert found.entities["aliases"].to_list() == [["ACNA"]]


def test_acronym_is_bounded_by_its_story() -> None:
    rows: Rows = [
        ("a", 0, "Ayton Central News Agency", "ORG", [], None, 1, "s1"),
        ("b", 0, "ACNA", "ORG", [], None, 3, "s1"),
        ("c", 0, "Association of City Nurses of Ayton", "ORG", ["ACNA"], None, 1, "s2"),
        ("d", 0, "ACNA", "ORG", [], None, 1, "s2"),
        ("e", 0, "ACNA", "ORG", [], None, 1, "s3"),
    ]
    found = resolved(rows)
    assert id_of(found, "b", 0) == id_of(found, "a", 0)
    assert id_of(found, "d", 0) == id_of(found, "c", 0)
    assert id_of(found, "e", 0) not in {id_of(found, "a", 0), id_of(found, "c", 0)}


def test_three_letters_need_a_story_or_many_articles() -> None:
    rows: Rows = [
        ("a", 0, "Ayton Traffic Authority", "ORG", [], None, 1, "s1"),
        ("b", 0, "ATA", "ORG", [], None, 1, "s1"),
        ("c", 0, "ATA", "ORG", [], None, 1, "s2"),
    ]
    found = resolved(rows)
    assert id_of(found, "b", 0) == id_of(found, "a", 0)
    assert id_of(found, "c", 0) != id_of(found, "a", 0)


@pytest.mark.parametrize("label", ["ORG", "PERSON"])
def test_a_family_name_of_two_is_one_entity_however_it_is_labelled(label: str) -> None:
    rows: Rows = [
        ("a", 0, "Anna Holt", "PERSON", [], None, 3, "s"),
        ("b", 0, "Peter Holt", "PERSON", [], None, 3, "s"),
        ("c", 0, "Holt", label, [], None, 1, "s"),
    ]
    found = resolved(rows)
    assert id_of(found, "c", 0) == hash_key("person holt")
    assert len(found.entities) == 3


def test_links_are_in_order_whatever_the_order_of_the_rows() -> None:
    shuffled = random.Random(7).sample(ROWS, len(ROWS))
    assert resolved(shuffled).links.equals(resolved(ROWS).links)
    assert resolved(ROWS).links.equals(resolved(ROWS).links.sort("article_id", "entity_no"))


def test_keys_that_are_known_change_nothing() -> None:
    frame = pl.DataFrame(ROWS, schema=SCHEMA, orient="row")
    earlier = resolve_entities(frame.head(6)).keys
    known, anew = resolve_entities(frame, keys=earlier), resolve_entities(frame)
    assert known.entities.equals(anew.entities)
    assert known.links.equals(anew.links)
    assert known.keys.sort("name").equals(anew.keys.sort("name"))
