"""Who did what to whom in sentences about invented events."""

from __future__ import annotations

from datetime import date

import pytest

from flows.text.extract.events import find_events
from flows.text.extract.events.vocabulary import (
    action_name,
    is_abstract,
    light_verbs,
    plover_types,
    verb_classes,
)
from flows.text.extract.parse import parse_paragraphs
from flows.text.extract.sentences import split_sentences
from flows.text.types import Event, Modality, Parse, ParsedArticle, ParsedParagraph, Quote, TimeExpression

PLOVER = {
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
Triple = tuple[str | None, str, str | None]


def make_article(text: str) -> ParsedArticle:
    (parse,) = parse_paragraphs([text])
    return ParsedArticle("a1", text, (ParsedParagraph(0, 0, parse),))


def find(text: str, *times: TimeExpression, quotes: tuple[Quote, ...] = ()) -> tuple[Event, ...]:
    article = make_article(text)
    return find_events(article, split_sentences(article), times, quotes)


def triples(text: str) -> list[Triple]:
    return [(event.actor, event.action, event.target) for event in find(text)]


def of_action(text: str, action: str) -> Event:
    found = [event for event in find(text) if event.action == action]
    assert len(found) == 1, triples(text)
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The governor vetoed the bill.", [("governor", "veto", "bill")]),
        ("The bill was signed by the governor.", [("governor", "sign", "bill")]),
        ("Police in Lyon arrested three men.", [("Police", "arrest", "three men")]),
        ("Three men were arrested in Lyon.", [(None, "arrest", "Three men")]),
        (
            "The president of Norland met the queen of Orlin.",
            [("president of Norland", "meet", "queen of Orlin")],
        ),
        (
            "Rebels captured the airport and burned two villages.",
            [("Rebels", "capture", "airport"), ("Rebels", "burn", "two villages")],
        ),
        (
            "Hale, Moss and the bishop opened a clinic.",
            [("Hale", "open", "clinic"), ("Moss", "open", "clinic"), ("bishop", "open", "clinic")],
        ),
        ("Prosecutors charged three officers with murder.", [("Prosecutors", "charge", "three officers")]),
        ("The man who shot the officer is in Orlin.", [("man", "shoot", "officer")]),
        ("The rebels, backed by Norland, are in the hills.", [("Norland", "back", "rebels")]),
        ("Gunmen shot and killed a farmer.", [("Gunmen", "shoot", "farmer"), ("Gunmen", "kill", "farmer")]),
        ("Moss met with Hale on Tuesday.", [("Moss", "meet", "Hale")]),
        ("Lawmakers and union leaders met on Monday.", [("Lawmakers", "meet", "union leaders")]),
        ("The army launched an attack on rebels.", [("army", "attack", "rebels")]),
        ("Gunmen opened fire on a bus.", [("Gunmen", "fire", "bus")]),
        ("The union filed a lawsuit against the city.", [("union", "sue", "city")]),
        ("The minister stepped down on Friday.", [("minister", "step down", None)]),
        ("The bridge collapsed.", [("bridge", "collapse", None)]),
        ("LONDON, Dec 29 (Wire) - Police arrested two men.", [("Police", "arrest", "two men")]),
        ("The choir sang three hours.", [("choir", "sing", None)]),
        ("NEW ORLIN - Police arrested two men.", [("Police", "arrest", "two men")]),
        ("His friend Ada Hale bought a mill.", [("His friend Ada Hale", "buy", "mill")]),
        ("Moss urged people to feed people.", [("Moss", "urge", "people"), ("people", "feed", "people")]),
    ],
)
def test_actor_action_target(sentence: str, expected: list[Triple]) -> None:
    assert triples(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "action", "actor"),
    [
        ("The senator said the company plans to sue the city.", "sue", "company"),
        ("The teacher urged the boy to join the club.", "join", "boy"),
        ("The army has been accused of killing civilians.", "kill", "army"),
        ("Hale proposed banning trucks from entering the city.", "enter", "trucks"),
        ("The army stormed the base, killing three people.", "kill", "army"),
        ("Police used tear gas to disperse protesters.", "disperse", "Police"),
        ("The envoy to Norland who perished in the fire was old.", "perish", "envoy"),
    ],
)
def test_who_acts_where_the_verb_has_no_subject(sentence: str, action: str, actor: str) -> None:
    assert of_action(sentence, action).actor == actor


