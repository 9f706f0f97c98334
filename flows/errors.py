"""What can stop a run, and the exit status that says so.

CopydeskError
├── NoReadableInputError   1  nothing in the inputs could be taken in
├── ExtractionFailedError  1  the extractors fail on most articles
└── ChecksFailedError      3  a critical check failed; the published version stays
(store) WarehouseLockedError  4  another run holds the warehouse
(store) DamagedVersionError   1  the published database cannot be read; with `copydesk check` it is 3
(stages) DamagedPartsError    1  parts or ledger files cannot be read
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.checks.gate import Verdict


class CopydeskError(RuntimeError):
    """A run that ends without publishing; the message says what, where and what to do."""

    exit_status = 1


class NoReadableInputError(CopydeskError):
    """None of the inputs gave an article."""


class ExtractionFailedError(CopydeskError):
    """The extractors fail on most articles: the fault is theirs, not the articles'."""

    def __init__(self, n_failed: int, n_articles: int, detail: str) -> None:
        super().__init__(
            f"extraction failed on {n_failed} of {n_articles} articles, first with: {detail}\n"
            "The published version is unchanged. Please report this as an error of Copydesk."
        )


class ChecksFailedError(CopydeskError):
    """A critical check failed; the verdict has the results."""

    exit_status = 3

    def __init__(self, message: str, verdict: Verdict) -> None:
        super().__init__(message)
        self.verdict = verdict
