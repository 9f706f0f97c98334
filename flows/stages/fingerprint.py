"""Fingerprints of code: results are kept under them, so that a change redoes what it touches."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

_FLOWS = Path(__file__).resolve().parents[1]


@cache
def code_fingerprint(*places: str, libraries: tuple[str, ...] = ()) -> str:
    """Names the code under the places (relative to `flows/`) and the versions of the libraries."""
    hasher = hashlib.sha256()
    for place in places:
        for path in _files(_FLOWS / place):
            hasher.update(str(path.relative_to(_FLOWS)).encode())
            hasher.update(path.read_bytes())
    for library in libraries:
        hasher.update(f"{library}=={metadata.version(library)}".encode())
    return hasher.hexdigest()[:12]


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return sorted(path for path in place.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
