"""Work on all cores: maps a function over parts in worker processes, or here where one is enough."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import resource_tracker
from typing import Self, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

PARENT_POLL_SECONDS = 2.0


class Workers:
    """Worker processes that stay for several maps; each is started when there is work for it.

    One item, or one worker, runs in this process: a small corpus pays for no second model.
    """

    def __init__(self, n_workers: int) -> None:
        self.n_workers = n_workers
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._pool is None:
            return
        if kind is not None and not issubclass(kind, Exception):
            # Whoever interrupts does not wait for a batch of articles: its part is whole or not there.
            for process in list((self._pool._processes or {}).values()):
                process.terminate()
        self._pool.shutdown(cancel_futures=True)

    def map_unordered(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        *,
        on_done: Callable[[int], None] = lambda _: None,
    ) -> Iterator[Result]:
        """The results as they come; `on_done` is told how many items are done."""
        if self.n_workers <= 1 or len(items) <= 1:
            for number, item in enumerate(items, 1):
                yield function(item)
                on_done(number)
            return
        with _interrupts_kept():
            futures = [self._executor().submit(function, item) for item in items]
        for number, future in enumerate(as_completed(futures), 1):
            yield future.result()
            on_done(number)

    def _executor(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")  # threads of the caller make fork unsafe
            self._pool = ProcessPoolExecutor(
                self.n_workers, context, initializer=_follow_parent, initargs=(os.getpid(),)
            )
        return self._pool


def map_unordered(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    *,
    n_workers: int,
    on_done: Callable[[int], None] = lambda _: None,
) -> Iterator[Result]:
    """The results of one map, as they come: see `Workers`."""
    with Workers(n_workers) as workers:
        yield from workers.map_unordered(function, items, on_done=on_done)


@contextmanager
def _interrupts_kept() -> Iterator[None]:
    """Processes that are started meanwhile inherit the mask: Ctrl-C, which goes to all, is the caller's."""
    resource_tracker.ensure_running()  # its start would take the mask away
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _follow_parent(parent: int) -> None:
    """A worker ends when the run that started it was killed."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_POLL_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
