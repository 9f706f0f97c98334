"""Undated articles that take a day from their copies: their times become days, and follow the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from flows import steps
from flows.run import new_request
from flows.settings import Settings
from flows.stages import parses as parses_module
from flows.stages.aggregate import aggregate_parts, relation_parts
from flows.stages.extract import Reader, annotate_texts, annotated_batches, pending_texts
from flows.stages.schemas import AGGREGATES
from flows.text.extract.parse import DEFAULT_MODEL

from .settled_folder import write_settled

WIRE = (
    "The ferry Alma ran aground off Nordvik on Tuesday evening with forty passengers aboard.",
    "The coast guard brought all of them to Nordvik harbour within two hours, its chief said.",
    "Divers will look at the hull on Friday, and repairs may take until next month.",
)
WEDNESDAY = date(2024, 3, 13)
TUESDAY, FRIDAY = date(2024, 3, 12), date(2024, 3, 15)
LATER = date(2024, 3, 20)
COPY, LATE_COPY, UNDATED = "copy", "late", "undated"


class Desk:
    """A warehouse's parts, of which aggregates are made one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.name = folder, ""
        self.reader = Reader(folder / "parts", DEFAULT_MODEL)

    def aggregate(self, days: Mapping[str, date | None]) -> dict[str, pl.DataFrame]:
        """All relations of the articles, which are copies of one text but for a line of their own."""
        articles = {name: (*WIRE, f"{name.title()} sent this.") for name in days}
        settled = write_settled(self.folder / "settled", articles, days)
        reader = self.reader
        annotate_texts(settled, pending_texts(settled, reader.annotations), reader.annotations, reader)
        aggregates = self.folder / "aggregates"
        batches = annotated_batches(reader.annotations)
        self.name = aggregate_parts(settled, batches, aggregates, previous=self.name, reader=reader)
        return {name: pl.read_parquet(relation_parts(aggregates / self.name, name)) for name in AGGREGATES}

    def times(self, frames: Mapping[str, pl.DataFrame], article: str = UNDATED) -> Sequence[date | None]:
        """The first days of the article's times that count."""
        dated = frames["dated_texts"].filter(pl.col("article_id") == article)["text_id"]
        folder = self.reader.dated_annotations if len(dated) else self.reader.annotations
        times = pl.read_parquet([path / "times.parquet" for path in annotated_batches(folder)])
        wanted = pl.col("text_id").is_in(dated.implode()) if len(dated) else pl.lit(True)
        return times.filter(wanted, pl.col("article_id") == article).sort("char_start")["begins_on"].to_list()


def test_relative_times_of_an_undated_article_become_days(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert set(desk.times(desk.aggregate({UNDATED: None}))) == {None}
    times = desk.times(desk.aggregate({UNDATED: None, COPY: WEDNESDAY}))
    assert [day for day in times if day in (TUESDAY, FRIDAY)] == [TUESDAY, FRIDAY]


def test_a_day_that_changes_or_goes_away_is_followed_and_nothing_is_parsed_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path / "one")
    first = desk.aggregate({UNDATED: None, COPY: WEDNESDAY})
    assert TUESDAY in desk.times(first)
    with monkeypatch.context() as context:
        context.setattr(parses_module, "parse_paragraphs", None)
        unsure = desk.aggregate({UNDATED: None})
        assert set(desk.times(unsure)) == {None}
        assert unsure["timeline"].is_empty()
        changed = desk.aggregate({UNDATED: None, COPY: LATER})
        assert date(2024, 3, 19) in desk.times(changed)
    anew = Desk(tmp_path / "two").aggregate({UNDATED: None, COPY: LATER})
    assert {name: frame.rows() for name, frame in changed.items()} == {
        name: frame.rows() for name, frame in anew.items()
    }


def test_days_that_disagree_give_none(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    frames = desk.aggregate({UNDATED: None, COPY: WEDNESDAY, LATE_COPY: LATER})
    assert frames["dated_texts"].is_empty()


def build(source: Path, warehouse: Path) -> Path:
    """The database of what lies in the source, without checks."""
    request = new_request([str(source)], Settings(warehouse=warehouse, workers=1))
    cleaned = steps.clean(request, steps.ingest(request))
    return steps.aggregate(request, cleaned, steps.extract(request, cleaned)).database


def test_the_database_shows_the_annotations_with_the_day(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    text = "\n\n".join(WIRE)
    (source / "dated.txt").write_text(f" date 2024-03-13 {text}")
    (source / "undated.txt").write_text(f"{text}\n\nPhotographs show the ferry on a sandbank.")
    with duckdb.connect(str(build(source, tmp_path / "warehouse")), read_only=True) as database:
        undated = "(FROM articles WHERE date_basis = 'inferred')"
        assert database.execute(f"SELECT published_on FROM {undated}").fetchall() == [(WEDNESDAY,)]
        days = database.execute(
            f"SELECT begins_on FROM times SEMI JOIN {undated} USING (article_id) ORDER BY char_start"
        ).fetchall()
        assert (TUESDAY,) in days
        assert (FRIDAY,) in days
        (counts,) = database.execute(
            "SELECT count(*), count(DISTINCT (article_id, sentence_no)) FROM sentences"
        ).fetchall()
        assert counts == (7, 7)
