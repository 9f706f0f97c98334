"""Suites: what the files of `expectations/` say, checked for sense before anything runs.

One file a relation, `<schema>.<relation>.yaml` or `<relation>.yaml` for `main`. A check names what a
reader would suffer, how bad that is, and either an expectation of Great Expectations with its
arguments or a query for the rows that must not be there. In a query `{batch}` stands for the relation
and `{name}` for the limit of that name; limits and severities can be set per warehouse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from flows.resources import resource_folder

Severity = Literal["critical", "warning", "info"]
Limit = Annotated[float, Field(strict=True, allow_inf_nan=False)]

SHOWN_CHARACTERS = 60
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class SuiteError(ValueError):
    """A suite, or a setting for one, that cannot be used: says where, what was found, what would be valid."""


class Check(BaseModel):
    """One check of a relation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    severity: Severity
    expectation: str | None = None
    arguments: dict[str, Any] = {}
    unexpected_rows: str | None = None
    limits: dict[str, Limit] = {}

    @model_validator(mode="after")
    def _has_one_rule(self) -> Check:
        if (self.expectation is None) == (self.unexpected_rows is None):
            raise ValueError(f"check {self.name} needs either `expectation` or `unexpected_rows`")
        used = set(_PLACEHOLDER.findall(self.unexpected_rows or "")) - {"batch"}
        if used != set(self.limits):
            raise ValueError(f"check {self.name} uses limits {sorted(used)} and sets {sorted(self.limits)}")
        return self

    def query(self, relation: str) -> str | None:
        """The query for the rows that must not be there, with the relation and the limits in it."""
        if self.unexpected_rows is None:
            return None
        values = {"batch": relation, **{name: f"{value:g}" for name, value in self.limits.items()}}
        return _PLACEHOLDER.sub(lambda found: values[found[1]], self.unexpected_rows)


class Suite(BaseModel):
    """The checks of one relation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    relation: str
    checks: tuple[Check, ...]

    @property
    def short_name(self) -> str:
        """The relation's name as files and settings write it: without `main.`"""
        return self.relation.removeprefix("main.")


def load_suites(
    folder: Path | None = None, *, quality: Mapping[str, Mapping[str, Any]] | None = None
) -> list[Suite]:
    """All suites, by relation. Raises SuiteError.

    `quality` sets severities and limits: {relation: {check: {"severity": ..., limit: number}}}.
    """
    base = folder or resource_folder("expectations")
    suites = [_read(path) for path in sorted(base.glob("*.yaml"))]
    return [_adjust_suite(suite, settings) for suite, settings in _pair(suites, quality or {})]


def _read(path: Path) -> Suite:
    name = path.stem if "." in path.stem else f"main.{path.stem}"
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _loader()) or {}
        suite = Suite(relation=name, checks=content.get("checks", ()))
    except (yaml.YAMLError, ValidationError, AttributeError) as error:
        raise SuiteError(f"{path} is not a suite: {_explain(error)}") from error
    names = [check.name for check in suite.checks]
    if repeated := {name for name in names if names.count(name) > 1}:
        raise SuiteError(f"{path} names two checks {sorted(repeated)[0]!r}")
    return suite


def _loader() -> Any:
    """The safe loader; the one in C, where PyYAML was built with it, is ten times as fast."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _pair(suites: list[Suite], quality: Mapping[str, Any]) -> list[tuple[Suite, Any]]:
    known = [suite.short_name for suite in suites]
    if unknown := sorted(set(quality) - set(known)):
        raise SuiteError(f"[quality.{unknown[0]}]: there is no such relation; known: {', '.join(known)}")
    return [(suite, quality.get(suite.short_name, {})) for suite in suites]


def _adjust_suite(suite: Suite, settings: Any) -> Suite:
    if not isinstance(settings, Mapping):
        raise SuiteError(f"[quality] {suite.short_name} is {settings!r}; it must be a table of checks")
    known = [check.name for check in suite.checks]
    if unknown := sorted(set(settings) - set(known)):
        raise SuiteError(
            f"[quality.{suite.short_name}] {unknown[0]}: there is no such check; known: {', '.join(known)}"
        )
    checks = [_adjust(suite, check, settings.get(check.name, {})) for check in suite.checks]
    return Suite(relation=suite.relation, checks=tuple(checks))


def _adjust(suite: Suite, check: Check, settings: Any) -> Check:
    if settings == {}:
        return check
    where = f"[quality.{suite.short_name}] {check.name}"
    valid = ", ".join(["severity", *check.limits])
    if not isinstance(settings, Mapping) or set(settings) - {"severity", *check.limits}:
        raise SuiteError(f"{where} is {settings!r}; it must be a table of these: {valid}")
    limits = {name: settings.get(name, value) for name, value in check.limits.items()}
    severity = settings.get("severity", check.severity)
    try:
        return Check(**{**check.model_dump(), "severity": severity, "limits": limits})
    except ValidationError as error:
        raise SuiteError(f"{where}: {_explain(error)}") from error


def _explain(error: Exception) -> str:
    """What is wrong and where; of the errors of a model in one line each."""
    if not isinstance(error, ValidationError):
        return str(error)
    return "; ".join(
        f"{'.'.join(map(str, item['loc']))} is {str(item['input'])[:SHOWN_CHARACTERS]!r}: {item['msg']}"
        for item in error.errors()
    )
