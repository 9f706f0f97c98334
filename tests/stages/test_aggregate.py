"""Aggregates that begin from an earlier one: what they save, and that they say the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.stages import story_claims, story_units
from flows.stages.aggregate import aggregate_fingerprint, aggregate_parts, relation_parts
from flows.stages.mapped import read_mapped
from flows.stages.parts import digest, to_frame, write_folder, write_part
from flows.stages.relate import GROWING, INDEX_FOLDER
from flows.stages.schemas import AGGREGATES, ANNOTATIONS, SETTLED
from flows.stages.sentence_vectors import SentenceVectors
from flows.text.aggregate.claim_building import build_claims
from flows.text.aggregate.claim_frames import ClaimInputs, Claims
from flows.text.aggregate.claims.meaning import Floats, encode_sentences
from flows.text.aggregate.reuse import IndexPart

FERRY = (
    "The ferry Alma drifted off Nordvik for two hours on Monday when its engine failed.",
    "Forty passengers waited until the coast guard towed the ferry Alma to Nordvik harbour.",
    "The operator of the ferry said that divers would inspect the engine on Thursday.",
)
VOTE = (
    "Voters in Tarland decide on Sunday whether a water tax pays for three new dams.",
    "Farmers of Tarland oppose the water tax because their wells are deep and old.",
    "The finance minister expects the water tax to bring ninety million crowns a year.",
)
OWN = ("Relatives in {} lit candles.", "Growers near {} blocked a road.")
SAID = ("The ferry drifted for hours after an engine failure off Nordvik, its operator said.",
        "Off Nordvik the ferry Alma lost its engine and drifted about two hours on Monday.")  # fmt: skip
"""The same in other words, which words alone leave open."""
PEOPLE = (("Anna Holt", "PERSON"), ("Holt", "PERSON"), ("Anna Holt", "ORG"), ("Peter Holt", "PERSON"))
PLACES = ("Brunn", "Castor", "Delm", "Ekeby", "Falun", "Gorm", "Hamre", "Ilmen")
DAY = date(2024, 3, 4)


def make_row(number: int, extra: str = "") -> dict[str, Any]:
    """An article of one of two stories: some of its sentences, and some of its own."""
    story = (FERRY, VOTE)[number % 2]
    told = [line for place, line in enumerate(story) if place != number // 2 % 4]
    own = [OWN[number % 2].format(PLACES[number % 8]), *([] if number % 2 else [SAID[number // 2 % 2]])]
    text = "\n\n".join([*told, *own, *([extra] if extra else [])])
    name = f"a{number:03}"
    known = {"article_id": name, "document_id": name, "text_id": digest(name, text), "text": text}
    told_of = {"title": story[0][:30], "outlet": f"o{number}.example", "authors": []}
    told_of |= {"agencies": ["AP"] if number % 4 == 1 else [], "url": f"https://o{number}.example/{name}"}
    settled = {"revision": 1, "is_latest": True, "published_on": None if number % 5 == 3 else DAY}
    return {**dict.fromkeys(SETTLED), **known, **told_of, **settled}


def annotate(row: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    key = {"text_id": row["text_id"], "article_id": row["article_id"]}
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in ANNOTATIONS} | {"annotated": [key]}
    start = 0
    for number, text in enumerate(row["text"].split("\n\n")):
        span = {"char_start": start, "char_end": start + len(text)}
        found["sentences"].append(
            {**key, "sentence_no": number, "paragraph_no": number, "text": text, **span}
        )
        start += len(text) + 2
    number = int(row["article_id"][1:])
    for entity_no, (name, label) in enumerate(((PLACES[number % 8], "GPE"), PEOPLE[number % 4])):
        entity = {**key, "entity_no": entity_no, "label": label}
        found["article_entities"].append(
            {**entity, "name": name, "aliases": [], "country_code": None, "roles": []}
            | {"n_mentions": 1 + number % 2}
        )
        found["mentions"] += [
            {**entity, "sentence_no": place, "text": name, "char_start": 0, "char_end": len(name)}
            for place in range(1 + number % 2)
        ]
    return found


class Desk:
    """A parts folder to aggregate in."""

    def __init__(self, folder: Path, annotated: Path) -> None:
        self.folder, self.annotated, self.aggregates = folder, annotated, folder / "aggregates"

    def aggregate(
        self, rows: Sequence[dict[str, Any]], previous: str | None = None, *, n_workers: int = 1
    ) -> str:
        settled = self.folder / digest(*sorted(row["text_id"] for row in rows))
        write_part(to_frame(rows, SETTLED), settled / "articles.parquet", SETTLED)
        batches = [self._annotated(row) for row in rows]
        return aggregate_parts(settled, batches, self.aggregates, previous=previous, n_workers=n_workers)

    def _annotated(self, row: dict[str, Any]) -> Path:
        folder: Path = self.annotated / row["text_id"]
        if folder.is_dir():
            return folder
        found = annotate(row)
        frames = {name: (to_frame(found[name], schema), schema) for name, schema in ANNOTATIONS.items()}
        return write_folder(frames, folder)

    def read(self, name: str) -> dict[str, pl.DataFrame]:
        """The relations, those that grow sorted: their parts lie in the order in which they came."""
        found = {part: pl.read_parquet(relation_parts(self.aggregates / name, part)) for part in AGGREGATES}
        return found | {part: found[part].sort(pl.all()) for part in GROWING}


def rebuild(rows: Sequence[dict[str, Any]], members: Path, desk: Desk) -> dict[str, pl.DataFrame]:
    """All anew, but for the names of the stories that were there."""
    seed = f"{aggregate_fingerprint()}/seed"
    (desk.aggregates / seed).mkdir(parents=True)
    shutil.copy(members, desk.aggregates / seed)
    return desk.read(desk.aggregate(rows, previous=seed))


NUMBERS = st.sets(st.integers(0, 9), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def annotated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where every text is annotated once."""
    return tmp_path_factory.mktemp("annotated") / "x"