@pytest.mark.parametrize(
    ("sentence", "action", "modality"),
    [
        ("The bank sold the mill.", "sell", "asserted"),
        ("The bank will sell the mill.", "sell", "planned"),
        ("The bank plans to sell the mill.", "sell", "planned"),
        ("The bank is expected to sell the mill.", "sell", "planned"),
        ("The bank may sell the mill.", "sell", "possible"),
        ("The bank tried to sell the mill.", "sell", "possible"),
        ("If the bank sells the mill, workers will leave.", "sell", "possible"),
        ("Did the bank sell the mill?", "sell", "possible"),
        ("The bank denied selling the mill.", "sell", "denied"),
        ("Moss denied that he tried to sell the mill.", "sell", "denied"),
        ("He would say that the bank sold the mill.", "sell", "asserted"),
    ],
)
def test_modality(sentence: str, action: str, modality: Modality) -> None:
    assert of_action(sentence, action).modality == modality


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("The bank did not sell the mill.", "sell"),
        ("The bank has never sold a mill.", "sell"),
        ("The bank refused to sell the mill.", "sell"),
        ("The bank failed to sell the mill.", "sell"),
        ("The bank left without selling the mill.", "sell"),
        ("No soldiers attacked the town.", "attack"),
    ],
)
def test_negation(sentence: str, action: str) -> None:
    assert of_action(sentence, action).negated


@pytest.mark.parametrize(
    ("sentence", "event_type"),
    [
        ("The two sides reached an agreement.", "AGREE"),
        ("The minister visited the camp.", "CONSULT"),
        ("The senator endorsed the mayor.", "SUPPORT"),
        ("Norland cooperated with Orlin.", "COOPERATE"),
        ("Doctors evacuated the wounded sailors.", "AID"),
        ("The king pardoned the rebel.", "CONCEDE"),
        ("Soldiers withdrew from the valley.", "RETREAT"),
        ("Orlin demanded an apology.", "REQUEST"),
        ("Critics accused the mayor of fraud.", "ACCUSE"),
        ("The council rejected the plan.", "REJECT"),
        ("Norland threatened Orlin.", "THREATEN"),
        ("Students protested against the law.", "PROTEST"),
        ("Norland imposed sanctions on Orlin.", "SANCTION"),
        ("Norland deployed troops to the border.", "MOBILIZE"),
        ("Police detained the singer.", "COERCE"),
        ("Rebels shelled the town.", "ASSAULT"),
        ("The boy ate an apple.", None),
        ("The club fired its coach on Sunday.", None),
    ],
)
def test_plover_type(sentence: str, event_type: str | None) -> None:
    assert [event.event_type for event in find(sentence)] == [event_type]


@pytest.mark.parametrize(
    "sentence",
    [
        "The house is old and has a garden.",
        "She said that he was right.",
        "They believe in luck and want peace.",
        "The effort stalled.",
        "It rained.",
        "According to Hale, it seems late.",
        "The polls tightened.",
        "She accepted, and he built.",
        "Three, harden our defenses.",
        "He recommended indicting the mayor.",
        "She is the nurse that they used to know.",
        "The letters have been made public.",
    ],
)
def test_states_speech_and_figures_of_speech_are_no_events(sentence: str) -> None:
    assert triples(sentence) == []


def test_a_name_that_the_parser_took_for_two_is_one() -> None:
    words = ("Moss", "dismissed", "Norland", "Gov.", "Ada", "Hale", ".")
    text = "Moss dismissed Norland Gov. Ada Hale."
    parse = Parse(
        text=text,
        words=words,
        starts=tuple(text.index(word) for word in words),
        lemmas=("Moss", "dismiss", "Norland", "Gov.", "Ada", "Hale", "."),
        tags=("NNP", "VBD", "NNP", "NNP", "NNP", "NNP", "."),
        pos=("PROPN", "VERB", "PROPN", "PROPN", "PROPN", "PROPN", "PUNCT"),
        deps=("nsubj", "ROOT", "dobj", "compound", "compound", "dobj", "punct"),
        heads=(1, 1, 1, 5, 5, 1, 1),
        sentence_starts=(0,),
        entities=(),
    )
    article = ParsedArticle("a1", text, (ParsedParagraph(0, 0, parse),))
    found = find_events(article, split_sentences(article), (), ())
    assert [(event.actor, event.target) for event in found] == [("Moss", "Gov. Ada Hale")]


