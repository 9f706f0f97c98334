"""Suites: what the files of `expectations/` say, checked for sense before anything runs.

One file a relation, `<schema>.<relation>.yaml` or `<relation>.yaml` for `main`. A check names what a
reader would suffer, how bad that is, and either an expectation of Great Expectations with its
arguments or a query for the rows that must not be there (`{batch}` stands for the relation).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from flows.resources import resource_folder

Severity = Literal["critical", "warning", "info"]


class SuiteError(ValueError):
    """A suite file that cannot be used: says which file, where in it, and why."""


class Check(BaseModel):
    """One check of a relation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    severity: Severity
    expectation: str | None = None
    arguments: dict[str, Any] = {}
    unexpected_rows: str | None = None

    @model_validator(mode="after")
    def _has_one_rule(self) -> Check:
        if (self.expectation is None) == (self.unexpected_rows is None):
            raise ValueError(f"check {self.name} needs either `expectation` or `unexpected_rows`")
        return self


class Suite(BaseModel):
    """The checks of one relation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    relation: str
    checks: tuple[Check, ...]


def load_suites(folder: Path | None = None) -> list[Suite]:
    """All suites, by relation. Raises SuiteError."""
    base = folder or resource_folder("expectations")
    return [_read(path) for path in sorted(base.glob("*.yaml"))]


def _read(path: Path) -> Suite:
    name = path.stem if "." in path.stem else f"main.{path.stem}"
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        suite = Suite(relation=name, checks=content.get("checks", ()))
    except (yaml.YAMLError, ValidationError, AttributeError) as error:
        raise SuiteError(f"{path} is not a suite: {error}") from error
    names = [check.name for check in suite.checks]
    if repeated := {name for name in names if names.count(name) > 1}:
        raise SuiteError(f"{path} names two checks {sorted(repeated)[0]!r}")
    return suite
