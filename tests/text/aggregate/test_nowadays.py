from __future__ import annotations

import pytest

from flows.text.aggregate.nowadays import means_nowadays


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministers were today named in Arden.",
        "Rescue teams arrived in Kestria today.",
        "The council will hold an emergency meeting today.",
        "The pair are today celebrating the centenary of the bridge.",
        "Boeing climbed 1.5 percent to 356.30 on the stock market today.",
        "Six people died in Arden, Ostrow today from their injuries.",
        "Today, we took a leap, the agency wrote.",
        "The phone's chip is getting an update today.",
        "The dam opened on Monday.",
    ],
)
def test_a_day_on_which_something_happened(sentence: str) -> None:
    place = sentence.lower().find("today")
    assert not means_nowadays(sentence, max(place, 0))


@pytest.mark.parametrize(
    "sentence",
    [
        "The old bridge is in poor condition today.",
        "Today, 60 percent are from Ostrow.",
        "Arden had never been as divided as it is today.",
        "The trade was cut off in a country far more isolated than Kestria is today.",
        "She left early, and racial incomes today look no different.",
        "Today, as a result of the virus, experts expect a hard year.",
        "The voters of the United Party today have more choices than ever.",
    ],
)
def test_what_is_so_nowadays(sentence: str) -> None:
    assert means_nowadays(sentence, sentence.lower().index("today"))


def test_only_today_is_asked() -> None:
    assert not means_nowadays("The bridge is closed on Monday.", 24)


def test_what_stands_far_away_does_not_count() -> None:
    table = "is today " * 200_000
    assert means_nowadays(table + ". The bridge collapsed.", table.rindex("today"))
    assert not means_nowadays("word " * 300 + "and the bridge collapsed today", 1525)