def test_place_and_day() -> None:
    text = "Hale met the union in Geneva on Monday and left Orlin."
    start = text.index("Monday")
    monday = TimeExpression(
        0, "Monday", start, start + 6, "DATE", "2023-03-13", date(2023, 3, 13), date(2023, 3, 13)
    )
    met, left = find(text, monday)
    assert (met.place, met.begins_on, met.ends_on) == ("Geneva", date(2023, 3, 13), date(2023, 3, 13))
    assert left.begins_on is None


def test_events_in_a_quotation_have_their_speaker() -> None:
    text = 'Hale left. "Moss robbed the bank," the sheriff said.'
    quote = Quote(0, 1, "direct", text[12:36], 12, 36, speaker="the sheriff")
    assert [(event.action, event.speaker) for event in find(text, quotes=(quote,))] == [
        ("leave", None),
        ("rob", "the sheriff"),
    ]


def test_spans_point_at_the_words() -> None:
    text = "The army has not carried out an attack on the rebels of Moss."
    event = of_action(text, "attack")
    assert text[event.char_start : event.char_end] == "has not carried out an attack"
    assert event.actor_start is not None
    assert text[event.actor_start : event.actor_end] == event.actor == "army"
    assert event.target_start is not None
    assert text[event.target_start : event.target_end] == event.target == "rebels of Moss"


def test_pairs_are_bounded() -> None:
    names = ", ".join(f"Ann{number} Moss" for number in range(30)) + " and Jo Hale"
    assert len(find(f"{names} attacked {names}.")) <= 12


@pytest.mark.parametrize("heads", [(1, 0, 1), (0, 0, 0), (2, 2, 2), (1, 2, 0)])
def test_odd_trees_end(heads: tuple[int, ...]) -> None:
    """Cycles cannot come from a parser; rules must end even so."""
    parse = Parse(
        text="he to go",
        words=("he", "to", "go"),
        starts=(0, 3, 6),
        lemmas=("he", "attack", "attack"),
        tags=("PRP", "VBG", "VB"),
        pos=("PRON", "VERB", "VERB"),
        deps=("conj", "xcomp", "advcl"),
        heads=heads,
        sentence_starts=(0,),
        entities=(),
    )
    article = ParsedArticle("a1", parse.text, (ParsedParagraph(0, 0, parse),))
    assert all(event.actor != "" for event in find_events(article, split_sentences(article), (), ()))


@pytest.mark.parametrize(
    "text", ["x" * 3000, "(" * 300, "كتب الرجل رسالة إلى الملك", "attack " * 400, "”“’‘"]
)
def test_bad_input(text: str) -> None:
    for event in find(text):
        assert 0 <= event.char_start < event.char_end <= len(text)


def test_lexicons_are_well_formed() -> None:
    types = {event_type for complements in plover_types().values() for event_type in complements.values()}
    assert types == PLOVER
    known = {"state", "speech", "weak", "aspect", "try", "plan", "wish", "negate", "deny", "force", "advice"}
    assert set().union(*verb_classes().values()) == known
    assert all(light.action for light in light_verbs().values())


@pytest.mark.parametrize(
    ("lemma", "action"),
    [
        ("retweete", "retweet"),
        ("preppe", "prep"),
        ("seize", "seize"),
        ("execute", "execute"),
        ("handle", "handle"),
    ],
)
def test_action_names_of_unknown_verbs(lemma: str, action: str) -> None:
    assert action_name(lemma) == action


def test_abstract_nouns() -> None:
    assert is_abstract("effort")
    assert is_abstract("confusion")
    assert not is_abstract("administration")
    assert not is_abstract("ship")
