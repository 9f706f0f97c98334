from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from claim_support import make_inputs

from flows.text.aggregate.claim_building import build_claims

SUNDAY, MONDAY = date(2024, 3, 3), date(2024, 3, 4)


def timeline_of(text: str, **more: Any) -> pl.DataFrame:
    inputs = make_inputs({"a": [text]}, days={"a": MONDAY}, **more)
    return build_claims(inputs, encode=None).timeline


def named_day(text: str, word: str, day: date) -> dict[str, Any]:
    start = text.index(word)
    span = {"char_start": start, "char_end": start + len(word)}
    return {"article_id": "a", "sentence_no": 0, "begins_on": day, "ends_on": day, **span}


def test_the_day_of_an_event_is_when_it_happened() -> None:
    event = {
        "article_id": "a",
        "sentence_no": 0,
        "action": "collapse",
        "negated": False,
        "modality": "asserted",
    }
    line = timeline_of(
        "The Arden bridge collapsed on Sunday.", events=[event | {"begins_on": SUNDAY, "ends_on": SUNDAY}]
    )
    assert line.row(0, named=True)["happened_on"] == SUNDAY
    assert line["planned"].to_list() == [False]


def test_the_day_of_a_report_is_no_happening() -> None:
    text = "The Arden bridge collapsed, police said on Monday."
    assert timeline_of(text, times=[named_day(text, "Monday", MONDAY)]).is_empty()


def test_the_day_of_a_dateline_is_no_happening() -> None:
    text = "ARDEN, March 4 (NWA) - The old bridge in Arden collapsed."
    assert timeline_of(text, times=[named_day(text, "March 4", MONDAY)]).is_empty()


def test_what_lies_ahead_is_planned() -> None:
    text = "The Arden bridge will open again on March 9 after long repairs."
    line = timeline_of(text, times=[named_day(text, "March 9", date(2024, 3, 9))])
    assert line["planned"].to_list() == [True]


def test_one_line_a_claim() -> None:
    text = "The Arden bridge collapsed on Sunday in heavy rain."
    inputs = make_inputs(
        {"a": [text], "b": [text]},
        times=[named_day(text, "Sunday", SUNDAY), named_day(text, "Sunday", SUNDAY) | {"article_id": "b"}],
    )
    assert build_claims(inputs, encode=None).timeline.height == 1
