"""The reuse index on disk: its frames as Parquet files in one folder.

A part never changes, so its files are named for its bodies, and the next index links them.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from flows.stages.parts import digest, flush_file, link_file
from flows.text.aggregate.reuse import IndexPart, ReuseIndex

_FRAMES = ("bodies", "words", "shingles")


def write_index(index: ReuseIndex, folder: Path, *, earlier: Path | None = None) -> None:
    """Writes the index into a new folder; parts that the earlier folder has are linked from there."""
    folder.mkdir(parents=True)
    _write(index.pairs, folder / "pairs.parquet")
    _write(index.spans, folder / "spans.parquet")
    for number, part in enumerate(index.parts):
        bodies = digest(part.bodies["digest"].to_numpy().tobytes())
        for name in _FRAMES:
            file = f"{bodies}.{name}.parquet"
            target = folder / f"{number:03d}.{file}"
            known = next(earlier.glob(f"*.{file}"), None) if earlier else None
            if known:
                link_file(known, target)
            else:
                _write(getattr(part, name), target)


def read_index(folder: Path) -> ReuseIndex | None:
    """The index that lies in the folder; None where there is none."""
    if not (folder / "pairs.parquet").exists():
        return None
    stems = sorted(path.name.removesuffix(".bodies.parquet") for path in folder.glob("*.bodies.parquet"))
    return ReuseIndex(
        parts=tuple(
            IndexPart(**{name: pl.read_parquet(folder / f"{stem}.{name}.parquet") for name in _FRAMES})
            for stem in stems
        ),
        pairs=pl.read_parquet(folder / "pairs.parquet"),
        spans=pl.read_parquet(folder / "spans.parquet"),
    )


def _write(frame: pl.DataFrame, path: Path) -> None:
    # Hashes do not shrink, and packing takes as long as comparing a batch.
    frame.write_parquet(path, compression="uncompressed")
    flush_file(path)
