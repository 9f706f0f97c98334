"""The reuse index on disk: its frames as Arrow files in one folder.

A part never changes, so its files are named for its bodies, and the next index links them.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from flows.stages.mapped import read_mapped, write_mapped
from flows.stages.parts import digest, link_file
from flows.text.aggregate.reuse import IndexPart, ReuseIndex

_FRAMES = tuple(field.name for field in fields(IndexPart))


def write_index(index: ReuseIndex, folder: Path, *, earlier: Path | None = None) -> None:
    """Writes the index into a new folder; parts that the earlier folder has are linked from there."""
    folder.mkdir(parents=True)
    for number, part in enumerate(index.parts):
        bodies = digest(part.bodies["digest"].to_numpy().tobytes())
        for name in _FRAMES:
            file = f"{bodies}.{name}.arrow"
            target = folder / f"{number:03d}.{file}"
            known = next(earlier.glob(f"*.{file}"), None) if earlier else None
            if known:
                link_file(known, target)
            else:
                write_mapped(getattr(part, name), target)


def read_index(folder: Path) -> ReuseIndex:
    """The index that lies in the folder; an empty one where there is none."""
    ending = f".{_FRAMES[0]}.arrow"
    stems = sorted(path.name.removesuffix(ending) for path in folder.glob(f"*{ending}"))
    return ReuseIndex(
        tuple(
            IndexPart(**{name: read_mapped(folder / f"{stem}.{name}.arrow") for name in _FRAMES})
            for stem in stems
        )
    )
