"""Reading: joins the sources with what the ledger knows, so that unchanged input is not parsed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flows.progress import report_progress
from flows.settings import Settings
from flows.sources import InputItem, ReadLimits, expand_inputs, fingerprint, read_item
from flows.sources.errors import UNREADABLE, SourceError, explain
from flows.stages.ledger import KnownInput
from flows.text.types import RawDocument, Rejection

if TYPE_CHECKING:
    from flows.sources.fetch import Fetcher

Documents = Iterator[RawDocument | Rejection]

LOOK_AHEAD_BYTES = 200_000_000
"""So much of the inputs is looked at before a run begins, in some tenths of a second; more counts as new."""


class Reading:
    """All documents of the inputs, in order; afterwards the lists tell what was read and what was not.

    `n_readable` counts documents that could be read, known ones too where they are articles, and feeds
    that answered.
    """

    def __init__(
        self,
        items: Sequence[InputItem],
        known: Mapping[str, KnownInput],
        feeds: dict[str, Any],
        settings: Settings,
    ) -> None:
        self.items = items
        self.read: list[KnownInput] = []
        self.unchanged: list[KnownInput] = []
        self.n_readable = 0
        self._known = known
        self._feeds = feeds
        self._settings = settings
        self._limits = ReadLimits(document_bytes=settings.max_document_bytes)
        self._fetcher: Fetcher | None = None

    def __iter__(self) -> Documents:
        with ExitStack() as stack:
            for number, item in enumerate(self.items, 1):
                yield from self._read_feed(item, stack) if item.kind == "feed" else self._read(item)
                report_progress("ingest", number, len(self.items))

    def _read(self, item: InputItem) -> Documents:
        try:
            content = fingerprint(item)
        except (OSError, SourceError) as error:
            yield Rejection(item.source_uri, *explain(error))
            return
        if content is not None and content in self._known:
            known = self._known[content]
            self.unchanged.append(known)
            self.n_readable += known.n_documents - known.n_set_aside
            return
        yield from self._read_new(item, content)

    def _read_new(self, item: InputItem, content: str | None) -> Documents:
        n_documents = n_rejected = 0
        was_read = content is not None
        for document in read_item(item, limits=self._limits):
            n_rejected += isinstance(document, Rejection)
            n_documents += isinstance(document, RawDocument)
            # A share that is gone or a full disk: the next run tries it again.
            was_read &= not (isinstance(document, Rejection) and document.reason == UNREADABLE)
            yield document
        self.n_readable += n_documents
        if content is not None and was_read:
            self.read.append(KnownInput(content, item.source_uri, n_documents, n_rejected))

    def _read_feed(self, item: InputItem, stack: ExitStack) -> Documents:
        from flows.sources.feeds import read_feed

        fetcher = self._fetcher = self._fetcher or stack.enter_context(self._new_fetcher())
        answered = True
        for document in read_feed(item.source_uri, self._feeds.setdefault(item.source_uri, {}), fetcher):
            answered &= not (isinstance(document, Rejection) and document.source_uri == item.source_uri)
            yield document
        self.n_readable += answered

    def _new_fetcher(self) -> Fetcher:
        """One for the whole run: it keeps the pause between two requests to one host."""
        from flows.sources.fetch import Fetcher, FetchPolicy

        return Fetcher(FetchPolicy(allow_private=self._settings.allow_private), self._limits)


def read_inputs(
    inputs: Sequence[str], *, known: Mapping[str, KnownInput], feeds: dict[str, Any], settings: Settings
) -> Reading:
    """What the inputs hold and was not read before. `feeds` is brought up to date while reading."""
    return Reading(expand_inputs(inputs), known, feeds, settings)


@dataclass(frozen=True, slots=True)
class PlannedInput:
    """What a run would do with an input: `new`, `unchanged`, `fetch` (a feed), or `rejected` for `reason`."""

    item: InputItem
    status: str
    reason: str | None = None


def plan_inputs(inputs: Sequence[str], known: Mapping[str, KnownInput]) -> Iterator[PlannedInput]:
    """Each input with what a run would do with it."""
    for item in expand_inputs(inputs):
        try:
            content = fingerprint(item)
        except (OSError, SourceError) as error:
            yield PlannedInput(item, "rejected", ": ".join(explain(error)))
            continue
        if content is None:
            yield PlannedInput(item, "fetch" if item.kind == "feed" else "new")
        else:
            yield PlannedInput(item, "unchanged" if content in known else "new")


def may_find_new(inputs: Sequence[str], known: Mapping[str, KnownInput]) -> bool:
    """Whether a run could find what no run has read; of a feed nobody knows before it is fetched."""
    n_bytes = 0
    for planned in plan_inputs(inputs, known):
        n_bytes += planned.item.size or 0
        if planned.status != "unchanged" or n_bytes > LOOK_AHEAD_BYTES:
            return True
    return False
