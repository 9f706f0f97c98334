from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from claim_support import make_inputs

from flows.text.aggregate.claim_building import build_claims, count_sources
from flows.text.aggregate.credits import CREDITING, find_credits
from flows.text.aggregate.sources import share_apart

BRIDGE = "The Arden bridge collapsed on Monday, and rescuers pulled 12 drivers from the river."
BRIDGE_ALSO = "Rescuers pulled 12 drivers from the river after the Arden bridge collapsed."


def sources_of(*sentences: str, **more: Any) -> tuple[int, list[str | None]]:
    """Independent sources of the one claim, and the evidence of each sentence."""
    inputs = make_inputs({f"a{number}": [text] for number, text in enumerate(sentences)}, **more)
    claims = build_claims(inputs, encode=None)
    assert claims.claims.height == 1
    count = count_sources(claims, inputs.articles)["n_independent_sources"][0]
    return count, claims.claim_sentences["evidence"].to_list()


def test_other_words_and_no_common_source_are_independent() -> None:
    assert sources_of(BRIDGE, BRIDGE_ALSO) == (2, [None, None])


def test_one_text_is_one_source() -> None:
    assert sources_of(BRIDGE, BRIDGE_ALSO, BRIDGE) == (2, ["text", None, "text"])


def test_an_edited_sentence_is_one_text() -> None:
    assert sources_of(BRIDGE, BRIDGE.replace("pulled", "then rescued")) == (1, ["text", "text"])


def test_a_shared_run_is_one_text() -> None:
    span = {
        "article_id": "a0",
        "other_id": "a1",
        "char_start": 4,
        "char_end": 40,
        "other_start": 9,
        "other_end": 45,
    }
    assert sources_of(BRIDGE, BRIDGE_ALSO, shared_spans=[span]) == (1, ["text", "text"])


def test_runs_are_asked_of_those_who_share_text_with_others_than_their_copies() -> None:
    shares = {("a", "b"): 0.9, ("c", "d"): 0.9, ("d", "e"): 0.1}
    pairs = [
        {"article_id": one, "other_id": other, "containment": share}
        for (first, second), share in shares.items()
        for one, other in ((first, second), (second, first))
    ]
    inputs = make_inputs({name: [BRIDGE] for name in "abcdef"}, pairs=pairs)
    assert sorted(share_apart(inputs.articles, inputs.pairs)["article_id"]) == ["d", "e"]


def test_a_run_that_is_a_figure_shows_no_common_text() -> None:
    """Who reports a rate rise writes "by half a percentage point to 4.75 percent"."""
    run = {"article_id": "a0", "other_id": "a1", "char_start": 4, "char_end": 50}
    span = run | {"other_start": 9, "other_end": 55}
    figure = {"article_id": "a0", "sentence_no": 0, "char_start": 30, "char_end": 42}
    assert sources_of(BRIDGE, BRIDGE_ALSO, shared_spans=[span])[0] == 1
    assert sources_of(BRIDGE, BRIDGE_ALSO, shared_spans=[span], quantities=[figure])[0] == 2


@pytest.mark.parametrize(
    ("medium", "sources"),
    [("North Korea's state media", 1), ("North Korean state television", 1), ("Chinese state media", 2)],
)
def test_state_media_are_the_agency_of_their_state(medium: str, sources: int) -> None:
    told = f"KCNA said that {BRIDGE}", f"{BRIDGE_ALSO[:-1]}, {medium} said."
    assert sources_of(*told)[0] == sources


def test_the_airline_is_one_speaker() -> None:
    said = [
        {"article_id": f"a{n}", "sentence_no": 0, "speaker": who}
        for n, who in enumerate(("the airline", "The airline"))
    ]
    assert sources_of(BRIDGE, BRIDGE_ALSO, quotes=said) == (1, ["speaker", "speaker"])
    witnesses = [quote | {"speaker": "a witness"} for quote in said]
    assert sources_of(BRIDGE, BRIDGE_ALSO, quotes=witnesses)[0] == 2


