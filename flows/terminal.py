"""The terminal: messages and progress bars, both on standard error. Bars show on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from flows.progress import listen_to_progress

STEP_WORDS = {
    "ingest": "Reading",
    "clean": "Cleaning",
    "extract": "Extracting",
    "aggregate": "Aggregating",
    "check": "Checking",
}


def say(message: str) -> None:
    """A message to the user."""
    print(message, file=sys.stderr, flush=True)


@contextmanager
def show_progress() -> Iterator[None]:
    """Bars for the steps while the block runs, where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TaskID,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:<12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        shown: dict[str, TaskID] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in shown:
                shown[step] = bars.add_task(STEP_WORDS.get(step, step), total=total or None)
            bars.update(shown[step], completed=done, total=total or None)

        with listen_to_progress(show):
            yield
