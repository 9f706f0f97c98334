"""Where the packaged data lies: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_folder(name: str) -> Path:
    """The folder `sql` or `expectations`. Raises FileNotFoundError where the installation is broken."""
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"Copydesk is not completely installed: no folder {name!r} near {_PACKAGE}")
