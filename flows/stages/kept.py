"""What the next aggregate begins from: frames kept beside the relations, a file each, and the relations."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from flows.stages.mapped import read_mapped, write_mapped
from flows.stages.schemas import AGGREGATES, Schema


def read_kept(earlier: Path | None, name: str, schema: Schema) -> pl.DataFrame:
    """What the earlier aggregate kept under the name; no rows where it kept nothing."""
    path = earlier / f"{name}.arrow" if earlier else None
    return read_mapped(path) if path and path.exists() else pl.DataFrame(schema=dict(schema))


def write_kept(frame: pl.DataFrame, name: str, folder: Path) -> None:
    """Keeps the frame in the folder of the aggregate that is being written."""
    write_mapped(frame, folder / f"{name}.arrow")


def read_relation(earlier: Path | None, name: str) -> pl.DataFrame:
    """The rows that the earlier aggregate has of a relation that is one file; none without one."""
    path = earlier / f"{name}.parquet" if earlier else None
    return pl.read_parquet(path) if path and path.exists() else pl.DataFrame(schema=dict(AGGREGATES[name]))
