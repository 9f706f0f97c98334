"""The gate: publish or not. Decided on the severity of each result, never on a suite's own verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flows.checks.run import CheckResult


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a version may be published, and what failed."""

    may_publish: bool
    critical: tuple[CheckResult, ...]
    warnings: tuple[CheckResult, ...]
    n_checks: int


def judge(results: Iterable[CheckResult]) -> Verdict:
    """A critical failure, or no result at all, stops the publish; a warning does not."""
    listed = list(results)
    failed = [result for result in listed if not result.passed]
    critical = tuple(result for result in failed if result.severity == "critical")
    warnings = tuple(result for result in failed if result.severity == "warning")
    return Verdict(bool(listed) and not critical, critical, warnings, len(listed))
