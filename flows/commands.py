"""What the subcommands do, once their arguments are read.

What only a run needs is imported when it runs: all of it takes a second, and a slip of the keyboard or a
list of versions should not wait for it.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flows.settings import Settings
from flows.store.lock import hold_warehouse
from flows.terminal import say, show_progress

if TYPE_CHECKING:
    from flows.run import RunSummary

PREFECT_ENVIRONMENT = {
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # two runs at once need more than 20
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
}
QUIET_ENVIRONMENT = {"PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL"}


class UnusableOutputError(ValueError):
    """A place where no page can be written."""


def run(inputs: Sequence[str], settings: Settings, *, direct: bool, verbose: bool) -> None:
    """Runs the pipeline and prints its summary to standard output."""
    from flows.alerts import alert_on_failure

    with alert_on_failure(settings), hold_warehouse(settings.warehouse, purpose="copydesk run"):
        # All of it before a thread begins to warm up: of two that import at once, one may see half a module.
        from flows.run import new_request, run_in_order
        from flows.steps import DirectSteps
        from flows.summary import summary_lines

        _set_up_prefect(verbose=verbose)
        is_busy = direct or _may_be_busy(inputs, settings)
        # On a temporary server nobody would see that there was nothing to do: it is not worth its start.
        if direct or not (is_busy or _is_watched()):
            with show_progress():
                summary = run_in_order(DirectSteps(), new_request(inputs, settings))
        else:
            summary = _run_with_prefect(inputs, settings, warm=is_busy)
    print("\n".join(summary_lines(summary)))


def _may_be_busy(inputs: Sequence[str], settings: Settings) -> bool:
    """Whether there may be something to do: something that no run has read, or no published version."""
    from flows.reading import may_find_new
    from flows.stages.damage import DamagedPartsError
    from flows.stages.ledger import Ledger

    try:
        known = Ledger(settings.parts / "ledger").known_inputs()
    except DamagedPartsError:  # the run stumbles over it, and keeps that
        return True
    return not settings.database.exists() or may_find_new(inputs, known)


def _set_up_prefect(*, verbose: bool) -> None:
    """What Prefect reads when it is imported."""
    for name, value in (PREFECT_ENVIRONMENT | ({} if verbose else QUIET_ENVIRONMENT)).items():
        os.environ.setdefault(name, value)


def _is_watched() -> bool:
    from flows.pipeline import has_server

    return has_server()


def _run_with_prefect(inputs: Sequence[str], settings: Settings, *, warm: bool) -> RunSummary:
    _say_what_is_awaited(warm=warm)
    if warm:
        threading.Thread(target=_warm_up, args=(settings,), daemon=True).start()
    from flows.pipeline import run_flow

    with show_progress():
        return run_flow(list(inputs), settings)


def _say_what_is_awaited(*, warm: bool) -> None:
    address = os.environ.get("PREFECT_API_URL")
    server = f"the Prefect server at {address}" if address else "a temporary Prefect server (some 10 s)"
    meanwhile = "; loading the language model and the checks meanwhile" if warm else ""
    say(f"Waiting for {server}{meanwhile} ...")


def _warm_up(settings: Settings) -> None:
    """Loads what the run needs anyway while the server starts."""
    from flows.checks.run import warm_up
    from flows.text.extract.parse import load_language_model

    load_language_model(settings.model)
    warm_up()


def list_inputs(inputs: Sequence[str], settings: Settings) -> None:
    """Prints what a run would read: each input, as what, and whether it is new."""
    from flows.reading import plan_inputs
    from flows.stages.ledger import Ledger

    known = Ledger(settings.parts / "ledger").known_inputs()
    n_new = 0
    for planned in plan_inputs(inputs, known):
        item = planned.item
        n_new += planned.status == "new"
        size = "" if item.size is None else f"{item.size / 1e3:10.1f} kB"
        reason = f"  ({planned.reason})" if planned.reason else ""
        print(f"{planned.status:<10} {item.kind:<12} {size:>13}  {item.source_uri}{reason}")
    say(f"{n_new} new inputs; nothing was read into {settings.warehouse}")


def report(settings: Settings, story_id: str | None, output: str) -> None:
    """Writes the page of a story or of the whole warehouse. Raises UnusableOutputError, UnknownStoryError."""
    from flows.report import write_report
    from flows.store.query import open_published
    from flows.store.questions import ask

    if output == "-" and sys.stdout.isatty():
        raise UnusableOutputError("a page is nothing to read on a terminal: name a file with -o FILE")
    file = Path(output).resolve()
    if output != "-" and (file.is_dir() or not file.parent.is_dir()):
        raise UnusableOutputError(
            f"{output} is {'a folder' if file.is_dir() else 'in no folder'}: name a file"
        )
    with open_published(settings.database) as connection:
        page = write_report(partial(ask, connection), story_id)
    if output == "-":
        sys.stdout.buffer.write(page.encode())
    else:
        file.write_text(page, encoding="utf-8")
        say(f"Wrote {output}, {len(page) / 1e3:.0f} kB")


def check(settings: Settings) -> None:
    """Runs the checks on the published version; prints every failure."""
    from flows.checks.gate import judge
    from flows.checks.run import run_checks
    from flows.checks.suites import load_suites
    from flows.errors import ChecksFailedError
    from flows.store.damage import DamagedVersionError
    from flows.store.query import require_published

    try:
        database = require_published(settings.database)
    except DamagedVersionError as error:
        raise ChecksFailedError(str(error), judge([])) from error
    verdict = judge(run_checks(database, load_suites(quality=settings.quality)))
    for result in (*verdict.critical, *verdict.warnings):
        print(
            f"{result.severity}: {result.table_name}: {result.check_name}: "
            f"{result.n_unexpected} rows; {result.sample}"
        )
    n_failed = len(verdict.critical) + len(verdict.warnings)
    print(f"{verdict.n_checks - n_failed} of {verdict.n_checks} checks passed.")
    if not verdict.may_publish:
        message = f"{len(verdict.critical)} critical checks failed on the published version"
        raise ChecksFailedError(message, verdict)


def show_versions(settings: Settings) -> None:
    """Prints the kept versions, newest first."""
    from flows.store.publish import list_versions

    kept = list_versions(settings.database, settings.versions)
    if not kept:
        say(f"no version is kept in {settings.versions}")
    for version in kept:
        mark = "*" if version.is_published else " "
        print(f"{mark} {version.name}  {version.n_bytes / 1e6:8.1f} MB")


def roll_back(settings: Settings, version: str | None) -> None:
    """Publishes an older version."""
    from flows.store.publish import roll_back as publish_older

    with hold_warehouse(settings.warehouse, purpose="copydesk rollback"):
        chosen = publish_older(settings.database, settings.versions, version)
    print(f"Published {chosen.name} again. The next run that finds something new publishes over it.")
