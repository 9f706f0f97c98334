"""Progress: the steps say how far they are; whoever listens shows it (a terminal, a Prefect artifact)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Listener = Callable[[str, int, int], None]
"""Called with the step's name, how much is done, and how much there is (0: not known)."""

_listeners: list[Listener] = []


def report_progress(step: str, done: int, total: int = 0) -> None:
    """Tells every listener."""
    for listener in tuple(_listeners):
        listener(step, done, total)


@contextmanager
def listen_to_progress(listener: Listener) -> Iterator[None]:
    """The listener is told of all progress while the block runs."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
