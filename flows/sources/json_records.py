"""JSON and JSON Lines, streamed: memory holds one record of a file of any size."""

from __future__ import annotations

import codecs
import hashlib
import io
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from flows.sources.documents import Documents
from flows.sources.errors import SourceError, explain
from flows.sources.limits import ReadLimits
from flows.sources.records import read_record
from flows.sources.streams import BUFFER_BYTES, as_text, as_utf8, is_utf16, read_lines
from flows.text.clean.encoding import decode
from flows.text.types import Rejection

LIST_FIELDS = ("articles", "results", "data", "items", "stories", "documents", "docs")
"""Where an answer of a news service keeps its articles: {"status": "ok", "articles": [...]}."""
BLANK = re.compile(r"[\s,]*")


class JsonError(SourceError):
    """Text that is no JSON."""

    reason = "bad_json"


def read_jsonl(stream: BinaryIO, source_uri: str, limits: ReadLimits) -> Documents:
    """One document a line; a line that is no JSON is a rejection, and the rest goes on."""
    number = 0
    with as_utf8(stream) as recoded:
        for line_number, line in read_lines(recoded, limits):
            if line is not None and not line.strip():
                continue
            number += 1
            yield from _read_line(line, line_number, f"{source_uri}#{number}", limits)


def _read_line(line: bytes | None, line_number: int, uri: str, limits: ReadLimits) -> Documents:
    if line is None:
        yield Rejection(uri, "too_large", f"line {line_number} has more than {limits.document_bytes} bytes")
        return
    stripped = line.strip().removeprefix(codecs.BOM_UTF8)
    try:
        record = _parse(_decode_line(stripped))
    except Exception as error:
        reason, detail = explain(error)
        yield Rejection(uri, reason, f"line {line_number}: {detail}")
        return
    yield read_record(record, uri, hashlib.sha256(stripped).hexdigest())


def _decode_line(line: bytes) -> str:
    """UTF-8 as JSON asks for; where a line is not, its encoding is found out."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return decode(line)


def read_json(stream: BinaryIO, source_uri: str, limits: ReadLimits) -> Documents:
    """One object, a list of objects, an object around such a list, or objects one after the other."""
    number = 0
    try:
        with as_text(stream, "utf-16" if is_utf16(stream) else "utf-8-sig") as text:
            for record, is_single in _read_values(text, limits):
                number += 1
                uri = source_uri if is_single else f"{source_uri}#{number}"
                yield read_record(record, uri)
    except JsonError as error:
        yield Rejection(f"{source_uri}#{number + 1}", error.reason, f"after record {number}: {error}")


def _read_values(text: io.TextIOBase, limits: ReadLimits) -> Iterator[tuple[Any, bool]]:
    """The records, each with whether the file is that one object and nothing else."""
    values = _scan(text, limits)
    for first, in_list in values:
        if in_list:
            yield first, False
            break
        after, problem = _look_ahead(values)
        is_alone = after is None and problem is None
        listed = _listed(first) if is_alone else None
        yield from [(first, is_alone)] if listed is None else [(record, False) for record in listed]
        if problem:
            raise problem
        if after is not None:
            yield after[0], False
            break
    yield from ((record, False) for record, _ in values)


def _look_ahead(values: Iterator[tuple[Any, bool]]) -> tuple[tuple[Any, bool] | None, JsonError | None]:
    """The next value, or what keeps it from being read."""
    try:
        return next(values, None), None
    except JsonError as error:
        return None, error


def _listed(value: Any) -> list[Any] | None:
    if not isinstance(value, dict):
        return None
    return next((value[name] for name in LIST_FIELDS if isinstance(value.get(name), list)), None)


def _scan(text: io.TextIOBase, limits: ReadLimits) -> Iterator[tuple[Any, bool]]:
    """Each value of the file, the elements of lists at the top one by one, with whether it was an element."""
    buffer, in_list = "", False
    while True:
        buffer = _skip_blank(buffer, text)
        if not buffer:
            if in_list:
                raise JsonError("the list does not end")
            return
        if buffer[0] == "[" and not in_list:
            buffer, in_list = buffer[1:], True
        elif buffer[0] == "]" and in_list:
            buffer, in_list = buffer[1:], False
        else:
            value, buffer = _take_value(buffer, text, limits)
            yield value, in_list


def _skip_blank(buffer: str, text: io.TextIOBase) -> str:
    while True:
        buffer = buffer[cast("re.Match[str]", BLANK.match(buffer)).end() :]
        if buffer or not (buffer := text.read(BUFFER_BYTES)):
            return buffer


def _take_value(buffer: str, text: io.TextIOBase, limits: ReadLimits) -> tuple[Any, str]:
    """The value that the buffer begins with, reading on as long as it is not whole."""
    decoder = json.JSONDecoder()
    step = BUFFER_BYTES
    while True:
        try:
            value, end = decoder.raw_decode(buffer)
        except (ValueError, RecursionError) as error:
            problem: Exception = error
        else:
            # A number may go on in the next piece; everything else ends by its own mark.
            if end < len(buffer) or isinstance(value, (dict, list, str)):
                return value, buffer[end:]
            problem = ValueError("the value does not end")
        more = text.read(step) if len(buffer) <= limits.document_bytes else ""
        if not more:
            raise JsonError(str(problem) or "nested too deeply")
        buffer, step = buffer + more, 2 * step  # doubling keeps the repeated attempts linear in all


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise JsonError("nested too deeply") from error
    except ValueError as error:
        raise JsonError(str(error)) from error
