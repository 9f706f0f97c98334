"""Mapped frames: what was written is read, damage is told and ends no process."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.stages.damage import PARQUET_ERRORS, find_damage
from flows.stages.mapped import read_mapped, write_mapped

FRAME = pl.DataFrame(
    {
        "text": [1, 2, 3],
        "name": ["short", "a name that is longer than twelve bytes", None],
        "terms": [[1, 2], [], None],
        "evidence": [["url"], ["a kind of evidence with a long name"], None],
        "statement": [b"x" * 40, b"", None],
        "full": [True, None, False],
    }
)


@pytest.mark.parametrize("frame", [FRAME, FRAME.head(0), FRAME.head(2)])
def test_what_is_written_is_read(tmp_path: Path, frame: pl.DataFrame) -> None:
    write_mapped(frame, tmp_path / "a.arrow")
    found = read_mapped(tmp_path / "a.arrow")
    assert found.equals(frame)
    assert found.schema == frame.schema


def test_a_removed_file_is_there_for_who_has_it_mapped(tmp_path: Path) -> None:
    write_mapped(FRAME, tmp_path / "a.arrow")
    found = read_mapped(tmp_path / "a.arrow")
    (tmp_path / "a.arrow").unlink()
    assert found.equals(FRAME)


@pytest.mark.parametrize("content", [b"", b"no Arrow file", b"ARROW1\0\0 cut off"])
def test_what_is_no_arrow_file_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.arrow").write_bytes(content)
    with pytest.raises((pa.ArrowInvalid, OSError)):
        read_mapped(tmp_path / "a.arrow")


@given(st.integers(0), st.integers(1, 255))
@settings(deadline=None)
def test_damage_gives_other_rows_or_an_error_and_its_file_is_named(
    tmp_path_factory: pytest.TempPathFactory, place: int, change: int
) -> None:
    parts = tmp_path_factory.mktemp("parts")
    path = parts / "aggregates" / "a.arrow"
    path.parent.mkdir()
    write_mapped(FRAME, path)
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= change
    path.write_bytes(content)
    try:
        read_mapped(path).to_dicts()
    except (Exception, *PARQUET_ERRORS):
        assert [damage.path for damage in find_damage(parts, whole=True)] == [path]
