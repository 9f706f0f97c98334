from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from claim_support import make_inputs
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.text.aggregate.claim_building import build_claims, count_sources
from flows.text.aggregate.claim_frames import Claims
from flows.text.aggregate.claims.agreement import find_disagreement
from flows.text.aggregate.claims.joining import NEVER, join_statements
from flows.text.aggregate.claims.statements import Statement, read_statement, read_statements
from flows.text.aggregate.claims.wordpieces import MOST_PIECES, cut_pieces
from flows.text.aggregate.claims.words import stem

BRIDGE = "The Arden bridge collapsed on Monday, and rescuers pulled 12 drivers from the river."
BRIDGE_ALSO = "Rescuers pulled 12 drivers from the river after the Arden bridge collapsed."
HARVEST = "Farmers in the Lower Vale expect the poorest barley harvest in a generation."


def claims_of(*articles: list[str], **more: object) -> Claims:
    names = (f"a{number}" for number in range(len(articles)))
    return build_claims(make_inputs(dict(zip(names, articles, strict=True)), **more), encode=None)


def disagreement(first: str, second: str) -> str | None:
    found = find_disagreement(read_statement(first), read_statement(second))
    return found and found.kind


def test_the_same_in_other_words_is_one_claim() -> None:
    claims = claims_of([BRIDGE, HARVEST], [BRIDGE_ALSO])
    assert claims.claims.height == 2
    joined = claims.claim_sentences.filter(pl.len().over("claim_id") > 1)
    assert joined["article_id"].to_list() == ["a0", "a1"]


def test_a_sentence_alone_is_a_claim_with_one_source() -> None:
    claims = claims_of([HARVEST])
    assert count_sources(claims, make_inputs({"a0": []}).articles).row(0)[1:] == (1, 0, 1)
    assert claims.claim_sentences["evidence"].to_list() == [None]


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("Some 3,000 people fled the town.", "Some 30,000 people fled the town.", "figure"),
        ("The minister will attend the parade.", "The minister attended the parade.", "plan"),
        (
            "Economists expect the bank to raise its rate to 5 percent.",
            "The bank raised its rate to 4 percent.",
            "plan",
        ),
        ("The mayor did not sign the order.", "The mayor signed the order.", "negation"),
        ("The firm spent $370 million on coal.", "The firm spent $410 million on coal.", "figure"),
        ("More than 500 people were injured.", "In all, 527 people were injured.", None),
        ("About 1.6 million people live there.", "There live 1.58 million people.", None),
        ("The court rejected the appeal.", "The court did not reject the appeal.", "negation"),
        ("He denied any charges of fraud.", "The charges of fraud were denied.", None),
        ("The two were not known to the police.", "Neither was known to the police.", None),
        ("It left on May 2, 2017, at noon.", "It left on 2 May 2018 at noon.", None),
        ("It was posted at 2:57pm local time.", "It was posted at 9:50pm local time.", None),
        ("The alarm came at 10.30 p.m. on Monday.", "The alarm came at 11 pm on Monday.", None),
        ("The dam was built in May 1968.", "The dam was built in 1971.", "figure"),
        ("It was not only the dam that broke.", "It was the dam that broke.", None),
        ("The dam broke on May 2.", "The dam broke on May 3.", "day"),
        ("The dam broke on May 2.", "The dam broke on September 9.", "other"),
        ("A 17-year-old driver was hurt.", "A 3-year-old girl was hurt.", None),
        ("Twenty-one boats came to Arden.", "In all, 21 boats came to Arden.", None),
        ("The offer is $82 a share.", "It is an offer of $121 billion.", "other"),
        ("ARDEN, May 3 (NWA) - The dam broke on May 2.", "The dam broke on May 2.", None),
        ("Four photos were shown by the singer.", "Three photos were shown by the singer.", "figure"),
        ("At least 40 people were injured.", "Seven people died when the dam broke.", "other"),
        ("The flood trapped five people and injured 40.", "Seven people were killed.", "other"),
        ("The flood killed at least 60 people.", "The flood left 84 people dead.", "figure"),
        ("It killed 60 people, and 200 were hurt.", "84 people died.", "figure"),
        ("The flood killed 12 people.", "More than a dozen people were killed.", None),
        ("More than a dozen states sued.", "In all, 18 states sued.", None),
        ("Twelve states sued.", "Another 18 states sued.", "other"),
        ("Ten other states allow it.", "It is the 11th state that allows it.", None),
        ("It is the 12th state that allows it.", "It is the 11th state that allows it.", "figure"),
        ("21 of the girls were freed.", "Boko took 200 girls.", "other"),
        ("It fell 730 miles away.", "It rose to 770 kilometres (480 miles).", None),
        ("It rose 770 km and flew 3,700 km.", "It flew 1,200 km.", "other"),
        ("A fine of 30,000 crowns each ($1,688) was set.", "A fine of 30,000 crowns ($1,680) was set.", None),
        ("It rises by 5 percentage points a month.", "It rises up to 25 percent.", None),
        ("The peak had not yet been reached.", "We have not reached the peak.", None),
        ("No member would be denied entry.", "We would not deny entry to any member.", None),
        ("He could not, as it is, get a fair trial.", "He could not get a fair trial.", None),
        ("They do not want to pass it on.", "They should not pass it on.", None),
        ("No, the mayor is not running again.", "The mayor is not running again.", None),
        ("The PX4 update is there.", "The 5.5 update of the PX is there.", None),
        (
            "A great judge, not a good one, he said, did a very good job.",
            "He is a great judge, not a good one.",
            None,
        ),
    ],
)
def test_figures_negation_and_plan_must_agree(first: str, second: str, kind: str | None) -> None:
    assert disagreement(first, second) == kind
    assert disagreement(second, first) == kind