@settings(max_examples=4, deadline=None)
@given(before=NUMBERS, between=NUMBERS, after=NUMBERS, edited=NUMBERS)
@example(before={0, 1, 2, 3, 4}, between={0, 1, 2, 3, 4, 5}, after=set(range(10)), edited=set())
@example(before=set(range(10)), between={0, 2, 4, 9}, after=set(range(8)), edited={0, 2})
def test_adding_changing_and_removing_says_the_same_as_a_rebuild(
    tmp_path_factory: pytest.TempPathFactory,
    annotated: Path,
    before: set[int],
    between: set[int],
    after: set[int],
    edited: set[int],
) -> None:
    desk = Desk(tmp_path_factory.mktemp("desk"), annotated)
    first = desk.aggregate([make_row(number) for number in sorted(before)])
    first = desk.aggregate([make_row(number) for number in sorted(between)], previous=first)
    rows = [make_row(n, "More of it later." if n in edited else "") for n in sorted(after)]
    second = desk.read(desk.aggregate(rows, previous=first))
    members = desk.aggregates / first / "story_members.parquet"
    anew = rebuild(rows, members, Desk(tmp_path_factory.mktemp("anew"), annotated))
    assert {name: frame.rows() for name, frame in second.items()} == {
        name: frame.rows() for name, frame in anew.items()
    }


