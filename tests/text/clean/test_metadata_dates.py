"""Written dates to days and instants."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.text.clean.metadata import parse_published

TODAY = date(2031, 3, 6)


@pytest.mark.parametrize(
    ("value", "day", "instant"),
    [
        ("2030-05-07", date(2030, 5, 7), None),
        ("20300507", date(2030, 5, 7), None),
        ("2030-05-07T22:30:00Z", date(2030, 5, 7), datetime(2030, 5, 7, 22, 30, tzinfo=UTC)),
        ("2030-05-07T22:30:15.123-0500", date(2030, 5, 7), datetime(2030, 5, 8, 3, 30, 15, tzinfo=UTC)),
        ("2030-05-07 22:30:00 +02:00", date(2030, 5, 7), datetime(2030, 5, 7, 20, 30, tzinfo=UTC)),
        ("2030-05-07T22:30:00", date(2030, 5, 7), None),
        ("Tue, 07 May 2030 22:30:00 +0100", date(2030, 5, 7), datetime(2030, 5, 7, 21, 30, tzinfo=UTC)),
        ("1904423400", date(2030, 5, 7), datetime(2030, 5, 7, 22, 30, tzinfo=UTC)),
        ("1904423400000", date(2030, 5, 7), datetime(2030, 5, 7, 22, 30, tzinfo=UTC)),
        ("Published: 15:56 BST, 7 May 2030", date(2030, 5, 7), datetime(2030, 5, 7, 14, 56, tzinfo=UTC)),
        ("May 7th, 2030 2:26 PM GMT+2", date(2030, 5, 7), datetime(2030, 5, 7, 12, 26, tzinfo=UTC)),
        ("12:20am Jan 7, 2030", date(2030, 1, 7), None),
        ("By Ines Halloran | Monday, May 6, 2030", date(2030, 5, 6), None),
        ("27/04/2030", date(2030, 4, 27), None),
        ("04/27/2030", date(2030, 4, 27), None),
        ("2030/5/7", date(2030, 5, 7), None),
    ],
)
def test_read(value: str, day: date, instant: datetime | None) -> None:
    assert parse_published(value, today=TODAY) == (day, instant)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "today",
        "04/05/2030",
        "2030-02-30",
        "2031-03-07",
        "1899-12-30",
        "0000-00-00",
        "2030",
        "May",
        "x" * 500,
        "99:99",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "Fri, 31 Dec 9999 23:59:59 -1200",
        "31 December 9999 23:59 GMT-12",
    ],
)
def test_none_where_no_day_is_meant(value: str) -> None:
    assert parse_published(value, today=TODAY) is None


def test_tomorrow_in_auckland_is_today() -> None:
    assert parse_published("2031-03-07T01:00:00+13:00", today=TODAY) == (
        date(2031, 3, 7),
        datetime(2031, 3, 6, 12, 0, tzinfo=UTC),
    )


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2031, 3, 4)), st.integers(-12, 14))
def test_iso_round_trip(moment: datetime, hours: int) -> None:
    sign = "-" if hours < 0 else "+"
    found = parse_published(f"{moment:%Y-%m-%dT%H:%M:%S}{sign}{abs(hours):02d}:00", today=TODAY)
    assert found is not None
    day, instant = found
    assert day == moment.date()
    assert instant is not None
    assert (moment.replace(microsecond=0, tzinfo=UTC) - instant).total_seconds() == hours * 3600


@given(st.text(max_size=60))
def test_any_text_is_read_without_error(value: str) -> None:
    found = parse_published(value, today=TODAY)
    assert found is None or found[0].year >= 1900


@given(st.datetimes(), st.integers(-23, 23))
def test_any_instant_of_the_calendar_is_read_without_error(moment: datetime, hours: int) -> None:
    zone = f"{'-' if hours < 0 else '+'}{abs(hours):02d}00"
    for value in (
        f"{moment.isoformat()}{zone}",
        f"{moment:%a, %d %b} {moment.year:04d} {moment:%H:%M:%S} {zone}",
    ):
        found = parse_published(value, today=TODAY)
        assert found is None or 1900 <= found[0].year <= 2031
