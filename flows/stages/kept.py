"""What an aggregate keeps beside its relations, so that the next one begins from it: a frame a file."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from flows.stages.parts import flush_file
from flows.stages.schemas import Schema


def read_kept(earlier: Path | None, name: str, schema: Schema) -> pl.DataFrame:
    """What the earlier aggregate kept under the name; no rows where it kept nothing."""
    path = earlier / f"{name}.parquet" if earlier else None
    return pl.read_parquet(path) if path and path.exists() else pl.DataFrame(schema=dict(schema))


def write_kept(frame: pl.DataFrame, name: str, folder: Path) -> None:
    """Keeps the frame in the folder of the aggregate that is being written."""
    path = folder / f"{name}.parquet"
    frame.write_parquet(path, compression="lz4")
    flush_file(path)
