"""Statements that are kept: each sentence is taken apart once, and comes back the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.stages import statements
from flows.stages.statements import Statements
from flows.text.aggregate.claims.statements import read_statement

TEXTS = (
    "The bank of Tarland raised its rate to 4.75 percent on Tuesday, March 12.",
    "It did not say whether more than 3,000 homes would be sold.",
    "“Nobody will come,” she said.",
    "",
)


def test_a_kept_statement_is_the_one_that_was_read(tmp_path: Path) -> None:
    first = Statements(None)
    wanted = [read_statement(text) for text in TEXTS]
    assert first(TEXTS) == wanted
    first.kept.write(tmp_path)
    assert Statements(tmp_path)(TEXTS[::-1]) == wanted[::-1]


def test_a_sentence_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Statements(None)
    first([TEXTS[0], TEXTS[0]])
    first.kept.write(tmp_path)
    read: list[str] = []

    def record(text: str) -> object:
        read.append(text)
        return read_statement(text)

    monkeypatch.setattr(statements, "read_statement", record)
    Statements(tmp_path)(TEXTS)
    assert read == list(TEXTS[1:])
