"""What numbers mean in sentences about invented events."""

from __future__ import annotations

import math
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.text.extract.parse import parse_paragraphs
from flows.text.extract.quantities import find_quantities
from flows.text.extract.quantities.numerals import read_numeral
from flows.text.extract.sentences import split_sentences
from flows.text.types import Parse, ParsedArticle, ParsedParagraph, Quantity, Sentence, TimeExpression


def find(text: str, *times: TimeExpression) -> tuple[Quantity, ...]:
    (parse,) = parse_paragraphs([text])
    article = ParsedArticle("a1", text, (ParsedParagraph(0, 0, parse),))
    return find_quantities(article, split_sentences(article), times)


def one(text: str) -> Quantity:
    found = find(text)
    assert len(found) == 1, [quantity.text for quantity in found]
    return found[0]


def summary(quantity: Quantity) -> tuple[str, float, str, str | None]:
    return quantity.text, quantity.value, quantity.kind, quantity.unit


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The fund raised $3.2 million last spring.", ("$3.2 million", 3.2e6, "money", "USD")),
        ("The fund raised £4bn and no more.", ("£4bn", 4e9, "money", "GBP")),
        ("It pays US$15 an hour to cooks.", ("US$15 an hour", 15, "money", "USD per hour")),
        ("The stamp costs 50 cents in Orlin.", ("50 cents", 0.5, "money", "USD")),
        ("Thieves took thousands of dollars.", ("thousands of dollars", 1000, "money", "USD")),
        ("The mill was sold for 20 million pounds.", ("20 million pounds", 20e6, "money", "GBP")),
        ("The crate weighs 20 pounds.", ("20 pounds", 20, "measure", "pound")),
        ("The dam cost 300 million Swiss francs.", ("300 million Swiss francs", 300e6, "money", "CHF")),
        ("Support fell to 41 percent.", ("41 percent", 41, "percent", "percent")),
        (
            "Support fell by 2.5 percentage points.",
            ("2.5 percentage points", 2.5, "percent", "percentage point"),
        ),
        ("The bank cut rates by 25 basis points.", ("25 basis points", 25, "percent", "basis point")),
        ("Prices are eight times higher than in Moss.", ("eight times", 8, "ratio", "times")),
        ("Exports doubled in Norland.", ("doubled", 2, "ratio", "times")),
        ("The north has twice as many schools.", ("twice", 2, "ratio", "times")),
        ("They won by a 3-to-1 margin.", ("3-to-1", 3, "ratio", "times")),
        ("The ship carried 3.7 million tons of coal.", ("3.7 million tons", 3.7e6, "measure", "ton")),
        ("The trail runs for 25km.", ("25km", 25, "measure", "kilometer")),
        ("They built a 10-mile road.", ("10-mile", 10, "measure", "mile")),
        ("The pool is half a mile away.", ("half a mile", 0.5, "measure", "mile")),
        ("The center is 6-foot-6.", ("6-foot-6", 6.5, "measure", "foot")),
        ("Norland pumps 500,000 barrels a day.", ("500,000 barrels a day", 5e5, "measure", "barrel per day")),
        ("It was -5 degrees Celsius at dawn.", ("-5 degrees Celsius", -5, "measure", "degree Celsius")),
        ("Some 3,000 people marched.", ("3,000 people", 3000, "count", "people")),
        ("Dozens of sailors drowned.", ("Dozens of sailors", 12, "count", "sailor")),
        ("A hundred farmers came.", ("A hundred farmers", 100, "count", "farmer")),
        ("Several thousand fans cheered.", ("Several thousand fans", 3000, "count", "fan")),
        ("Twenty-one delegates voted.", ("Twenty-one delegates", 21, "count", "delegate")),
        ("A four-person crew left.", ("four-person", 4, "count", "people")),
        ("One firefighter was hurt.", ("One firefighter", 1, "count", "firefighter")),
        ("The toll rose to 85,000.", ("85,000", 85000, "count", None)),
        ("Two were killed in the valley.", ("Two", 2, "count", None)),
    ],
)
def test_value_and_unit(sentence: str, expected: tuple[str, float, str, str | None]) -> None:
    assert summary(one(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("The plan costs $5 to $10 million.", 5e6, 10e6),
        ("Between two and three hundred goats were lost.", 200, 300),
        ("The tax takes 5-10 percent.", 5, 10),
        ("It may cost $1.5 trillion to $2 trillion.", 1.5e12, 2e12),
        ("Two or three women waited.", 2, 3),
        ("The hall holds 5-6,000 people.", 5000, 6000),
    ],
)
def test_ranges(sentence: str, low: float, high: float) -> None:
    quantity = one(sentence)
    assert (quantity.value, quantity.value_max) == (low, high)


