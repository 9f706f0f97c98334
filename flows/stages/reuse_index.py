"""The reuse index on disk: its frames as Parquet files in one folder."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from flows.stages.parts import flush_file
from flows.text.aggregate.reuse import IndexPart, ReuseIndex

_FRAMES = ("bodies", "words", "shingles")


def write_index(index: ReuseIndex, folder: Path) -> None:
    """Writes the index into a new folder."""
    folder.mkdir(parents=True)
    _write(index.pairs, folder / "pairs.parquet")
    _write(index.spans, folder / "spans.parquet")
    for number, part in enumerate(index.parts):
        for name in _FRAMES:
            _write(getattr(part, name), folder / f"{number:03d}.{name}.parquet")


def read_index(folder: Path) -> ReuseIndex | None:
    """The index that lies in the folder; None where there is none."""
    if not (folder / "pairs.parquet").exists():
        return None
    numbers = sorted(path.name[:3] for path in folder.glob("*.bodies.parquet"))
    return ReuseIndex(
        parts=tuple(
            IndexPart(**{name: pl.read_parquet(folder / f"{number}.{name}.parquet") for name in _FRAMES})
            for number in numbers
        ),
        pairs=pl.read_parquet(folder / "pairs.parquet"),
        spans=pl.read_parquet(folder / "spans.parquet"),
    )


def _write(frame: pl.DataFrame, path: Path) -> None:
    frame.write_parquet(path)
    flush_file(path)
