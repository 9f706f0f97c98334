from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.text.aggregate.datelines import dateline_length, strip_dateline
from flows.text.aggregate.stories import story_titles


@pytest.mark.parametrize(
    "dateline",
    [
        "VELMARA, March 13 (NWA) - ",
        "BERLIN (AP) — ",
        "London, March 3 (Reuters) - ",
        "(Reuters) - ",
        "LOWER ORLIN - ",
        "BREAKING - ",
        "",
    ],
)
def test_a_dateline_is_stripped(dateline: str) -> None:
    assert strip_dateline(f"{dateline}A dam broke on Tuesday.") == "A dam broke on Tuesday."


@pytest.mark.parametrize(
    "text",
    [
        "NASA - which paid for it - said so.",
        "The old dam - broken on Tuesday - was safe.",
        "A second wall: none knew of it.",
    ],
)
def test_what_belongs_to_the_sentence_stays(text: str) -> None:
    assert strip_dateline(text) == text


def test_a_story_is_not_named_by_a_dateline() -> None:
    text = "VELMARA, March 13 (NWA) - A dam broke on Tuesday.\n\nNobody was hurt."
    articles = pl.DataFrame(
        [{"article_id": "a", "title": None, "text": text}], schema_overrides={"title": pl.String}
    )
    stories = pl.DataFrame({"article_id": ["a"], "story_id": ["s"]})
    assert story_titles(articles, stories)["title"].to_list() == ["A dam broke on Tuesday."]


@given(st.text(max_size=120))
def test_the_length_is_within_the_text(text: str) -> None:
    assert 0 <= dateline_length(text) <= len(text)
