"""Parts: Parquet files that one stage hands to the next. Reading, writing whole, naming by content.

A part is written under a temporary name, flushed to disk and renamed, so that a killed run leaves
either a whole part or none.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from flows.stages.schemas import Schema

if TYPE_CHECKING:
    from polars._typing import ParquetCompression

DIGEST_LENGTH = 16  # hex digits: 64 bits, no collision to be expected below a billion parts


def digest(*values: str | bytes) -> str:
    """A short, stable name for the values."""
    hasher = hashlib.sha256()
    for value in values:
        data = value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
        hasher.update(len(data).to_bytes(8, "little"))
        hasher.update(data)
    return hasher.hexdigest()[:DIGEST_LENGTH]


def to_frame(rows: Iterable[Mapping[str, Any]], schema: Schema) -> pl.DataFrame:
    """A frame with exactly the columns of the schema; an unknown key in a row is an error."""
    listed = list(rows)
    if listed and (unknown := set(listed[0]) - set(schema)):
        raise ValueError(f"columns {sorted(unknown)} are not in the schema")
    return pl.DataFrame(listed, schema=dict(schema), orient="row")


def write_part(
    frame: pl.DataFrame,
    path: Path,
    schema: Schema,
    *,
    compression: ParquetCompression = "zstd",
    row_group_size: int | None = None,
) -> Path:
    """Writes the frame whole or not at all; gives the path back. What is read row by row wants small groups.

    Without statistics: ids are hashes, of which every group has the smallest and the largest.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    frame.select([pl.col(name).cast(dtype) for name, dtype in schema.items()]).write_parquet(
        temporary, compression=compression, statistics=False, row_group_size=row_group_size
    )
    flush_file(temporary)
    os.replace(temporary, path)
    return path


def write_folder(
    frames: Mapping[str, tuple[pl.DataFrame, Schema]], folder: Path, *, row_group_size: int | None = None
) -> Path:
    """Writes several frames as one folder, whole or not at all."""
    with whole_folder(folder) as temporary:
        for name, (frame, schema) in frames.items():
            write_part(frame, temporary / f"{name}.parquet", schema, row_group_size=row_group_size)
    return folder


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """A folder to write into, which becomes the target where the block ends well, and else is gone."""
    temporary = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}")
    temporary.mkdir(parents=True)
    try:
        yield temporary
        try:
            os.rename(temporary, target)
        except OSError:
            # Another worker finished the same work first; its result is as good.
            if not target.is_dir():
                raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def read_parts(paths: Sequence[Path], schema: Schema, columns: Sequence[str] | None = None) -> pl.DataFrame:
    """The rows of all parts, in the order of the paths."""
    wanted = list(columns or schema)
    if not paths:
        return pl.DataFrame(schema={name: schema[name] for name in wanted})
    return pl.scan_parquet([str(path) for path in paths]).select(wanted).collect()


def flush_file(path: Path) -> None:
    """Makes sure that the file's bytes are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def link_file(source: Path, target: Path) -> None:
    """Gives a finished file a second name; a copy where the file system has no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
        flush_file(target)


def remove_unfinished(folder: Path) -> None:
    """Removes what a killed run left half written."""
    for path in folder.rglob(".*.*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.is_file():
            path.unlink()