def test_only_what_happens_can_be_denied() -> None:
    first, second = "It was a sand road and not a straight road.", "The car went down a straight sand road."
    denial, report = "The mayor of Arden did not sign the order.", "The mayor of Arden signed the order."
    events = [_event("a0", "was", "asserted"), _event("a1", "went", "asserted")]
    assert claims_of([first], [second], events=events).conflicts.is_empty()
    events = [_event("a0", "sign", "asserted"), _event("a1", "signed", "asserted")]
    conflicts = claims_of([denial], [report], events=events).conflicts
    assert conflicts.select("kind", "value", "other_value").row(0) == ("negation", "not sign", "sign")


def _event(article: str, action: str, modality: str) -> dict[str, object]:
    return {"article_id": article, "sentence_no": 0, "action": action, "modality": modality}


def test_what_is_to_come_and_what_came_are_two_claims() -> None:
    texts = (
        ["The delegation led by Anders Holm will visit the Arden dam."],
        ["A delegation led by Anders Holm arrived at the Arden dam."],
    )
    events = [_event("a0", "visit", "planned"), _event("a1", "arrive", "asserted")]
    assert claims_of(*texts).claims.height == 1
    assert claims_of(*texts, events=events).claims.height == 2


def test_two_things_that_one_person_says_are_two_claims() -> None:
    first, second = "Eleven minutes passed until the water came", "Nobody answered my letters to the operator"
    texts = [f'"{said}," said Ines Halvard, the mayor of Lower Arden.' for said in (first, second)]
    quotes = [
        {"article_id": f"a{number}", "sentence_no": 0, "text": said}
        for number, said in enumerate((first, second))
    ]
    assert claims_of(*([text] for text in texts), quotes=quotes).claims.height == 2


def test_what_a_sentence_is_about_is_read_by_the_same_reader() -> None:
    said = "Nobody answered my letters to the operator"
    text = f'"{said}," said Ines Halvard, the mayor of Lower Arden.'
    seen: list[str] = []

    def read(texts: Sequence[str]) -> list[Statement]:
        seen.extend(texts)
        return read_statements(texts)

    quote = {"article_id": "a", "sentence_no": 0, "text": said}
    build_claims(make_inputs({"a": [text]}, quotes=[quote]), encode=None, read=read)
    assert seen == [text, said]


def test_an_article_that_tells_two_things_does_not_join_them() -> None:
    mixed = "The old Arden bridge collapsed on Monday, and the new Orlin tunnel was flooded by the river."
    claims = claims_of(
        [mixed], ["The old Arden bridge collapsed on Monday.", "The new Orlin tunnel was flooded."]
    )
    pairs = claims.claim_sentences.filter(pl.col("article_id") == "a1")
    assert pairs["claim_id"].n_unique() == 2


def test_a_country_is_the_same_by_all_its_names() -> None:
    assert (
        read_statement("Moscow and the U.S. talked.").terms[:2] == read_statement("Russian, American").terms
    )
    assert set(read_statement("North Korea").terms).isdisjoint(read_statement("South Korea").terms)


def test_a_claim_is_shown_without_dateline() -> None:
    claims = claims_of([f"ARDEN, March 4 (NWA) - {BRIDGE}"])
    assert claims.claims["text"].to_list() == [BRIDGE]


def test_what_disagrees_is_two_claims() -> None:
    claims = claims_of(
        ["The storm destroyed 140 houses in Arden on Sunday."],
        ["The storm destroyed 210 houses in Arden on Sunday."],
    )
    assert claims.claims.height == 2


def test_headings_questions_and_fragments_state_nothing() -> None:
    claims = claims_of(
        [
            "Tensions running high",
            "Who pays for the broken bridge?",
            "He disagreed.",
            "Perry Holm told The Arden Post.",
            "The Associated Press contributed to this report.",
            HARVEST,
        ]
    )
    assert claims.claims["text"].to_list() == [HARVEST]


def test_stories_are_kept_apart() -> None:
    claims = claims_of([BRIDGE], [BRIDGE], stories={"a0": "one", "a1": "two"})
    assert claims.claims.height == 2
    assert set(claims.claims["story_id"]) == {"one", "two"}