def test_a_change_is_two_numbers() -> None:
    found = find("The toll rose from 70,000 to 85,000 sheep.")
    assert [(quantity.value, quantity.value_max) for quantity in found] == [(70_000, None), (85_000, None)]


@pytest.mark.parametrize(
    ("sentence", "value", "item"),
    [
        ("Two-thirds of the farmers voted no.", 0.666667, "farmers"),
        ("One in five farmers smokes.", 0.2, "farmers"),
        ("Half the voters stayed at home.", 0.5, "voters"),
        ("Nine out of 10 dentists agreed.", 0.9, "dentists"),
    ],
)
def test_shares_have_no_unit(sentence: str, value: float, item: str) -> None:
    quantity = one(sentence)
    assert (quantity.kind, quantity.value, quantity.unit, quantity.item) == ("ratio", value, None, item)


@pytest.mark.parametrize(
    ("sentence", "item"),
    [
        ("The ship carried 3.7 million tons of coal.", "coal"),
        ("The town took in 12 Syrian refugees.", "Syrian refugees"),
        ("They had 400 establishment Democrats on board.", "establishment Democrats"),
        ("About 41 percent of rural voters stayed at home.", "rural voters"),
        ("The club got $2 million in donations.", "donations"),
        ("Three of his closest aides left.", "closest aides"),
    ],
)
def test_what_is_counted(sentence: str, item: str) -> None:
    assert one(sentence).item == item


@pytest.mark.parametrize(
    "word", ["some", "nearly", "at least", "more than", "up to", "about", "an estimated", "in excess of"]
)
def test_estimates_and_bounds_are_approximate(word: str) -> None:
    assert one(f"The fire killed {word} 40 cows.").approximate
    assert not one("The fire killed 40 cows.").approximate


@pytest.mark.parametrize(
    "sentence",
    [
        "The law was passed in 2016.",
        "Ana Ruiz, 44, lives in Orlin.",
        "Ana Ruiz turns 70 on Tuesday.",
        "The 20-year-old driver fled.",
        "Call 555-1234 or 202-555-0111.",
        "Orlin beat Moss 3-1 on aggregate.",
        "The panel voted 56-44 to leave.",
        "The suit cites Section 230 of the act.",
        "Flight 370 left on time.",
        "The office is at 1600 Harbor Avenue.",
        "The talks took five years.",
        "They won on a two-sided note and doubled down.",
        "The F-16 landed near Area 51.",
        "Version 1.2.3.4 is out.",
        "It began in the 1990s.",
        "She voted twice.",
        "He called 911.",
        "No one knew.",
    ],
)
def test_no_quantity(sentence: str) -> None:
    assert [quantity.text for quantity in find(sentence)] == []


