"""Rows that grow: nothing is lost or doubled, what did not change is linked, parts stay few."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.stages.growing import Format, GrowingRows, part_paths

SCHEMA = {"text": pl.UInt64, "told": pl.String}
FORMS: tuple[Format, ...] = ("parquet", "arrow")


def make_rows(*numbers: int) -> pl.DataFrame:
    return pl.DataFrame({"text": numbers, "told": [f"n{n}" for n in numbers]}, schema=SCHEMA)


def numbers_in(rows: GrowingRows) -> list[int]:
    return sorted(rows.scan().collect()["text"].to_list())


CHANGES = st.lists(st.tuples(st.integers(0, 5), st.sets(st.integers(0, 40), max_size=3)), max_size=8)


@given(CHANGES, st.sampled_from(FORMS))
@settings(max_examples=40, deadline=None)
def test_rows_are_those_added_and_not_removed(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, set[int]]], form: Format
) -> None:
    folder, earlier, wanted, following = tmp_path_factory.mktemp("growing"), None, set[int](), 0
    for step, (n_added, gone) in enumerate(changes):
        rows = GrowingRows(earlier, "rows", SCHEMA, form=form)
        assert numbers_in(rows) == sorted(wanted)
        rows.remove(pl.col("text").is_in(list(gone)))
        rows.add(make_rows(*range(following, following + n_added)))
        wanted = (wanted - gone) | set(range(following, following + n_added))
        following += n_added
        assert numbers_in(rows) == sorted(wanted)
        earlier = folder / str(step)
        rows.write(earlier)
    assert numbers_in(GrowingRows(earlier, "rows", SCHEMA, form=form)) == sorted(wanted)


@pytest.mark.parametrize("form", FORMS)
def test_what_did_not_change_is_linked(tmp_path: Path, form: Format) -> None:
    first = GrowingRows(None, "rows", SCHEMA, form=form)
    first.add(make_rows(*range(10)))
    first.write(tmp_path / "1")
    second = GrowingRows(tmp_path / "1", "rows", SCHEMA, form=form)
    second.remove(pl.col("text") == 99)
    second.add(make_rows(10, 11))
    second.write(tmp_path / "2")
    (old,), (kept, new) = (part_paths(tmp_path / name / "rows", form) for name in ("1", "2"))
    assert kept.stat().st_ino == old.stat().st_ino
    assert new.stat().st_ino != old.stat().st_ino


def test_parts_stay_few(tmp_path: Path) -> None:
    earlier, most = None, 0
    for number in range(40):
        rows = GrowingRows(earlier, "rows", SCHEMA, form="parquet")
        rows.add(make_rows(number))
        earlier = tmp_path / str(number)
        rows.write(earlier)
        most = max(most, len(part_paths(earlier / "rows", "parquet")))
    assert most <= 6


def test_no_rows_are_one_part_for_readers(tmp_path: Path) -> None:
    GrowingRows(None, "rows", SCHEMA, form="parquet").write(tmp_path)
    (part,) = part_paths(tmp_path / "rows", "parquet")
    assert pl.read_parquet(part).schema == SCHEMA


def test_rows_of_texts(tmp_path: Path) -> None:
    rows = GrowingRows(None, "rows", SCHEMA, form="arrow")
    rows.add(make_rows(1, 2, 3))
    assert rows.of(make_rows(2, 2, 7)).rows() == [(2, "n2")]