@pytest.fixture
def claimed(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The articles that claims were built of, a set a call."""
    calls: list[set[str]] = []

    def record(evidence: ClaimInputs, **readers: Any) -> Claims:
        calls.append(set(evidence.articles["article_id"]))
        return build_claims(evidence, **readers)

    monkeypatch.setattr(story_units, "build_claims", record)
    return calls


def names(numbers: Iterable[int]) -> set[str]:
    return {f"a{number:03}" for number in numbers}


def test_claims_are_built_of_changed_stories_only(
    tmp_path: Path, annotated: Path, claimed: list[set[str]]
) -> None:
    desk = Desk(tmp_path, annotated)
    rows = [make_row(number) for number in range(8)]
    first = desk.aggregate(rows[:7])
    second = desk.aggregate(rows, previous=first)
    assert claimed == [names(range(7)), names([1, 3, 5, 7])]
    assert desk.read(second)["claim_sentences"].height > desk.read(first)["claim_sentences"].height


def test_stories_in_units_and_workers_say_the_same_as_at_once(
    tmp_path: Path, annotated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [make_row(number) for number in range(10)]
    first, second = Desk(tmp_path / "first", annotated), Desk(tmp_path / "second", annotated)
    at_once = first.aggregate(rows)
    monkeypatch.setattr(story_units, "UNIT_ARTICLES", 2)
    in_units = second.aggregate(rows, n_workers=2)
    assert {name: frame.rows() for name, frame in second.read(in_units).items()} == {
        name: frame.rows() for name, frame in first.read(at_once).items()
    }
    for kind in ("statements", "sentence_vectors"):
        old, new = (
            read_mapped(desk.aggregates / at_once / kind / "000.arrow")["text"] for desk in (first, second)
        )
        assert old.sort().equals(new.sort())


def test_stories_are_cut_into_units_by_their_days() -> None:
    days = [date(2024, 3, day) for day in (9, 2, 2, 5)]
    articles = pl.DataFrame({"article_id": list("abcd"), "story_id": list("tssu"), "published_on": days})
    units = story_units.number_units(articles, most=2).sort("article_id")
    assert units.rows() == [("a", 1), ("b", 0), ("c", 0), ("d", 1)]


def test_annotations_of_other_code_are_another_aggregate(
    tmp_path: Path, annotated: Path, claimed: list[set[str]]
) -> None:
    rows = [make_row(number) for number in range(4)]
    first = Desk(tmp_path, annotated).aggregate(rows)
    assert Desk(tmp_path, annotated).aggregate(rows) == first
    second = Desk(tmp_path, annotated.with_name("y")).aggregate(rows, previous=first)
    assert second != first
    assert claimed[1:] == [names(range(4))]


def test_a_sentence_is_read_by_the_model_once(
    tmp_path: Path, annotated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def encode(texts: Sequence[str]) -> Floats:
        read.extend(texts)
        return encode_sentences(texts)

    monkeypatch.setattr(story_units, "SentenceVectors", partial(SentenceVectors, encode=encode))
    desk = Desk(tmp_path, annotated)
    rows = [make_row(number) for number in range(8)]
    first = desk.aggregate(rows[:6])
    assert set(SAID) & set(read)
    desk.aggregate(rows, previous=first)
    assert len(read) == len(set(read))


def test_parts_of_the_index_are_linked(tmp_path: Path, annotated: Path) -> None:
    desk = Desk(tmp_path, annotated)
    rows = [make_row(number) for number in range(8)]
    first = desk.aggregate(rows[:7])
    second = desk.aggregate(rows, previous=first)
    old, new = (
        {path.name: path.stat().st_ino for path in (desk.aggregates / name / INDEX_FOLDER).glob("000.*")}
        for name in (first, second)
    )
    assert len(old) == len(fields(IndexPart))
    assert old == new


def test_a_copy_in_another_story_leaves_a_story_alone() -> None:
    members = pl.DataFrame({"article_id": ["a", "b", "c"], "story_id": ["s", "s", "t"]})
    pairs = pl.DataFrame(
        {"article_id": ["a", "a", "c"], "other_id": ["b", "c", "a"], "containment": [0.9] * 3}
    )
    assert story_units.within_stories(pairs.lazy(), members).rows() == [("a", "b", 0.9)]


def test_the_key_of_a_story_knows_its_rows_and_not_their_order() -> None:
    members = pl.DataFrame({"article_id": ["a", "b"], "story_id": ["s", "t"]})
    told = pl.DataFrame(
        {"article_id": ["a", "a", "b"], "text": ["x", "y", "z"], "agencies": [["AP"], [], None]}
    )
    keys = story_claims.key_stories({"told": told}, members)
    assert keys.equals(story_claims.key_stories({"told": told.reverse()}, members))
    other = story_claims.key_stories(
        {"told": told.with_columns(agencies=pl.lit(["AFP"], pl.List(pl.String)))}, members
    )
    assert keys.join(other, on=["story_id", "key"], how="semi").is_empty()
