"""Frames as Arrow files that are mapped into memory: only what is touched is read, in place.

For what an aggregate keeps for the next one. Such a file is never changed, only linked or removed; who
has it mapped still sees it then.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa

from flows.stages.parts import flush_file


def write_mapped(frame: pl.DataFrame, path: Path) -> None:
    """Writes the frame, and makes sure that it is on the disk."""
    # One batch, so that a column is one array.
    frame.write_ipc(path, compression="uncompressed", record_batch_size=max(len(frame), 1))
    flush_file(path)


def read_mapped(path: Path) -> pl.DataFrame:
    """The frame. Raises pyarrow.ArrowInvalid where the file is none, or damage would be read as rows."""
    with pa.memory_map(str(path)) as file:
        table = pa.ipc.open_file(file).read_all()
    table.validate(full=True)
    return pl.DataFrame(table)