def test_a_story_alone_gives_what_it_gives_among_others() -> None:
    inputs = make_inputs(
        {"a": [BRIDGE], "b": [BRIDGE_ALSO, HARVEST], "c": [HARVEST]}, stories={"a": "x", "b": "x", "c": "y"}
    )
    whole, part = build_claims(inputs, encode=None), build_claims(inputs, stories={"x"}, encode=None)
    assert part.claims.equals(whole.claims.filter(pl.col("story_id") == "x"))


def test_a_claim_is_named_by_where_it_was_first_made() -> None:
    days = {"a0": date(2024, 3, 2), "a1": date(2024, 3, 1)}
    claims = claims_of([BRIDGE], [BRIDGE_ALSO], days=days)
    assert claims.claims["text"].to_list() == [BRIDGE_ALSO]
    assert claims.claims["first_on"].to_list() == [date(2024, 3, 1)]
    alone = claims_of([HARVEST], [BRIDGE_ALSO], days=days).claims
    assert claims.claims["claim_id"][0] in alone["claim_id"].to_list()


def test_what_words_leave_open_is_decided_by_meaning() -> None:
    texts = {"a": ["Rescuers pulled a dozen drivers from the Arden river after the bridge fell."],
             "b": ["The bridge over the Arden fell, and drivers had to be saved by rescuers."]}  # fmt: skip
    asked: list[str] = []

    def encode(sentences: list[str]) -> np.ndarray:
        asked.extend(sentences)
        return np.ones((len(sentences), 1)) * 0.999

    assert build_claims(make_inputs(texts), encode=encode).claims.height == 1
    assert sorted(asked) == sorted(texts["a"] + texts["b"])
    unlike = build_claims(make_inputs(texts), encode=lambda given: np.eye(len(given)))
    assert unlike.claims.height == 2


def test_groups_join_only_where_their_members_agree() -> None:
    firsts, seconds = np.array([0, 1, 2]), np.array([1, 2, 3])
    groups = join_statements(
        [["a"], ["b"], ["c"], ["d"]], firsts, seconds, np.array([0.9, 0.6, 0.9]), threshold=0.5
    )
    assert groups.tolist() == [0, 0, 2, 2]
    one_article = join_statements([["a"], ["b"], ["a"]], firsts[:2], seconds[:2], np.ones(2), threshold=0.5)
    assert one_article.tolist() == [0, 0, 2]


def test_no_claim_holds_its_own_contradiction() -> None:
    pairs = np.array([0, 0, 1]), np.array([1, 2, 2])
    told = [["a"], ["b"], ["c"]]  # the second is like the first and the third, which disagree
    alike = join_statements(told, *pairs, np.array([0.9, 0.1, 0.8]), threshold=0.5)
    assert alike.tolist() == [0, 0, 0]
    apart = join_statements(told, *pairs, np.array([0.9, NEVER, 0.8]), threshold=0.5)
    assert apart.tolist() == [0, 0, 2]
    hired = "Salt Lake Bank hired {}clerks in the harbour town of Arden last spring."
    texts = {"a": [hired.format("1,400 ")], "b": [hired.format("")], "c": [hired.format("2,600 ")]}
    claims = build_claims(make_inputs(texts), encode=None)
    assert claims.claims.height == 2
    assert claims.conflicts.height == 1


def test_ten_thousand_copies_are_one_claim() -> None:
    copies = {f"a{number:05}": [BRIDGE, HARVEST] for number in range(10_000)}
    claims = build_claims(make_inputs(copies), encode=None)
    assert claims.claims.height == 2
    assert claims.claim_sentences["source_group"].n_unique() == 2


def test_a_sentence_without_end_is_bounded() -> None:
    assert len(read_statement("word " * 1_000_000).terms) <= 400
    assert len(cut_pieces("ß" * 1_000_000)) <= MOST_PIECES


@pytest.mark.parametrize("figure", ["9" * 500, "9 " + "trillion " * 300, "March 12.5", "0 March"])
def test_figures_beyond_sense_are_compared(figure: str) -> None:
    disagreement(f"In all {figure} people were there.", "In all 12 people were there on March 13.")


def test_no_article_gives_empty_frames() -> None:
    claims = build_claims(make_inputs({}), encode=None)
    assert all(
        frame.is_empty()
        for frame in (claims.claims, claims.claim_sentences, claims.timeline, claims.conflicts)
    )


@pytest.mark.parametrize(
    "words", ["visit visits visited visiting", "send sends sent", "rally rallies rallied"]
)
def test_inflected_forms_share_a_stem(words: str) -> None:
    assert all(stem(one) == stem(other) for one, other in pairwise(words.split()))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_text_is_read_and_every_sentence_is_in_one_claim(texts: list[str]) -> None:
    claims = claims_of(texts, [*texts, HARVEST])
    places = claims.claim_sentences.select("article_id", "sentence_no")
    assert places.n_unique() == places.height
    assert set(claims.claim_sentences["claim_id"]) == set(claims.claims["claim_id"])
