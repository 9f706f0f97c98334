"""Who is who in one article: names mended and joined, and whom pronouns and descriptions mean."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.text.extract.entities import EntityAnnotations, find_entities, resolve_reference
from flows.text.extract.entities.names import acronyms, family_name, name_parts, normalise, same_person
from flows.text.extract.entities.places import city_country, find_place
from flows.text.extract.parse import parse_paragraphs
from flows.text.extract.sentences import split_sentences
from flows.text.types import ArticleEntity, NamedSpan, ParsedArticle, ParsedParagraph


def article_of(*paragraphs: str) -> ParsedArticle:
    """The paragraphs joined by a blank line, parsed."""
    placed, offset = [], 0
    for number, parse in enumerate(parse_paragraphs(paragraphs)):
        placed.append(ParsedParagraph(number, offset, parse))
        offset += len(parse.text) + 2
    return ParsedArticle("a", "\n\n".join(paragraphs), tuple(placed))


def entities_of(*paragraphs: str) -> tuple[ParsedArticle, EntityAnnotations]:
    article = article_of(*paragraphs)
    return article, find_entities(article, split_sentences(article))


def meant(*paragraphs: str, by: str, occurrence: int = 1) -> str | None:
    """The name of the entity that the words stand for."""
    article, found = entities_of(*paragraphs)
    start = -1
    for _ in range(occurrence):
        start = article.text.index(by, start + 1)
    number = resolve_reference(found, start, start + len(by))
    return None if number is None else found.entities[number].name


def named(found: EntityAnnotations, name: str) -> ArticleEntity:
    return next(entity for entity in found.entities if entity.name == name)


NORTH = (
    "North Korean leader Kim Jong Un met President Maria Alvarez of Chile on Monday.",
    "Mr. Kim said the DPRK wanted peace. Alvarez thanked the North Korean leader. "
    "She said that she was glad.",
)


@pytest.mark.parametrize(
    ("words", "occurrence", "name"),
    [
        ("Kim", 2, "Kim Jong Un"),
        ("the DPRK", 1, "North Korea"),
        ("the North Korean leader", 1, "Kim Jong Un"),
        ("Alvarez", 2, "Maria Alvarez"),
        ("She", 1, "Maria Alvarez"),
        ("she", 1, "Maria Alvarez"),
    ],
)
def test_names_descriptions_and_pronouns_are_joined(words: str, occurrence: int, name: str) -> None:
    assert meant(*NORTH, by=words, occurrence=occurrence) == name


def test_roles_are_kept_with_the_name() -> None:
    _, found = entities_of(
        "Defense Minister Jonas Weber resigned. Anna Holt, the mayor of Ayton, was surprised."
    )
    assert "Defense Minister" in named(found, "Jonas Weber").roles
    assert "mayor of Ayton" in named(found, "Anna Holt").roles


def test_one_country_has_many_names() -> None:
    _, found = entities_of(
        "The United States agreed. The U.S. sent help, and American planes came. The US paid."
    )
    country = named(found, "United States")
    assert country.country_code == "US"
    assert len([m for m in found.mentions if m.entity_no == country.entity_no]) == 4


def test_capital_that_speaks_is_its_country_and_elsewhere_the_city() -> None:
    text = "Moscow said it would not pay. Talks were held in Moscow."
    assert meant(text, by="Moscow") == "Russia"
    assert meant(text, by="Moscow", occurrence=2) == "Moscow"


def test_two_people_who_share_a_family_name_stay_two() -> None:
    text = "Bill Carter met Helen Carter. Mrs. Carter smiled. Mr. Carter did not."
    assert meant(text, by="Carter", occurrence=3) == "Helen Carter"
    assert meant(text, by="Carter", occurrence=4) == "Bill Carter"


def test_acronym_is_joined_to_the_name_it_stands_for() -> None:
    _, found = entities_of(
        "The Federal Bureau of Investigation opened a case. The FBI said nothing on Friday."
    )
    assert "FBI" in named(found, "Federal Bureau of Investigation").aliases


def test_mentions_are_mended() -> None:
    article, found = entities_of(
        "Leaders of the Group of Seven, European Union and Japan met leaderKim Jong Un’s envoy, Peter Lang."
    )
    texts = [mention.text for mention in found.mentions]
    assert "European Union" in texts
    assert "Kim Jong Un" in texts
    assert not any(text.endswith(("’s", ",")) for text in texts)
    assert all(article.text[m.char_start : m.char_end] == m.text for m in found.mentions)


def test_relative_pronoun_means_what_it_hangs_on() -> None:
    assert meant("Laura Stein, who runs the bank, said no.", by="who") == "Laura Stein"


def test_he_is_not_a_woman_and_not_the_object_of_his_own_verb() -> None:
    text = "Laura Stein met Peter Lang on Monday. He told her that the bank was safe."
    assert meant(text, by="He") == "Peter Lang"
    assert meant(text, by="her") == "Laura Stein"


def test_nobody_is_better_than_a_guess() -> None:
    assert meant("He said that the bank was safe.", by="He") is None
    assert meant("A spokesman said the bank was safe. He did not say why.", by="He") is None
    assert meant("The next president will decide, Laura Stein said.", by="The next president") is None


def test_speaker_inside_a_longer_phrase_is_its_head() -> None:
    text = "A spokesman for Laura Stein said no. Finance Minister Peter Lang said yes."
    assert meant(text, by="A spokesman for Laura Stein") is None
    assert meant(text, by="Finance Minister Peter Lang") == "Peter Lang"


def test_two_people_together_are_nobody() -> None:
    text = "Laura Stein and Peter Lang said no."
    assert meant(text, by="Laura Stein and Peter Lang") is None
    assert meant(text, by="Laura Stein") == "Laura Stein"


def label_of(name: str, *paragraphs: str) -> set[str]:
    """The labels of the mentions that stand for the entity of that name."""
    _, found = entities_of(*paragraphs)
    numbers = {entity.entity_no for entity in found.entities if entity.name == name}
    return {mention.label for mention in found.mentions if mention.entity_no in numbers}


def test_sentence_shows_a_name_to_be_a_person() -> None:
    home = 'Ines Halvard was at home when the alarm sounded. "I ran out without shoes," she said.'
    assert label_of("Ines Halvard", home) == {"PERSON"}
    assert meant(home, by="she") == "Ines Halvard"
    rates = 'Governor Helena Marsh said rates would rise. "We would rather act early," she told reporters.'
    assert label_of("Helena Marsh", rates) == {"PERSON"}
    assert meant(rates, by="she") == "Helena Marsh"


def test_she_after_a_family_name_with_nobody_else_there() -> None:
    bank = "The central bank lifted its key rate on Friday."
    assert meant(bank, "Marsh said the bank had no choice. She said prices rose.", by="She") == "Marsh"
    assert meant("Laura Stein resigned. Acme Corp. fell. She smiled.", by="She") == "Laura Stein"


def relabelled(text: str, name: str, label: str, *people: str) -> str:
    """The label of a name that the parser gave this label, people being those it saw as such."""
    (paragraph,) = article_of(text).paragraphs
    words = paragraph.parse.words

    def span(of: str, as_label: str) -> NamedSpan:
        first = words.index(of.split(maxsplit=1)[0])
        return NamedSpan(first, first + len(of.split()), as_label)

    spans = (span(name, label), *(span(person, "PERSON") for person in people))
    parse = replace(paragraph.parse, entities=tuple(sorted(spans, key=lambda found: found.token_start)))
    article = ParsedArticle("a", text, (ParsedParagraph(0, 0, parse),))
    found = find_entities(article, split_sentences(article))
    return named(found, name).label


@pytest.mark.parametrize(
    ("text", "name", "label", "wanted"),
    [
        ("Laura Stein smiled at the crowd.", "Laura Stein", "ORG", "PERSON"),
        ("The bank hired chief executive Laura Stein on Monday.", "Laura Stein", "PRODUCT", "PERSON"),
        ("They met Minister Ostrow on Monday.", "Ostrow", "GPE", "PERSON"),
        ("Morgan Stanley raised its target. He said it was fair.", "Morgan Stanley", "ORG", "ORG"),
        ("The analyst spoke. Morgan Stanley fell. She said no.", "Morgan Stanley", "ORG", "ORG"),
        ("Wells Fargo hired her on Monday, she said.", "Wells Fargo", "ORG", "ORG"),
        ("Its rival Harley Davidson closed on Monday.", "Harley Davidson", "ORG", "ORG"),
        ("He sued Calvin Klein on Monday and she smiled.", "Calvin Klein", "ORG", "ORG"),
        ("Judge Judy Press smiled on Monday.", "Judy Press", "ORG", "ORG"),
        ("Shares of Ayton Mills fell on Monday.", "Ayton Mills", "PERSON", "ORG"),
        ("They read the Ayton Herald on Monday.", "Ayton Herald", "PERSON", "ORG"),
        ("The chief executive sold shares of Laura Stein on Monday.", "Laura Stein", "PERSON", "PERSON"),
    ],
)
def test_labels_follow_the_sentence(text: str, name: str, label: str, wanted: str) -> None:
    assert relabelled(text, name, label) == wanted


def test_a_known_name_is_not_found_across_two_paragraphs() -> None:
    lines = (
        "Sales of the Nordvik Herald rose in spring.",
        "The paper is printed only in Nordvik",
        "Herald readers like it.",
    )
    _, found = entities_of(*lines)
    assert "Nordvik Herald" in {mention.text for mention in found.mentions}
    assert not [mention.text for mention in found.mentions if "\n" in mention.text]


def test_somebody_else_who_may_be_meant_leaves_the_label() -> None:
    text = "Peter Lang left. Morgan Stanley fell. He smiled."
    assert relabelled(text, "Morgan Stanley", "ORG", "Peter Lang") == "ORG"


def test_owner_in_apposition_need_not_be_a_person() -> None:
    assert label_of("France", "France, a member of the alliance, agreed.") == {"GPE"}


def test_paragraph_without_tokens_or_sentences() -> None:
    (empty,) = parse_paragraphs(["  "])
    (bare,) = parse_paragraphs(["Laura Stein left."])
    bare = replace(bare, sentence_starts=())
    paragraphs = (ParsedParagraph(0, 0, empty), ParsedParagraph(1, 2, bare))
    article = ParsedArticle("a", empty.text + bare.text, paragraphs)
    assert split_sentences(article) == ()
    assert find_entities(article, ()).mentions == ()


def test_shouting_names_nobody() -> None:
    _, found = entities_of("PRESIDENT LAURA STEIN SAID ON MONDAY THAT SHE WOULD RESIGN IN MAY")
    assert found.mentions == ()


@given(
    st.lists(
        st.sampled_from(
            ["Kim", "Jong", "-", "of", "the", ",", "Mr.", "U.S.", "he", "said", "“", "Acme", "’s"]
        )
    )
)
@settings(max_examples=30, deadline=None)
def test_every_mention_lies_in_its_sentence(words: list[str]) -> None:
    article, found = entities_of(" ".join(words))
    sentences = split_sentences(article)
    for mention in found.mentions:
        assert article.text[mention.char_start : mention.char_end] == mention.text
        sentence = sentences[mention.sentence_no]
        assert sentence.char_start <= mention.char_start < mention.char_end <= sentence.char_end
        assert found.entities[mention.entity_no].entity_no == mention.entity_no


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Hillary Rodham Smith", "Hillary Smith", True),
        ("Donald J. Brown", "Donald Brown", True),
        ("Mike Stone", "Michael Stone", True),
        ("Kim Jong-un", "Kim Jong Un", True),
        ("Bill Stone", "Mary Stone", False),
    ],
)
def test_full_names_of_one_person(one: str, other: str, same: bool) -> None:
    assert same_person(name_parts(one), name_parts(other)) is same


def test_parts_of_names() -> None:
    assert normalise("Gonzàlez’s") == "gonzalez"
    assert family_name(("kim", "jong", "un")) == "kim"
    assert family_name(("anna", "holt")) == "holt"
    assert "fbi" in acronyms("Federal Bureau of Investigation")


def test_places() -> None:
    congo, korean, state = find_place("DR Congo"), find_place("North Korean"), find_place("Ga.")
    assert congo is not None
    assert congo.country_code == "CD"
    assert korean is not None
    assert (korean.kind, korean.country_code) == ("demonym", "KP")
    assert state is not None
    assert state.name == "Georgia"
    assert find_place("us") is None
    assert city_country("Osaka") == "JP"


def test_article_of_ten_thousand_names_is_bounded() -> None:
    text = "The mayor met Anna Holt and Peter Lang of Acme Corp. in Ayton. " * 1500
    _, found = entities_of(text)
    assert {entity.name for entity in found.entities} >= {"Anna Holt", "Peter Lang"}
