"""Bylines, credits, datelines."""

import pytest

from flows.text.clean.metadata import find_agencies, find_dateline, parse_authors
from flows.text.clean.metadata.authors import is_names_line
from flows.text.clean.page.metadata import choose_authors


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("By Jane Doe", ("Jane Doe",)),
        ("By Jane Doe and John Roe, Associated Press", ("Jane Doe", "John Roe")),
        ("Jane Doe, John Roe & Ana de la Cruz", ("Jane Doe", "John Roe", "Ana de la Cruz")),
        ("by JANE DOE, Political Editor", ("JANE DOE",)),
        ("Jane Doe - The Veldora Courier - Friday", ("Jane Doe",)),
        ("By Jane Doe in Veldora", ("Jane Doe",)),
        ("Written by: Zoë O'Brien-Smith", ("Zoë O'Brien-Smith",)),
        ("By Reuters", ()),
        ("Staff Reporter", ()),
        ("https://courier.example/jane", ()),
        ("jane@courier.example", ()),
        ("admin", ()),
        ("By Jane Doe, Jr., and Li Na", ("Jane Doe, Jr.", "Li Na")),
        ("新間", ("新間",)),
        ("", ()),
        ("x " * 500, ()),
    ],
)
def test_people_of_a_byline(byline: str, people: tuple[str, ...]) -> None:
    assert parse_authors(byline) == people


def test_names_line() -> None:
    assert is_names_line("Jane Doe/John Roe")
    assert not is_names_line("The bridge is closed")
    assert not is_names_line("Jane Doe left the meeting early")


def test_declared_people_come_before_the_byline_and_desks_last() -> None:
    assert choose_authors(["Jane Doe"], ["By John Roe"], outlet=None) == ("Jane Doe",)
    assert choose_authors(["The Courier"], ["By John Roe"], outlet="Courier") == ("John Roe",)
    assert choose_authors(["Associated Press"], [], outlet="Courier") == ("Associated Press",)
    assert choose_authors(["https://courier.example/jane"], [], outlet=None) == ()


@pytest.mark.parametrize(
    ("paragraph", "dateline"),
    [
        ("BEIJING (AP) — The council met.", "BEIJING (AP)"),
        ("LONDON, March 3 (Reuters) - The council met.", "LONDON, March 3 (Reuters)"),
        ("BEIRUT/THE HAGUE, March 7 (Reuters) - The council met.", "BEIRUT/THE HAGUE, March 7 (Reuters)"),
        ("LA CROSSE, Wis. (AP) — After a summer", "LA CROSSE, Wis. (AP)"),
        ("New York (AFP) – The council met.", "New York (AFP)"),
        ("PUTRAJAYA, Nov 22 — Private companies", "PUTRAJAYA, Nov 22"),
        ("BHOPAL: The council met.", "BHOPAL"),
        ("(Reuters) - The council met.", "(Reuters)"),
        ("ERIE, Pa. — The council met.", "ERIE, Pa."),
        ("BREAKING: The council met.", None),
        ("WARNING: GRAPHIC CONTENT The council met.", None),
        ("CHINESE AGGRESSION: Manila accused", None),
        ("The council met - at last.", None),
        ("Jane Doe (AP) said that the council met.", None),
        ("", None),
    ],
)
def test_dateline(paragraph: str, dateline: str | None) -> None:
    assert find_dateline(paragraph) == dateline


@pytest.mark.parametrize(
    ("dateline", "byline", "credits_", "text", "agencies"),
    [
        ("BEIJING (AP)", None, (), "", ("AP",)),
        ("PARIS (AFP/Reuters)", None, (), "", ("AFP", "Reuters")),
        ("COLUMBIA, Mo. (KMIZ)", None, (), "", ()),
        (None, "By Jane Doe, Associated Press", (), "", ("AP",)),
        (None, "Jane Doe and AP", (), "", ("AP",)),
        (None, "By Press Association", (), "", ("PA",)),
        (None, None, ("ss/fb (AFP, Reuters)",), "", ("AFP", "Reuters")),
        (None, None, ("jd/mr (LNW, AP)",), "", ("AP",)),
        (None, None, ("(Mira Sand/Reuters)",), "", ()),
        (None, None, ("Photo: Mira Sand via AP",), "", ()),
        (None, None, ("(Korean Central News Agency/Korea News Service via AP)",), "", ()),
        (None, None, (), "It ends.\n\nWith inputs from ANI", ("ANI",)),
        (None, None, (), "It ends.\n\nThe Associated Press contributed to this report.", ("AP",)),
        (None, None, (), "It ends.\n\nAP writer Jane Doe in Rome contributed.", ("AP",)),
        (None, None, (), "It ends. — AFP", ("AFP",)),
        (None, None, (), "It ends. (Xinhua)", ("Xinhua",)),
        (None, None, (), "The mayor told Reuters that the bridge would close.", ()),
        (None, None, (), "He works for the Press Association in London.", ()),
        (None, None, (), "The poll was conducted by Reuters.", ()),
        (None, None, (), "She opened the map.", ()),
    ],
)
def test_agencies(
    dateline: str | None, byline: str | None, credits_: tuple[str, ...], text: str, agencies: tuple[str, ...]
) -> None:
    assert find_agencies(dateline=dateline, byline=byline, credits=credits_, text=text) == agencies
