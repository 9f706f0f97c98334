"""Reading: joins the sources with what the ledger knows, so that unchanged input is not parsed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flows.progress import report_progress
from flows.settings import Settings
from flows.sources.items import InputItem, expand_inputs, fingerprint
from flows.sources.limits import ReadLimits
from flows.sources.read import read_item
from flows.stages.ledger import KnownInput
from flows.text.types import RawDocument, Rejection


class Reading:
    """All documents of the inputs, in order; afterwards `read` and `unchanged` tell what was what."""

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
        self._known = known
        self._feeds = feeds
        self._settings = settings

    @property
    def n_inputs(self) -> int:
        """Files, feeds and streams."""
        return len(self.items)

    def __iter__(self) -> Iterator[RawDocument | Rejection]:
        for number, item in enumerate(self.items, 1):
            yield from self._read(item)
            report_progress("ingest", number, len(self.items))

    def _read(self, item: InputItem) -> Iterator[RawDocument | Rejection]:
        try:
            content = fingerprint(item)
        except OSError as error:
            yield Rejection(
                item.source_uri, "unreadable", f"{error.strerror or error}: check its permissions"
            )
            return
        if content is not None and content in self._known:
            self.unchanged.append(self._known[content])
            return
        n_documents = n_rejected = 0
        for document in self._documents(item):
            n_rejected += isinstance(document, Rejection)
            n_documents += isinstance(document, RawDocument)
            yield document
        if content is not None:
            self.read.append(KnownInput(content, item.source_uri, n_documents, n_rejected))

    def _documents(self, item: InputItem) -> Iterator[RawDocument | Rejection]:
        limits = ReadLimits(document_bytes=self._settings.max_document_bytes)
        return read_item(item, limits=limits)


def read_inputs(
    inputs: Sequence[str], *, known: Mapping[str, KnownInput], feeds: dict[str, Any], settings: Settings
) -> Reading:
    """What the inputs hold and was not read before. `feeds` is brought up to date while reading."""
    return Reading(expand_inputs(inputs), known, feeds, settings)


def plan_inputs(inputs: Sequence[str], known: Mapping[str, KnownInput]) -> Iterator[tuple[InputItem, str]]:
    """Each input with what a run would do: `new`, `unchanged`, `fetch` (a feed), `unreadable`."""
    for item in expand_inputs(inputs):
        try:
            content = fingerprint(item)
        except OSError:
            yield item, "unreadable"
            continue
        if content is None:
            yield item, "fetch" if item.kind == "feed" else "new"
        else:
            yield item, "unchanged" if content in known else "new"
