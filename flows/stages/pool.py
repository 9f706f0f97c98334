"""Work on all cores: maps a function over parts in worker processes, or here where one is enough."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

PARENT_POLL_SECONDS = 2.0


def map_unordered(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    *,
    n_workers: int,
    on_done: Callable[[int], None] = lambda _: None,
) -> Iterator[Result]:
    """The results as they come; `on_done` is told how many items are done.

    One item, or one worker, runs in this process: a small corpus pays for no second model.
    """
    if n_workers <= 1 or len(items) <= 1:
        for number, item in enumerate(items, 1):
            yield function(item)
            on_done(number)
        return
    context = multiprocessing.get_context("spawn")  # threads of the caller make fork unsafe
    with ProcessPoolExecutor(
        min(n_workers, len(items)), context, initializer=_follow_parent, initargs=(os.getpid(),)
    ) as pool:
        futures = [pool.submit(function, item) for item in items]
        for number, future in enumerate(as_completed(futures), 1):
            yield future.result()
            on_done(number)


def _follow_parent(parent: int) -> None:
    """A worker ends when the run that started it was killed."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_POLL_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
