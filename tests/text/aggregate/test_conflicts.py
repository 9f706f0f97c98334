from __future__ import annotations

from datetime import date

from claim_support import make_inputs

from flows.text.aggregate.claim_building import build_claims

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


def test_other_days_are_told() -> None:
    texts = {
        "a": ["The spring storm broke the old Arden dam on Tuesday."],
        "b": ["The spring storm broke the old Arden dam on Wednesday."],
    }
    times = [
        {
            "article_id": name,
            "sentence_no": 0,
            "begins_on": day,
            "ends_on": day,
            "char_start": 44,
            "char_end": 50,
        }
        for name, day in (("a", date(2024, 3, 12)), ("b", date(2024, 3, 13)))
    ]
    conflicts = build_claims(make_inputs(texts, times=times), encode=None).conflicts
    row = conflicts.row(0, named=True)
    assert (row["kind"], row["value"], row["other_value"]) == ("day", "2024-03-12", "2024-03-13")
    assert build_claims(make_inputs(texts), encode=None).conflicts.is_empty()


def test_one_day_by_two_names_is_no_conflict() -> None:
    texts = {
        "a": ["The spring storm broke the old Arden dam on Tuesday."],
        "b": ["The spring storm broke the old Arden dam on March 12."],
    }
    day = {"sentence_no": 0, "begins_on": date(2024, 3, 12), "ends_on": date(2024, 3, 12)}
    times = [day | {"article_id": name, "char_start": 44, "char_end": 50} for name in texts]
    assert build_claims(make_inputs(texts, times=times), encode=None).conflicts.is_empty()


def test_an_article_does_not_contradict_itself() -> None:
    photos = [f"Photo {number} of 25 shows the broken wall of the old Arden dam." for number in (3, 4)]
    assert build_claims(make_inputs({"a": photos}), encode=None).conflicts.is_empty()


def test_what_is_planned_does_not_contradict_what_was_done() -> None:
    inputs = make_inputs(
        {
            "a": ["The minister will open the Arden bridge on Sunday."],
            "b": ["The minister opened the Arden bridge."],
        }
    )
    assert build_claims(inputs, encode=None).conflicts.is_empty()


def test_other_towns_and_times_are_no_conflict() -> None:
    days = {name: date(2024, 3, 2) for name in ("a", "b")}
    texts = {"a": [FEWER], "b": [MORE]}

    def count(**annotations: list[dict[str, object]]) -> int:
        inputs = make_inputs(texts, days=days, **annotations)
        return build_claims(inputs, encode=None).conflicts.height

    def town(article: str, name: str) -> dict[str, object]:
        return {"article_id": article, "sentence_no": 0, "label": "GPE", "text": name}

    def time(article: str, day: date) -> dict[str, object]:
        span = {"char_start": 0, "char_end": 3}
        return {"article_id": article, "sentence_no": 0, "begins_on": day, "ends_on": day, **span}

    assert count(mentions=[town("a", "Ardenville"), town("b", "Nordvik")]) == 0
    assert count(mentions=[town("a", "Ardenville"), town("b", "Ardenville")]) == 1
    assert count(mentions=[town("a", "Ardenville"), town("b", "Norway")]) == 1
    assert count(times=[time("b", date(2021, 5, 1))]) == 0
    assert count(times=[time("a", date(2024, 2, 28)), time("b", date(2024, 3, 1))]) == 1


def test_a_denial_of_another_is_no_conflict() -> None:
    texts = {
        "a": ["The mayor of Arden did not sign the new order on Sunday."],
        "b": ["The mayor of Arden signed the new order on Sunday."],
    }

    def count(first: str, second: str) -> int:
        event = {"sentence_no": 0, "action": "sign", "modality": "asserted"}
        events = [
            event | {"article_id": name, "actor": actor}
            for name, actor in zip("ab", (first, second), strict=True)
        ]
        return build_claims(make_inputs(texts, events=events), encode=None).conflicts.height

    assert count("the mayor of Arden", "the mayor") == 1
    assert count("the mayor of Arden", "the harbour master") == 0


def test_years_contradict_where_all_else_is_the_same() -> None:
    built = "The old dam on the Arden river was built by the state in {}."
    sold = "The state built the Arden dam, which it sold in {} to a firm that runs it still."
    same = make_inputs({"a": [built.format(1968)], "b": [built.format(1971)]})
    other = make_inputs({"a": [built.format(1968)], "b": [sold.format(1999)]})
    assert build_claims(same, encode=None).conflicts["value"].to_list() == ["1968"]
    assert build_claims(other, encode=None).conflicts.is_empty()