def test_a_quantity_stands_in_one_sentence() -> None:
    text = "They sold 20 barrels of oil and 30 trees."
    (parse,) = parse_paragraphs([text])
    article = ParsedArticle("a1", text, (ParsedParagraph(0, 0, parse),))
    ends = [text.index(" barrels"), text.index("0 trees") + 1]
    # without its unit a measure would be another, a count is the same without its noun
    for end, kept in zip(ends, ([], ["20 barrels", "30"]), strict=True):
        sentences = [Sentence(0, 0, text[:end], 0, end), Sentence(1, 0, text[end:], end, len(text))]
        found = [quantity.text for quantity in find_quantities(article, sentences, ())]
        assert [one for one in found if text.index(one) < end] == kept


def test_a_quantity_gives_way_to_a_time() -> None:
    text = "They pump 500,000 barrels a day and paid for 20 trees."
    rate, trees = text.index("a day"), text.index("20")
    times = [
        TimeExpression(0, "a day", rate, rate + 5, "SET", "P1D"),
        TimeExpression(0, "20", trees, trees + 2, "DATE", "2020", date(2020, 1, 1), date(2020, 12, 31)),
    ]
    (quantity,) = find(text, *times)
    assert summary(quantity) == ("500,000 barrels", 5e5, "measure", "barrel per day")


@pytest.mark.parametrize(
    "text",
    [
        "1" * 400 + " people came.",
        "9," * 200 + "999 men left.",
        "$" + "7" * 300 + " million was lost.",
        "five " * 300 + "men",
        "million " * 300,
        "a " * 500,
        "1.2.3.4 and 5..6 and 7,,8 and $ and % and 12,34,56",
        "بلغ عدد 300 شخص ١٢٣ و 45% 50٪",
        "((((((( 5 ))) ]] “ 6",
        "²³ ½ ⅔ 5½",
    ],
)
def test_bad_input_gives_nothing_made_up(text: str) -> None:
    for quantity in find(text):
        assert text[quantity.char_start : quantity.char_end] == quantity.text
        assert math.isfinite(quantity.value)
        assert quantity.value < 1e30


PIECES = """
    5 12 3.5 1,200 $ £ % - – to and or of a the hundred million dozen dozens half two third times people
    tons percent points mile euros from between about 2016 911 . , ( )
"""
WORDS = st.sampled_from(re.findall(r"\S+", PIECES))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(WORDS, st.sampled_from(["", " "])), min_size=1, max_size=14))
def test_spans_hold_the_text_and_do_not_overlap(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + gap for word, gap in pieces)
    parse = tokens_only(text)
    article = ParsedArticle("a1", text, (ParsedParagraph(0, 0, parse),))
    position = 0
    for quantity in find_quantities(article, split_sentences(article), ()):
        assert quantity.char_start >= position
        assert text[quantity.char_start : quantity.char_end] == quantity.text
        assert quantity.value_max is None or quantity.value < quantity.value_max
        assert math.isfinite(quantity.value)
        position = quantity.char_end


def tokens_only(text: str) -> Parse:
    """Tokens at white space, all tagged as plural nouns: fast, and as bad as a parse can be."""
    words = text.split()
    starts, position = [], 0
    for word in words:
        starts.append(text.index(word, position))
        position = starts[-1] + len(word)
    n = len(words)
    return Parse(
        text=text,
        words=tuple(words),
        starts=tuple(starts),
        lemmas=tuple(words),
        tags=("NNS",) * n,
        pos=("NOUN",) * n,
        deps=("dep",) * n,
        heads=tuple(range(n)),
        sentence_starts=(0,) if n else (),
        entities=(),
    )


@given(st.integers(min_value=0, max_value=10**15))
def test_digits_are_read_with_and_without_separators(number: int) -> None:
    for written in (str(number), f"{number:,}"):
        numeral = read_numeral(written, 0)
        assert numeral is not None
        assert (numeral.value, numeral.end) == (number, len(written))


@given(st.text(max_size=40), st.integers(min_value=0, max_value=39))
def test_any_text_can_be_read_at_any_place(text: str, start: int) -> None:
    numeral = read_numeral(text, start) if start < len(text) else None
    assert numeral is None or start < numeral.end <= len(text)
