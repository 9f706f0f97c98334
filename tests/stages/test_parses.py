"""Parses that are kept: what reaches the model, and that reading them again says the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.stages import parses as parses_module
from flows.stages.extract import Reader, annotate_texts, annotated_batches, pending_texts
from flows.stages.parses import find_parses, list_paragraphs, parse_unit, pending_parses, read_parses
from flows.stages.parts import digest
from flows.stages.schemas import ANNOTATIONS
from flows.text.extract.parse import DEFAULT_MODEL, parse_paragraphs
from flows.text.extract.prose import plain_parse
from flows.text.types import Parse

from .settled_folder import write_settled

FERRY = 'The ferry Alma ran aground off Nordvik on Monday. "We heard a bang," said its captain, Lena Holm.'
HARBOUR = "Forty passengers were brought to Nordvik harbour, the coast guard said."
OWNER = "Its owner, Sund Lines, expects repairs to take three weeks and to cost 2.5 million crowns."
DIVERS = "Divers will look at the hull on Thursday, Holm told reporters."
ARTICLES = {"a": (FERRY, HARBOUR), "b": (FERRY, OWNER), "c": (HARBOUR, OWNER, DIVERS)}


@pytest.fixture
def given_to_model(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that would reach the model, which is not loaded."""
    seen: list[str] = []

    def parse(texts: Iterable[str], *, model: str) -> Iterator[Parse]:
        for text in texts:
            seen.append(text)
            yield plain_parse(text)

    monkeypatch.setattr(parses_module, "parse_paragraphs", parse)
    return seen


def annotate(folder: Path, articles: Mapping[str, Sequence[str]], *, n_workers: int = 1) -> Reader:
    reader = Reader(folder / "parts", DEFAULT_MODEL, n_workers, articles_per_batch=2)
    settled = write_settled(folder / "settled", articles)
    annotate_texts(settled, pending_texts(settled, reader.annotations), reader.annotations, reader)
    return reader


def annotations(reader: Reader) -> dict[str, list[tuple[object, ...]]]:
    batches = annotated_batches(reader.annotations)
    return {
        name: sorted(pl.read_parquet([path / f"{name}.parquet" for path in batches]).rows(), key=repr)
        for name in ANNOTATIONS
    }


def test_a_paragraph_of_many_articles_reaches_the_model_once(
    tmp_path: Path, given_to_model: list[str]
) -> None:
    reader = annotate(tmp_path, ARTICLES)
    assert sorted(given_to_model) == sorted([FERRY, HARBOUR, OWNER, DIVERS])
    assert len(annotated_batches(reader.annotations)) == 2


def test_a_changed_paragraph_is_the_only_one_that_is_parsed_again(
    tmp_path: Path, given_to_model: list[str]
) -> None:
    annotate(tmp_path, ARTICLES)
    given_to_model.clear()
    changed = "Its owner, Sund Lines, expects repairs to take five weeks."
    reader = annotate(tmp_path, {**ARTICLES, "b": (FERRY, changed), "d": (DIVERS, FERRY)})
    assert given_to_model == [changed]
    assert len(annotations(reader)["annotated"]) == 3 + 2


def test_a_killed_run_leaves_whole_parts_and_the_next_goes_on(
    tmp_path: Path, given_to_model: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parses_module, "UNIT_CHARACTERS", 100)
    parse = parses_module.parse_paragraphs

    def break_at_divers(texts: Iterable[str], *, model: str) -> Iterator[Parse]:
        for text in texts:
            if text == DIVERS:
                raise KeyboardInterrupt
            yield from parse([text], model=model)

    monkeypatch.setattr(parses_module, "parse_paragraphs", break_at_divers)
    with pytest.raises(KeyboardInterrupt):
        annotate(tmp_path, ARTICLES)
    monkeypatch.setattr(parses_module, "parse_paragraphs", parse)
    done = list(given_to_model)
    assert done
    given_to_model.clear()
    reader = annotate(tmp_path, ARTICLES)
    assert sorted([*done, *given_to_model]) == sorted([FERRY, HARBOUR, OWNER, DIVERS])
    assert find_parses(reader.parses).height == 4


def test_two_workers_say_what_one_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parses_module, "UNIT_CHARACTERS", 150)
    one = annotate(tmp_path / "one", ARTICLES)
    two = annotate(tmp_path / "two", ARTICLES, n_workers=2)
    parts = [sorted(path.name for path in reader.parses.iterdir()) for reader in (one, two)]
    assert parts[0] == parts[1]
    assert len(parts[0]) == 2
    assert annotations(one) == annotations(two)
    assert {row[3] for row in annotations(one)["article_entities"]} >= {"Lena Holm"}


def test_what_is_read_is_what_was_parsed(tmp_path: Path) -> None:
    settled = write_settled(tmp_path, ARTICLES)
    texts = [FERRY, HARBOUR, OWNER, DIVERS]
    (unit,) = pending_parses(settled, paragraphs_of(settled), tmp_path / "parses")
    part = parse_unit(unit, tmp_path / "parses", DEFAULT_MODEL)
    expected = dict(zip(texts, parse_paragraphs(texts), strict=True))
    assert read_parses([part], texts) == expected
    assert read_parses([part], [DIVERS]) == {DIVERS: expected[DIVERS]}
    assert read_parses([], []) == {}


def paragraphs_of(settled: Path) -> pl.DataFrame:
    return list_paragraphs(settled, pl.read_parquet(settled / "articles.parquet"))


TEXTS = st.lists(st.sampled_from([FERRY, HARBOUR, OWNER, DIVERS, "x" * 400]), min_size=1, max_size=5)


@settings(max_examples=25)
@given(articles=st.lists(TEXTS, min_size=1, max_size=5), unit_characters=st.integers(1, 900))
def test_units_hold_each_paragraph_once_and_are_few(
    tmp_path_factory: pytest.TempPathFactory, articles: list[list[str]], unit_characters: int
) -> None:
    folder = tmp_path_factory.mktemp("units")
    settled = write_settled(folder, {f"a{number}": texts for number, texts in enumerate(articles)})
    with pytest.MonkeyPatch.context() as context:
        context.setattr(parses_module, "UNIT_CHARACTERS", unit_characters)
        units = pending_parses(settled, paragraphs_of(settled), folder / "parses")
    distinct = {text for texts in articles for text in texts}
    named = [name for unit in units for name in unit.paragraph_ids]
    assert sorted(named) == sorted(digest(text) for text in distinct)
    assert len(units) <= max(sum(map(len, distinct)) // unit_characters, 1)
