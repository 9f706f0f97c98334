from __future__ import annotations

from datetime import date

from claim_support import make_inputs

from flows.text.aggregate.claims import build_claims

FEWER = "The spring storm destroyed 140 wooden houses along the Arden river on Sunday."
MORE = "The spring storm destroyed 210 wooden houses along the Arden river on Sunday."


def test_other_figures_are_told_with_both_sides() -> None:
    days = {"a": date(2024, 3, 1), "b": date(2024, 3, 2)}
    inputs = make_inputs({"a": [FEWER], "b": [MORE]}, days=days, outlets={"a": "Arden Post"})
    row = build_claims(inputs, encode=None).conflicts.row(0, named=True)
    assert (row["kind"], row["value"], row["other_value"]) == ("figure", "140", "210")
    assert (row["article_id"], row["other_id"]) == ("a", "b")
    assert row["explanation"] == "Arden Post, 2024-03-01: 140; b, 2024-03-02: 210"


def test_copies_tell_a_conflict_once() -> None:
    inputs = make_inputs({"a": [FEWER], "b": [MORE], "c": [MORE], "d": [FEWER]})
    assert build_claims(inputs, encode=None).conflicts.height == 1


def test_what_is_planned_does_not_contradict_what_was_done() -> None:
    inputs = make_inputs(
        {
            "a": ["The minister will open the Arden bridge on Sunday."],
            "b": ["The minister opened the Arden bridge."],
        }
    )
    assert build_claims(inputs, encode=None).conflicts.is_empty()
