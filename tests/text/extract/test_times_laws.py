"""Laws of time expressions that hold for any text, and the calendar behind them."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.text.extract.times import find_times, recognise
from flows.text.extract.times.holidays import day_of_holiday, easter_sunday
from flows.text.extract.times.numbers import value_of_words
from flows.text.extract.times.numerals import classify_numeral
from flows.text.extract.times.shifts import value_at, years_from
from flows.text.extract.times.values import compound_value, days_covered, duration_value
from flows.text.extract.times.vocabulary import load_vocabulary
from flows.text.types import Parse, ParsedArticle, ParsedParagraph

FORMS = [
    *sorted(load_vocabulary()),
    *(
        "5",
        "31",
        "45",
        "1998",
        "2019-02-30",
        "1950-53",
        "3-4",
        "1980s",
        "'98",
        "½",
        "10:30",
        "p.m.",
        "$",
        ",",
        "-",
        ".",
    ),
    *(
        "twenty",
        "nineteen",
        "hundred",
        "and",
        "two",
        "5th",
        "Monday",
        "May",
        "Sept.",
        "Easter",
        "שלום",
        "\u202e",
        "x",
    ),
]
DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))


def bare_parse(text: str) -> Parse:
    """A parse that knows words only: every token is a noun and its own head."""
    words = [(match.group(), match.start()) for match in re.finditer(r"\w+|[^\w\s]", text)]
    size = len(words)
    return Parse(
        text=text,
        words=tuple(word for word, _ in words),
        starts=tuple(start for _, start in words),
        lemmas=tuple(word.lower() for word, _ in words),
        tags=("NN",) * size,
        pos=("NOUN",) * size,
        deps=("dep",) * size,
        heads=tuple(range(size)),
        sentence_starts=(0,) if size else (),
        entities=(),
    )


def article_of(text: str, published_on: date | None) -> ParsedArticle:
    return ParsedArticle("a1", text, (ParsedParagraph(0, 0, bare_parse(text)),), published_on=published_on)


phrases = st.lists(st.sampled_from(FORMS), max_size=12).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(text=phrases | st.text(max_size=60), published_on=DAYS | st.none())
def test_spans_are_right_and_do_not_overlap(text: str, published_on: date | None) -> None:
    found = find_times(article_of(text, published_on), ())
    assert all(text[time.char_start : time.char_end] == time.text != "" for time in found)
    ends = [0, *(time.char_end for time in found)]
    assert all(end <= time.char_start for end, time in zip(ends, found, strict=False))


@settings(max_examples=150, deadline=None)
@given(text=phrases, published_on=DAYS | st.none())
def test_days_come_in_pairs_and_in_order(text: str, published_on: date | None) -> None:
    for time in find_times(article_of(text, published_on), ()):
        assert (time.begins_on is None) == (time.ends_on is None)
        if time.begins_on is not None and time.ends_on is not None:
            assert time.begins_on <= time.ends_on
            assert time.timex_type in ("DATE", "TIME")


@settings(max_examples=100, deadline=None)
@given(text=phrases)
def test_recognition_is_the_same_at_any_time(text: str) -> None:
    assert recognise(bare_parse(text)) == recognise(bare_parse(text))


@pytest.mark.parametrize(
    "piece",
    ["1 ", "the ", "two ", "1.", "5:", "more than ", "May 5, ", "a-", "early ", "and a half ", "'98 "],
)
def test_long_repetitions_are_read(piece: str) -> None:
    text = piece * 4000
    assert all(0 <= time.start < time.end <= len(text) for time in recognise(bare_parse(text)))


@given(
    day=DAYS,
    count=st.integers(-20_000, 20_000),
    unit=st.sampled_from(["D", "W", "WE", "M", "Q", "Y", "DE", "CE"]),
)
def test_shifted_values_name_days_or_say_that_they_do_not(day: date, count: int, unit: str) -> None:
    value = value_at(unit, day, count)
    assert (days_covered(value) is None) == ("X" in value)


@given(day=st.dates(min_value=date(1000, 1, 1), max_value=date(9899, 12, 31)))
def test_no_shift_holds_the_day(day: date) -> None:
    for unit in ("D", "W", "M", "Q", "Y", "DE", "CE"):
        covered = days_covered(value_at(unit, day, 0))
        assert covered is not None
        assert covered[0] <= day <= covered[1]


@given(day=DAYS, years=st.integers(-3000, 3000))
def test_a_day_of_another_year_is_in_that_year_or_stays(day: date, years: int) -> None:
    moved = years_from(day, years)
    assert moved == day or (moved.year == day.year + years and abs(moved.day - day.day) in (0, 28))


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        ([(1, "TH"), (20, "TM")], "PT1H20M"),
        ([(6, "Y"), (9, "M")], "P6Y9M"),
        ([(2, "D"), (3, "TH")], "P2DT3H"),
        ([(20, "TM"), (1, "TH")], None),
        ([(1, "DE"), (2, "Y")], None),
    ],
)
def test_compound_values(parts: list[tuple[int, str]], value: str | None) -> None:
    assert compound_value(parts) == value


@given(first=DAYS, length=st.integers(0, 400))
def test_a_range_covers_from_its_first_to_its_last_day(first: date, length: int) -> None:
    last = min(first.toordinal() + length, date.max.toordinal())
    end = date.fromordinal(last)
    assert days_covered(f"{first.isoformat()}/{end.isoformat()}") == (first, end)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("2023-W10-WE", date(2023, 3, 11), date(2023, 3, 12)),
        ("2019-Q4", date(2019, 10, 1), date(2019, 12, 31)),
        ("2019-H1", date(2019, 1, 1), date(2019, 6, 30)),
        ("1998-WI", date(1998, 12, 1), date(1999, 2, 28)),
        ("199", date(1990, 1, 1), date(1999, 12, 31)),
        ("19", date(1900, 1, 1), date(1999, 12, 31)),
        ("2023-03-14TEV", date(2023, 3, 14), date(2023, 3, 14)),
    ],
)
def test_days_covered(value: str, first: date, last: date) -> None:
    assert days_covered(value) == (first, last)


@pytest.mark.parametrize(
    "value", [None, "", "P3Y", "PAST_REF", "XXXX-08-06", "2019-02-30", "2019-W60", "1950/", "9999-WI"]
)
def test_values_that_name_no_days(value: str | None) -> None:
    assert days_covered(value) is None


@pytest.mark.parametrize(
    ("count", "unit", "value"),
    [
        (3, "Y", "P3Y"),
        (2.5, "Y", "P2Y6M"),
        (1.5, "TM", "PT1M30S"),
        (0.5, "TH", "PT30M"),
        (None, "D", "PXD"),
        (None, "TH", "PTXH"),
        (1, "2W", "P2W"),
        (0.5, "CE", "P50Y"),
        (2, "ML", "P2000Y"),
        (1_000_000_000, "Y", "P1000000000Y"),
    ],
)
def test_duration_values(count: float | None, unit: str, value: str) -> None:
    assert duration_value(count, unit) == value


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1961, 4, 2), (2000, 4, 23), (2016, 3, 27), (2019, 4, 21), (2024, 3, 31), (2038, 4, 25)],
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter_sunday(year) == date(year, month, day)


@given(year=st.integers(1583, 4000))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    day = easter_sunday(year)
    assert day.isoweekday() == 7
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


def test_every_holiday_of_the_lexicon_has_a_day() -> None:
    rules = {entry.value for entry in load_vocabulary().values() if entry.class_name == "HOLIDAY"}
    moving = {rule for rule in rules if not re.fullmatch(r"(\d{4}-)?\d\d-\d\d", rule)}
    assert len(moving) > 10
    assert all(day_of_holiday(rule, 2024) for rule in moving)


def test_thanksgiving_and_the_friday_after() -> None:
    thanksgiving = day_of_holiday("11-4.4", 2018)
    assert thanksgiving == date(2018, 11, 22)
    assert day_of_holiday("11-4.4+1", 2018) == thanksgiving + timedelta(days=1)
    assert day_of_holiday("05--1.1", 2021) == date(2021, 5, 31)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty four", 24),
        ("nineteen ninety seven", 1997),
        ("two thousand", 2000),
        ("one hundred and five", 105),
        ("three million", 3_000_000),
        ("dozen", 12),
    ],
)
def test_number_words(words: str, value: int) -> None:
    assert value_of_words(words.split()) == value


@given(
    number=st.from_regex(r"\d{1,30}([.,:/-]\d{1,5}){0,4}", fullmatch=True),
    suffix=st.sampled_from(["", "s", "th", "pm", "x"]),
)
def test_any_numeral_is_classified(number: str, suffix: str) -> None:
    class_name, value = classify_numeral(number, suffix)
    if class_name == "CALENDAR_DAY":
        assert days_covered(str(value)) is not None
    if class_name == "CLOCK":
        assert re.fullmatch(r"T([01]\d|2[0-4]):[0-5]\d", str(value))


@pytest.mark.parametrize("published_on", [date.min, date(8, 1, 1), date.max])
@pytest.mark.parametrize("text", ["Mardi Gras", "Martin Luther King Day", "Easter Monday"])
def test_holidays_at_the_ends_of_the_calendar(text: str, published_on: date) -> None:
    assert [time.text for time in find_times(article_of(text, published_on), ())] == [text]
