"""What is found in sentences about invented events, and which days it covers.

Articles are of Wednesday, 15 March 2023, unless a test says otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows.text.extract.parse import parse_paragraphs
from flows.text.extract.times import find_times, recognise, resolve_times
from flows.text.types import ParsedArticle, ParsedParagraph, Sentence, TimeExpression

PUBLISHED = date(2023, 3, 15)


def make_article(*paragraphs: str, published_on: date | None = PUBLISHED) -> ParsedArticle:
    text = "\n\n".join(paragraphs)
    starts = [text.index(paragraph) for paragraph in paragraphs]
    parsed = tuple(
        ParsedParagraph(number, start, parse)
        for number, (start, parse) in enumerate(zip(starts, parse_paragraphs(paragraphs), strict=True))
    )
    return ParsedArticle("a1", text, parsed, published_on=published_on)


def find(*paragraphs: str, published_on: date | None = PUBLISHED) -> tuple[TimeExpression, ...]:
    return find_times(make_article(*paragraphs, published_on=published_on), ())


def values(*paragraphs: str, published_on: date | None = PUBLISHED) -> list[tuple[str, str | None]]:
    return [(time.text, time.timex_value) for time in find(*paragraphs, published_on=published_on)]


def one(sentence: str, *, published_on: date | None = PUBLISHED) -> TimeExpression:
    found = find(sentence, published_on=published_on)
    assert len(found) == 1, [time.text for time in found]
    return found[0]


CALENDAR = [
    ("The bridge opened on July 26, 2019.", "July 26, 2019", "2019-07-26"),
    ("The bridge opened on 26 July 2019.", "26 July 2019", "2019-07-26"),
    ("The bridge opened on the 26th of July.", "the 26th of July", "2022-07-26"),
    ("The bridge opened on Friday, March 10, 2023.", "Friday, March 10, 2023", "2023-03-10"),
    ("The log is of 2019-05-03.", "2019-05-03", "2019-05-03"),
    ("The log is of 5/3/2019.", "5/3/2019", "2019-05-03"),
    ("The log is of 26/7/2019.", "26/7/2019", "2019-07-26"),
    ("The mine closed in August 1988.", "August 1988", "1988-08"),
    ("The mine closed in early 2020.", "early 2020", "2020"),
    ("The mine closed in 1776.", "1776", "1776"),
    ("The mine closed in the mid-'80s.", "the mid-'80s", "198"),
    ("The mine closed in the early 20th century.", "the early 20th century", "19"),
    ("The mine closed in nineteen ninety-seven.", "nineteen ninety-seven", "1997"),
    ("The mine closed on January twenty-third, he said.", "January twenty-third", "2023-01-23"),
    ("The mine closed in the 1990's.", "the 1990's", "199"),
    ("The mine closed in the early-2000s.", "the early-2000s", "200"),
    ("The mine of the twenty-first century is clean.", "the twenty-first century", "20"),
    ("The August 1988 flood ruined the mine.", "August 1988", "1988-08"),
    ("The mine closed at the end of June.", "the end of June", "2022-06"),
    ("The mine closed in the last week of May.", "the last week of May", "2022-05"),
    ("The mine closed on December twenty-fifth, 1996.", "December twenty-fifth, 1996", "1996-12-25"),
    ("The mine closed on the fourth of April 2020.", "the fourth of April 2020", "2020-04-04"),
    ("The mine closed on Friday the 10th.", "Friday the 10th", "2023-03-10"),
    ("The mine of the 18th and 19th centuries is rich.", "the 18th and 19th centuries", "17/18"),
    ("On the March 10 show he sang.", "March 10", "2023-03-10"),
    ("The March report was grim.", "March", "2023-03"),
]
RELATIVE = [
    ("The pilot landed yesterday.", "yesterday", "2023-03-14"),
    ("The pilot lands the day after tomorrow.", "the day after tomorrow", "2023-03-17"),
    ("The pilot landed last week.", "last week", "2023-W10"),
    ("The pilot landed earlier this month.", "earlier this month", "2023-03"),
    ("The pilot landed this past weekend.", "this past weekend", "2023-W10-WE"),
    ("The pilot retired 70 years ago.", "70 years ago", "1953"),
    ("The pilot retired a decade ago.", "a decade ago", "2013"),
    ("The pilot landed three days ago.", "three days ago", "2023-03-12"),
    ("The pilot landed on Friday.", "Friday", "2023-03-10"),
    ("The pilot will land on Friday.", "Friday", "2023-03-17"),
    ("The pilot hopes to land on Friday.", "Friday", "2023-03-17"),
    ("The pilot was injured last Friday.", "last Friday", "2023-03-10"),
    ("The pilot will be back next Monday.", "next Monday", "2023-03-20"),
    ("The pilot retired in December.", "December", "2022-12"),
    ("The pilot will retire in December.", "December", "2023-12"),
    ("Rescuers help a miner out on Friday.", "Friday", "2023-03-10"),
    ("The polls open on Friday.", "Friday", "2023-03-17"),
    ("He may have left on Friday.", "Friday", "2023-03-10"),
    ("He tried to leave on Friday.", "Friday", "2023-03-10"),
    ("The judge recalled the December attack.", "December", "2022-12"),
    ("The judge was born on Feb. 29.", "Feb. 29", "2020-02-29"),
    ("The lease ends next June 30.", "next June 30", "2023-06-30"),
    ("The hearing was put off to April 4.", "April 4", "2023-04-04"),
    ("The offer is open until April 4.", "April 4", "2023-04-04"),
    ("The hearing is a week from Friday.", "a week from Friday", "2023-03-24"),
    ("The hearing is two weeks from tomorrow.", "two weeks from tomorrow", "2023-03-30"),
    ("The pilot retired two weeks ago Monday.", "two weeks ago Monday", "2023-02-27"),
    ("The pilot landed the week of Jan. 6.", "the week of Jan. 6", "2023-W01"),
    ("The pilot landed on the 11th.", "the 11th", "2023-03-11"),
    ("The pilot landed by the 31st, he said.", "the 31st", "2023-01-31"),
    ("The pilot lands the week after next.", "the week after next", "2023-W13"),
    ("The pilot retired the year before last.", "the year before last", "2021"),
    ("The pilot retired last February.", "last February", "2022-02"),
    ("The pilot landed this past summer.", "this past summer", "2022-SU"),
    ("The pilot recalled the Sept. 11 attacks.", "Sept. 11", "2001-09-11"),
    ("Sales fell from the same month a year earlier.", "the same month a year earlier", "2022-03"),
    ("Sales fell from the prior year.", "the prior year", "2022"),
    ("The pilots will meet over the coming weekend.", "the coming weekend", "2023-W11-WE"),
    ("The pilot landed 48 hours ago.", "48 hours ago", "2023-03-13"),
    ("The pilot landed three weeks ago today.", "three weeks ago today", "2023-02-22"),
    ("The pilot retired 20 years ago today.", "20 years ago today", "2003-03-15"),
    ("The pilot retired forty years ago this month.", "forty years ago this month", "1983-03"),
    ("The pilot retired a year ago this week.", "a year ago this week", "2022-W11"),
    ("The club that she led eight years earlier is rich.", "eight years earlier", "2015"),
]
DIRECTIONS = [
    ("The trial is set for November.", "November", "2023-11"),
    ("The trial is scheduled for Friday.", "Friday", "2023-03-17"),
    ("The bill is due in January.", "January", "2024-01"),
    ("The summit, slated for October, will be held in Rome.", "October", "2023-10"),
    ("She campaigned ahead of Tuesday's primary.", "Tuesday", "2023-03-21"),
    ("Troops were deployed ahead of the October election.", "October", "2023-10"),
    ("He was fired after the May protests.", "May", "2022-05"),
    ("He hopes to win in Saturday's primary.", "Saturday", "2023-03-18"),
    ("He won in Saturday's primary.", "Saturday", "2023-03-11"),
    ("The firm spoke of the July fire.", "July", "2022-07"),
    ("The ban was lifted due to the floods on March 9.", "March 9", "2023-03-09"),
]
PERIODS = [
    ("Sales fell in the third quarter.", "the third quarter", "2022-Q3"),
    ("Sales fell in the third quarter of 2019.", "the third quarter of 2019", "2019-Q3"),
    ("Sales fell in Q3 2019.", "Q3 2019", "2019-Q3"),
    ("Sales fell in the second half of last year.", "the second half of last year", "2022-H2"),
    ("Sales fell in this year's first quarter.", "this year's first quarter", "2023-Q1"),
    ("Sales fell last summer.", "last summer", "2022-SU"),
    ("Sales fell in the winter of 1998.", "the winter of 1998", "1998-WI"),
    ("Sales will fall in the second quarter.", "the second quarter", "2023-Q2"),
    ("Sales fell in the June quarter.", "the June quarter", "2022-Q2"),
    ("Sales fell in FY2020.", "FY2020", "2020"),
    ("Sales fell this winter.", "this winter", "2022-WI"),
    ("Sales fell in fiscal 2020.", "fiscal 2020", "2020"),
    ("Sales fell by the end of the year.", "the end of the year", "2023"),
    ("Sales fell in the same quarter of 2019.", "the same quarter of 2019", "2019-Q4"),
    ("The current-quarter loss is small.", "current-quarter", "2023-Q1"),
    ("He expects 2024 earnings to fall.", "2024", "2024"),
    ("Sales will fall by month's end.", "month's end", "2023-03"),
    ("Sales rose from the year-before quarter.", "the year-before quarter", "2022-Q4"),
    ("Sales rose from the previous year's quarter.", "the previous year's quarter", "2022-Q4"),
    ("In the July-September period sales rose.", "the July-September period", "2022-Q3"),
]
HOLIDAYS = [
    ("The choir sang on Christmas Day 2019.", "Christmas Day 2019", "2019-12-25"),
    ("The choir sang on Thanksgiving last year.", "Thanksgiving last year", "2022-11-24"),
    ("The choir will sing on Easter Sunday.", "Easter Sunday", "2023-04-09"),
    ("The choir sang on Good Friday 2022.", "Good Friday 2022", "2022-04-15"),
    ("The choir sang after 9/11.", "9/11", "2001-09-11"),
    ("The choir sang the day after Thanksgiving.", "the day after Thanksgiving", "2022-11-25"),
]
CLOCK = [
    ("The siren rang on Tuesday evening.", "Tuesday evening", "2023-03-14TEV"),
    ("The siren rang last night.", "last night", "2023-03-14TNI"),
    ("The siren rang at 10:30 p.m. Saturday.", "10:30 p.m. Saturday", "2023-03-11T22:30"),
    ("The siren rang at 7:30 Saturday night.", "7:30 Saturday night", "2023-03-11T19:30"),
    ("The siren will ring at 8pm local time on Friday.", "8pm local time on Friday", "2023-03-17T20:00"),
    ("The siren rang at 0800 GMT.", "0800 GMT", "2023-03-15T08:00"),
    ("The siren rang at 0800 GMT Friday.", "0800 GMT Friday", "2023-03-10T08:00"),
    ("The siren rang at 6:30 in the evening.", "6:30 in the evening", "2023-03-15T18:30"),
    ("The siren rang at noon Friday.", "noon Friday", "2023-03-10T12:00"),
    ("It rang on the morning of Sept. 11, 2001.", "the morning of Sept. 11, 2001", "2001-09-11TMO"),
    ("The siren rang at three o'clock in the morning.", "three o'clock in the morning", "2023-03-15T03:00"),
    ("The siren rang at eleven in the morning.", "eleven in the morning", "2023-03-15T11:00"),
    ("The siren rang at half past nine.", "half past nine", "2023-03-15T09:30"),
    ("The siren rang at a quarter to five.", "a quarter to five", "2023-03-15T04:45"),
    ("The siren rang at ten minutes to one.", "ten minutes to one", "2023-03-15T12:50"),
    ("The siren rang at ten thirty this morning.", "ten thirty this morning", "2023-03-15T10:30"),
    ("It rang at three-fifteen in the afternoon.", "three-fifteen in the afternoon", "2023-03-15T15:15"),
    ("The siren rang at nine-thirty last night.", "nine-thirty last night", "2023-03-14T21:30"),
    ("It rang on the morning of Christmas.", "the morning of Christmas", "2022-12-25TMO"),
    ("It rang at noon on Easter Sunday 2020.", "noon on Easter Sunday 2020", "2020-04-12T12:00"),
    ("It rang the night before the vote.", "the night", "XXXX-XX-XXTNI"),
    ("It rang the night she won.", "the night", "XXXX-XX-XXTNI"),
]
DURATIONS = [
    ("The siege lasted more than two and a half years.", "more than two and a half years", "P2Y6M"),
    ("The siege lasted two to three weeks.", "two to three weeks", "P2W"),
    ("The siege lasted half an hour.", "half an hour", "PT30M"),
    ("The siege lasted a year or two.", "a year or two", "P1Y"),
    ("The siege lasted another two weeks.", "another two weeks", "P2W"),
    ("The siege lasted all week.", "all week", "P1W"),
    ("The siege lasted several hundred years.", "several hundred years", "PXY"),
    ("The siege lasted several months.", "several months", "PXM"),
    ("The siege lasted a quarter century.", "a quarter century", "P25Y"),
    ("The siege lasted the past 18 months.", "the past 18 months", "P18M"),
    ("The eight-year siege is over.", "eight-year", "P8Y"),
    ("A 63-year-old baker survived.", "63-year-old", "P63Y"),
    ("The siege lasted two and one-half years.", "two and one-half years", "P2Y6M"),
    ("The siege lasted four decades.", "four decades", "P4E"),
    ("The yearlong siege is over.", "yearlong", "P1Y"),
    ("He built four-year-long sieges.", "four-year-long", "P4Y"),
    ("The siege lasted an hour and 20 minutes.", "an hour and 20 minutes", "PT1H20M"),
    ("The siege lasted six years and nine months.", "six years and nine months", "P6Y9M"),
    ("The siege lasted 2 minutes 10 seconds.", "2 minutes 10 seconds", "PT2M10S"),
    ("A 21-year-old was hurt.", "21-year-old", "P21Y"),
    ("Under a five-year contract it was sold.", "five-year", "P5Y"),
    ("The siege lasted all day long.", "all day long", "P1D"),
    ("The siege lasted these past few months.", "these past few months", "PXM"),
]
SETS = [
    ("The choir meets every Friday.", "every Friday", "XXXX-WXX-5"),
    ("The choir meets on Mondays.", "Mondays", "XXXX-WXX-1"),
    ("The choir meets every two years.", "every two years", "P2Y"),
    ("The choir earns $25,000 a year.", "a year", "P1Y"),
    ("The choir meets three times a week.", "three times a week", "P1W"),
    ("The choir meets every other week.", "every other week", "P2W"),
    ("The choir meets on weekends.", "weekends", "XXXX-WXX-WE"),
    ("The choir travels annually.", "annually", "XXXX"),
]
VAGUE = [
    ("The mayor is now ill.", "now", "PRESENT_REF"),
    ("The mayor fell ill recently.", "recently", "PAST_REF"),
    ("The mayor fell ill in recent years.", "recent years", "PAST_REF"),
    ("The mayor was ill at the time.", "the time", "PAST_REF"),
    ("The mayor will rest in the coming weeks.", "the coming weeks", "FUTURE_REF"),
    ("The mayor will soon be well.", "soon", "FUTURE_REF"),
    ("The mayor will one day be well.", "one day", "FUTURE_REF"),
    ("The mayor has no plans at this time.", "this time", "PRESENT_REF"),
    ("The then current price was low.", "then current", "PAST_REF"),
    ("The mayor will decide at a later date.", "a later date", "FUTURE_REF"),
]


@pytest.mark.parametrize(
    ("timex_type", "sentence", "text", "value"),
    [
        (timex_type, *case)
        for timex_type, cases in (
            ("DATE", CALENDAR + RELATIVE + DIRECTIONS + PERIODS + HOLIDAYS + VAGUE),
            ("TIME", CLOCK),
            ("DURATION", DURATIONS),
            ("SET", SETS),
        )
        for case in cases
    ],
)
def test_reads_one_expression(timex_type: str, sentence: str, text: str, value: str) -> None:
    found = one(sentence)
    assert (found.text, found.timex_type, found.timex_value) == (text, timex_type, value)


@pytest.mark.parametrize(
    "sentence",
    [
        "February 30 and the 45th of May do not exist.",
        "At 5 p.m. Feb. 30 and on the morning of April 31 nobody came.",
        "At 25:61 and 13 p.m. nobody came.",
        "The year 20023 is far off.",
        "Version 1.2.3.4 came out, and 2019-13-45 is no day.",
        "Call 555-1234 or 020 7946 0958.",
        "They won 3-2 after a 12-10 start, as Section 5 says.",
        "The Boeing 747 flew over Area 51 near Highway 2001.",
        "The A-10 and the F-16 carried 1,998 crates worth $2019.",
        "There were 1998 people and 2000 cases.",
        "She is in her early thirties, he in his 60s.",
        "She may march on, may she not?",
        "He asked Theresa May about the fall of the wall.",
        "At the end of the day it matters.",
        "They won by 3:2.",
        "She won on the 18th hole, he lives on the 11th floor.",
        "In the past nine elections nobody came.",
        "Funds changed from a fiscal year to a calendar year.",
        "The paper USA Today told it.",
        "It told a USA TODAY reporter so.",
        "He said it on CBS's This Morning, on ABC's “This Week” and on the Tonight Show.",
        "The film 60 Minutes and the Last Week Tonight show told it.",
        "He came at the last minute, on the last day of the fair.",
        "Wait a minute: the bug left zero days for it.",
        "He was at the March on Wells, the March of Hope and Mar-a-Lago.",
        "The fall from the peak and the fall in prices hurt him.",
        "An H1-B visa is rare.",
        "They beat him ten to five.",
        "The Sunday Times told it.",
        "A second group came second.",
        "About three-quarters of the crop froze.",
        "As soon as it rained, Man of the Year left.",
        "The number was " + "9" * 400 + ".",
        "ולא היה שם איש, 12.3",
        "",
    ],
)
def test_makes_nothing_up(sentence: str) -> None:
    assert [time.text for time in find(sentence)] == []


def test_covers_the_days_of_a_period() -> None:
    found = one("Sales fell in the third quarter of 2019.")
    assert (found.begins_on, found.ends_on) == (date(2019, 7, 1), date(2019, 9, 30))


def test_reads_a_range_of_years_as_one() -> None:
    found = one("The war of 1950-53 ruined the north.")
    assert (found.text, found.begins_on, found.ends_on) == ("1950-53", date(1950, 1, 1), date(1953, 12, 31))


def test_reads_a_range_of_days_as_one() -> None:
    found = one("The fair of July 5-7, 2019, was wet.")
    assert (found.text, found.begins_on, found.ends_on) == (
        "July 5-7, 2019",
        date(2019, 7, 5),
        date(2019, 7, 7),
    )


def test_both_ends_of_a_range_have_the_year() -> None:
    assert values("The firm grew between January and August 2019.") == [
        ("January", "2019-01"),
        ("August 2019", "2019-08"),
    ]


def test_both_ends_of_a_range_have_the_half_of_the_day() -> None:
    assert values("Polls were open from 1:30 to 4 p.m. Monday.") == [
        ("1:30", "2023-03-13T13:30"),
        ("4 p.m. Monday", "2023-03-13T16:00"),
    ]


def test_a_range_over_new_year_begins_in_the_year_before() -> None:
    assert values("It snowed from November to March 2019.") == [
        ("November", "2018-11"),
        ("March 2019", "2019-03"),
    ]


def test_counts_a_year_earlier_from_the_quarter_spoken_of() -> None:
    sentence = "The third-quarter loss narrowed from a year earlier."
    assert values(sentence) == [("third-quarter", "2022-Q3"), ("a year earlier", "2021-Q3")]


def test_nine_months_end_the_talk_of_a_quarter() -> None:
    found = values("The third-quarter profit rose.", "In the nine months, it fell from a year earlier.")
    assert [value for _, value in found] == ["2022-Q3", "P9M", "2022"]


def test_counts_twice_from_the_same_quarter() -> None:
    found = values("Profit of the third quarter rose from a year earlier.", "Sales fell from a year earlier.")
    assert [value for _, value in found] == ["2022-Q3", "2021-Q3", "2021-Q3"]


def test_a_year_spoken_of_holds_for_its_paragraph_only() -> None:
    found = values("In 1989 he left, and by the end of the year he was back.", "The end of the year was wet.")
    assert [value for _, value in found] == ["1989", "1989", "2023"]


def test_counts_days_later_from_the_day_spoken_of() -> None:
    found = values("She left on July 1, 2019, and came back two days later.")
    assert found == [("July 1, 2019", "2019-07-01"), ("two days later", "2019-07-03")]


def test_both_weekdays_are_as_often() -> None:
    assert values("They meet every Tuesday and Thursday.") == [
        ("every Tuesday", "XXXX-WXX-2"),
        ("Thursday", "XXXX-WXX-4"),
    ]
    assert values("They sing Monday and Tuesday nights.") == [
        ("Monday", "XXXX-WXX-1TNI"),
        ("Tuesday nights", "XXXX-WXX-2TNI"),
    ]


def test_a_like_period_after_many_months_is_of_a_year() -> None:
    found = values("Profit of the nine months rose from the like period of 2021.")
    assert found == [("the nine months", "P9M"), ("the like period of 2021", "2021")]


def test_a_time_in_brackets_has_the_day_beside_it() -> None:
    assert [value for _, value in values("It fell at 10:45 p.m. (2045 GMT) Friday.")] == [
        "2023-03-10T22:45",
        "2023-03-10T20:45",
        "2023-03-10",
    ]
    assert [value for _, value in values("It fell at 5 p.m. (May 1998).")] == ["2023-03-15T17:00", "1998-05"]


def test_the_first_half_is_a_part_of_the_year_in_reports_only() -> None:
    assert values("The first-half profit of 2019 rose.")[0] == ("first-half", "2023-H1")
    assert values("He shot a first-half goal.") == []


def test_september_11_is_that_of_2001_in_later_articles_only() -> None:
    sentence = "It recalled the Sept. 11 attacks."
    assert one(sentence, published_on=None).timex_value == "2001-09-11"
    assert one(sentence, published_on=date(1998, 3, 6)).timex_value == "1997-09-11"
    assert one("It recalled the Sept. 11, 2012, attacks.").timex_value == "2012-09-11"


def test_the_next_morning_follows_the_night_spoken_of() -> None:
    found = values("It rained Friday night, and the next morning he left.")
    assert [value for _, value in found] == ["2023-03-10TNI", "2023-03-11TMO"]


def test_leaves_open_what_nothing_was_spoken_of() -> None:
    found = one("Three days earlier she had come back.")
    assert (found.timex_value, found.begins_on, found.ends_on) == ("XXXX-XX-XX", None, None)


def test_later_than_no_date_is_a_length() -> None:
    found = one("A year and a half later she came back.")
    assert (found.text, found.timex_type, found.timex_value) == ("A year and a half", "DURATION", "P1Y6M")


UNDATED = [
    ("The pilot landed on Friday.", "XXXX-WXX-5"),
    ("The pilot landed on July 26.", "XXXX-07-26"),
    ("The pilot landed in August.", "XXXX-08"),
    ("The pilot landed yesterday.", "XXXX-XX-XX"),
    ("The pilot landed last week.", "XXXX-WXX"),
    ("The pilot landed last year.", "XXXX"),
    ("Sales fell in the third quarter.", "XXXX-Q3"),
    ("The choir sang on Easter Sunday.", "XXXX-XX-XX"),
    ("The siren rang on Tuesday evening.", "XXXX-WXX-2TEV"),
    ("The choir sang the day after Christmas.", "XXXX-XX-XX"),
    ("The pilot retired a year ago this week.", "XXXX-WXX"),
    ("The club that she led eight years earlier is rich.", "XXXX"),
]


@pytest.mark.parametrize(("sentence", "value"), UNDATED)
def test_an_undated_article_has_no_days_for_what_depends_on_its_date(sentence: str, value: str) -> None:
    found = one(sentence, published_on=None)
    assert (found.timex_value, found.begins_on, found.ends_on) == (value, None, None)


def test_an_undated_article_has_the_days_of_full_dates() -> None:
    assert one("The pilot landed on July 26, 2019.", published_on=None).begins_on == date(2019, 7, 26)


def test_candidates_can_be_resolved_again_with_another_date() -> None:
    article = make_article("The pilot landed yesterday.", published_on=None)
    paragraphs = [(paragraph.char_start, recognise(paragraph.parse)) for paragraph in article.paragraphs]
    for day, value in ((date(2020, 3, 1), "2020-02-29"), (date(2024, 1, 1), "2023-12-31")):
        assert resolve_times(article.text, paragraphs, (), day)[0].timex_value == value


def test_gives_spans_in_the_article_and_the_sentence() -> None:
    article = make_article("It rained. It snowed on Monday.", "It hailed on Tuesday, 5 May 2020.")
    cuts = [(0, 10), (11, 31), (33, 66)]
    sentences = [
        Sentence(number, number // 2, article.text[start:end], start, end)
        for number, (start, end) in enumerate(cuts)
    ]
    found = find_times(article, sentences)
    assert [(time.text, time.sentence_no) for time in found] == [("Monday", 1), ("Tuesday, 5 May 2020", 2)]
    assert all(article.text[time.char_start : time.char_end] == time.text for time in found)


def test_the_year_to_a_month_is_a_length() -> None:
    assert values("Prices rose in the year to February.") == [("the year", "P1Y"), ("February", "2023-02")]


def test_a_second_may_be_the_unit() -> None:
    found = values("The wait is now less than one second.")
    assert found == [("now", "PRESENT_REF"), ("less than one second", "PT1S")]


def test_a_second_day_has_the_month_of_the_first() -> None:
    assert values("The fair ran from March 3 to 9.") == [("March 3", "2023-03-03"), ("9", "2023-03-09")]
    assert values("The fair ran on May 5 and 6, 2019.") == [("May 5 and 6, 2019", "2019-05-05/2019-05-06")]
    assert values("On March 3 and 60 others came.") == [("March 3", "2023-03-03")]
    assert values("On March 3 and 6 people came.") == [("March 3", "2023-03-03")]


def test_a_bracketed_time_has_the_day_behind_a_preposition() -> None:
    assert values("It struck at 2:46 p.m. (0546 GMT) on Friday.") == [
        ("2:46 p.m.", "2023-03-10T14:46"),
        ("0546 GMT", "2023-03-10T05:46"),
        ("Friday", "2023-03-10"),
    ]


def test_that_night_is_of_the_last_day_spoken_of() -> None:
    found = values("On Monday she spoke. In 2015 she had lost. That night she flew home.")
    assert [value for _, value in found] == ["2023-03-13", "2015", "2023-03-13TNI"]


def test_that_night_is_of_no_day_of_long_ago() -> None:
    found = values("On Monday she spoke.", "She sings.", "In 2015 she had lost.", "That night she wept.")
    assert [value for _, value in found] == ["2023-03-13", "2015", "XXXX-XX-XXTNI"]


def test_that_year_is_the_one_spoken_of_and_not_this_year() -> None:
    found = values("On July 5, 2010, she left.", "She is better this year.", "That year she had lost.")
    assert [value for _, value in found] == ["2010-07-05", "2023", "2010"]


def test_counts_years_from_what_was_spoken_of() -> None:
    found = values(
        "It was founded in August 1990 and sold three years later.", "Five years earlier it was new."
    )
    assert [value for _, value in found] == ["1990-08", "1993", "1988"]


def test_an_expression_stands_in_one_sentence() -> None:
    parse = next(iter(parse_paragraphs(["It airs until 9:00 a.m. Eastern stars sang. It rained."])))
    middle = parse.words.index("Eastern")
    cut = replace(parse, sentence_starts=(0, middle))
    found = [cut.text[time.start : time.end] for time in recognise(cut)]
    assert found == ["9:00 a.m."]