@pytest.mark.parametrize(
    ("kind", "said", "sources"),
    [
        ("direct", "Nobody foresaw this flood", 1),
        ("indirect", "Nobody foresaw this flood", 2),
        ("direct", "Nobody foresaw it", 2),
    ],
)
def test_the_same_words_quoted_are_one_utterance(kind: str, said: str, sources: int) -> None:
    texts = (f"“{said},” Holm told the Arden council.", f"Holm to the Arden council on Monday: '{said}'.")
    quotes = [
        {"article_id": f"a{number}", "sentence_no": 0, "kind": kind, "text": text}
        for number, text in enumerate((said, f"{said.upper()},"))
    ]
    assert sources_of(*texts, quotes=quotes)[0] == sources


def test_an_article_mostly_copied_is_one_text() -> None:
    pair = {"article_id": "a0", "other_id": "a1", "containment": 0.7}
    assert sources_of(BRIDGE, BRIDGE_ALSO, pairs=[pair]) == (1, ["text", "text"])


def test_one_agency_credited_is_one_source() -> None:
    agencies = {"a0": ["AP"], "a1": ["AFP", "AP"]}
    assert sources_of(BRIDGE, BRIDGE_ALSO, agencies=agencies) == (1, ["credit", "credit"])


def test_the_agency_itself_is_the_source_of_who_credits_it() -> None:
    assert (
        sources_of(BRIDGE, BRIDGE_ALSO, agencies={"a0": ["AP"]}, outlets={"a1": "Associated Press"})[0] == 1
    )


def test_a_statement_of_an_agency_told_by_five_outlets_is_one_source() -> None:
    deed = "visited the flooded Arden dam with forty engineers"
    told = [
        f"KCNA reported that the delegation led by Anders Holm {deed}.",
        f"The delegation led by Anders Holm {deed}, according to KCNA.",
        f"Korean Central News Agency said a delegation led by Anders Holm {deed}.",
        f"A delegation Anders Holm led {deed}, the Korean Central News Agency reported.",
        f"Forty engineers and a delegation led by Anders Holm {deed}, KCNA said.",
    ]
    assert sources_of(*told)[0] == 1


def test_one_speaker_is_one_source() -> None:
    said = [{"article_id": name, "sentence_no": 0, "speaker_entity_id": "holm"} for name in ("a0", "a1")]
    assert sources_of(BRIDGE, BRIDGE_ALSO, quotes=said) == (1, ["speaker", "speaker"])


def test_a_spokesperson_speaks_for_the_ministry() -> None:
    quotes = [
        {"article_id": "a0", "sentence_no": 0, "speaker": "Transport Ministry spokesman Ole Brandt"},
        {"article_id": "a1", "sentence_no": 0, "speaker": "the ministry", "speaker_entity_id": "ministry"},
    ]
    mention = {"article_id": "a0", "sentence_no": 0, "entity_id": "ministry", "label": "ORG"}
    mentions = [mention | {"text": "Transport Ministry"}]
    assert sources_of(BRIDGE, BRIDGE_ALSO, quotes=quotes, mentions=mentions)[0] == 1


def test_a_representative_speaks_for_a_person() -> None:
    said = ("A representative for Ines Halvard", "a spokesman for Ines Halvard")
    place = [{"article_id": f"a{number}", "sentence_no": 0} for number in range(2)]
    quotes = [at | {"speaker": who} for at, who in zip(place, said, strict=True)]
    named = {"entity_id": "halvard", "label": "PERSON", "text": "Ines Halvard"}
    mentions = [at | named for at in place]
    assert sources_of(BRIDGE, BRIDGE_ALSO, quotes=quotes, mentions=mentions) == (1, ["speaker", "speaker"])


@pytest.mark.parametrize(
    ("text", "media"),
    [
        ("The dam broke, Vale Radio News reported.", ["Vale Radio News"]),
        ("The dam broke, according to The Arden Post.", ["Arden Post"]),
        ("The dam broke, the Associated Press reported.", ["AP"]),
        ("State media said the dam broke.", ["state media"]),
        ("The dam broke, according to Ines Halvard.", []),
        ("Officials said the dam broke.", []),
    ],
)
def test_credits_of_a_sentence(text: str, media: list[str]) -> None:
    assert find_credits(text) == media
    assert not media or pl.Series([text]).str.contains(CREDITING)[0]
