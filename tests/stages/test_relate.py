"""Who shares text with whom, article by article: the pairs of unchanged articles are kept, all are right."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.stages.relate import Related, relate_articles
from flows.text.aggregate.reuse import digest_texts
from flows.text.aggregate.reuse import find as find_module

REPORT = "The ferry Alma drifted off Nordvik for two hours on Monday when its engine failed, it was said."
TEXTS = (
    REPORT,
    REPORT + " Forty passengers waited for the coast guard.",
    "Before dawn nobody knew. " + REPORT,
    "Farmers of Tarland oppose the water tax because their wells are deep and old, they said.",
)
SCHEMA = {"article_id": pl.String, "text": pl.String, "published_on": pl.Date, "published_at": pl.Datetime}
NO_CREDITS = pl.DataFrame(
    schema={"article_id": pl.String, "agency": pl.String, "evidence": pl.List(pl.String)}
)

Told = dict[int, tuple[int, int]]
"""Number of an article → which text it has, on which day."""


def relate(told: Told, folder: Path, earlier: Path | None = None, *, unread: Collection[int] = ()) -> Related:
    rows = [(f"a{n:02}", TEXTS[text], date(2024, 3, day), None) for n, (text, day) in told.items()]
    texts = pl.DataFrame(rows, schema=SCHEMA, orient="row").sort("article_id")
    articles = texts.drop("text").with_columns(digest_texts(texts)["digest"])
    there = texts.filter(~pl.col("article_id").is_in([f"a{n:02}" for n in unread]))
    return relate_articles(articles, there.lazy(), NO_CREDITS, earlier, folder=folder)


def found(related: Related) -> list[list[tuple[object, ...]]]:
    return [rows.scan().collect().sort(pl.all()).rows() for rows in (related.pairs, related.spans)]


TOLD = st.dictionaries(st.integers(0, 9), st.tuples(st.integers(0, 3), st.integers(1, 2)), max_size=8)


@given(TOLD, TOLD, TOLD)
@settings(max_examples=15, deadline=None)
@example({0: (0, 1)}, {0: (0, 1), 1: (1, 1)}, {0: (0, 1), 1: (1, 1), 2: (2, 1)})
@example({5: (0, 1), 6: (0, 1), 7: (0, 1)}, {1: (0, 1), 5: (0, 1), 6: (0, 1), 7: (0, 1)}, {7: (0, 1)})
def test_step_by_step_is_all_at_once(
    tmp_path_factory: pytest.TempPathFactory, first: Told, second: Told, third: Told
) -> None:
    folder, earlier = tmp_path_factory.mktemp("related"), None
    with pytest.MonkeyPatch.context() as patch:
        # "Many" copies are few here, so that some steps reach that number and some fall below it.
        patch.setattr(find_module, "MANY_COPIES", 2)
        for number, told in enumerate((first, second, third)):
            related = relate(told, folder / str(number), earlier)
            assert found(related) == found(relate(told, folder / f"anew {number}"))
            earlier = folder / str(number)


def test_pairs_of_unchanged_articles_are_linked(tmp_path: Path) -> None:
    first: Told = {number: (number % 4, 1) for number in range(9)}
    relate(first, tmp_path / "1")
    relate(first | {9: (0, 2)}, tmp_path / "2", tmp_path / "1")
    for name in ("reuse_pairs", "shared_spans"):
        old, new = (sorted((tmp_path / folder / name).iterdir()) for folder in ("1", "2"))
        assert (len(old), len(new)) == (1, 2)
        assert old[0].stat().st_ino == new[0].stat().st_ino


def test_texts_that_were_compared_before_are_not_read_again(tmp_path: Path) -> None:
    first: Told = {number: (number % 3, 1) for number in range(6)}
    relate(first, tmp_path / "1")
    all_told = first | {6: (3, 2), 7: (0, 2)}
    added = relate(all_told, tmp_path / "2", tmp_path / "1", unread=[*first, 7])
    assert found(added) == found(relate(all_told, tmp_path / "anew"))


def test_a_day_that_changes_changes_who_had_it_from_whom(tmp_path: Path) -> None:
    first = relate({0: (0, 1), 1: (1, 2)}, tmp_path / "1")
    related = relate({0: (0, 1), 1: (1, 1)}, tmp_path / "2", tmp_path / "1")
    assert related.pairs.scan().select("direction").collect()["direction"].to_list() == [None, None]
    assert sorted(first.pairs.scan().collect()["direction"]) == ["from", "to"]
