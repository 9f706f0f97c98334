"""Claims and their sources as a reader finds them; real articles are skipped where they are missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest
from support import EXAMPLES, ROOT, SHARED, load_module, run_direct

HERE = Path(__file__).parent
LEAST_RIGHT_OF_24, LEAST_RIGHT_OF_16, LEAST_RIGHT_OF_20 = 19, 10, 12
"""One less each than when they were set: a claim hangs on the annotations of its sentences, too."""


STORIES = SHARED / "data/stories"
needs_stories = pytest.mark.skipif(
    not STORIES.is_dir(), reason="needs shared/data/stories beside the project"
)


class Told(NamedTuple):
    """A sentence of a claim, as the warehouse has it."""

    file: str
    raw: str
    text: str
    claim: str
    source: str


class Checked(NamedTuple):
    """A line of the list: the sentences of each source."""

    name: str
    sources: list[list[str]]

    def expect(self, told: list[Told]) -> tuple[dict[Told, int], set[Told]]:
        """Each listed sentence with the number of its source, and those that must be there."""
        listed, required = {}, set()
        for number, places in enumerate(self.sources):
            for place in places:
                found = [sentence for sentence in told if _is_at(sentence, place.removeprefix("?"))]
                listed |= dict.fromkeys(found, number)
                if not place.startswith("?"):
                    assert found, f"{place} is no sentence"
                    required |= set(found)
        return listed, required

    def is_right(self, told: list[Told]) -> bool:
        """Whether one claim has the sentences and the number of sources."""
        listed, required = self.expect(told)
        claims = {sentence.claim for sentence in required}
        members = [sentence for sentence in told if sentence.claim in claims]
        return (
            len(claims) == 1
            and all(sentence in listed for sentence in members)
            and len({sentence.source for sentence in members}) == len({listed[s] for s in members})
        )


def _is_at(sentence: Told, place: str) -> bool:
    file, at, offset = place.partition("@")
    if at:
        there = sentence.raw[int(offset) : int(offset) + 2 * len(sentence.text)]
        return sentence.file == file and _squeeze(there).startswith(_squeeze(sentence.text))
    file, _, opening = place.partition(":")
    return sentence.file == file and sentence.text.startswith(opening)


def _squeeze(text: str) -> str:
    """Without blanks: cleaning makes one of two."""
    return "".join(text.split())


def _checked(*, shared: bool, name: str = "claims_checked.tsv") -> list[Checked]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [
        Checked(name, [[place.strip() for place in source.split(";")] for source in sources.split("|")])
        for name, sources, _why in rows
        if ("@" in sources) == shared
    ]


def _stories(names: set[str]) -> dict[str, dict[str, str]]:
    """Article → its record."""
    files = [STORIES / name / "input/articles.jsonl" for name in ("events", "allsides")]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return {name: row for row in map(json.loads, lines) if (name := row["url"].rsplit("/", 1)[-1]) in names}


def _told(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Told]:
    rows = connection.execute("""
        SELECT parse_filename(source_uri), sentences.text, claim_id, source_group
        FROM claim_sentences JOIN sentences USING (article_id, sentence_no) JOIN articles USING (article_id)
    """).fetchall()
    told = []
    for name, text, claim, source in rows:
        file, _, record = name.partition("#")
        raw = (folder / file).read_text(encoding="utf-8")
        number = file.split("_")[0] + (f"#{record}" if record else "")
        told.append(Told(number, raw, text, claim, source))
    return told


def test_checked_claims_of_the_examples(examples: duckdb.DuckDBPyConnection) -> None:
    told = _told(examples, EXAMPLES)
    right = [claim.name for claim in _checked(shared=False) if claim.is_right(told)]
    assert len(right) >= LEAST_RIGHT_OF_24
    # Two reporters of one rate rise; one dam's breach in six copies and wordings of one agency's report.
    assert {"the rate is raised to 4.75 percent", "the dam broke, four villages, 3,200 people"} <= set(right)


def test_checked_claims_of_real_articles(shared_articles: Path, shared_warehouse: Path) -> None:
    with duckdb.connect(str(shared_warehouse / "news.duckdb"), read_only=True) as connection:
        told = _told(connection, shared_articles)
    right = [claim.name for claim in _checked(shared=True) if claim.is_right(told)]
    assert len(right) >= LEAST_RIGHT_OF_16
    # One agency's sentence in other words; a visit that four articles report from three sources.
    assert {"blame for the war in Ukraine", "Li Hongzhong's visit"} <= set(right)


@pytest.mark.slow
@needs_stories
def test_checked_claims_of_stories(tmp_path: Path) -> None:
    checked = _checked(shared=True, name="claims_checked_stories.tsv")
    places = [place.removeprefix("?") for claim in checked for source in claim.sources for place in source]
    records = _stories({place.partition("@")[0] for place in places})
    lines = (json.dumps(record) for record in records.values())
    (tmp_path / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    run_direct(tmp_path / "articles.jsonl", tmp_path / "warehouse")
    with duckdb.connect(str(tmp_path / "warehouse/news.duckdb"), read_only=True) as connection:
        rows = connection.execute("""
            SELECT parse_filename(url), sentences.text, claim_id, source_group
            FROM claim_sentences JOIN sentences USING (article_id, sentence_no)
            JOIN articles USING (article_id)
        """).fetchall()
    told = [Told(name, records[name]["text"], *row) for name, *row in rows]
    assert sum(claim.is_right(told) for claim in checked) >= LEAST_RIGHT_OF_20


@pytest.mark.slow
@needs_stories
def test_labelled_pairs() -> None:
    benchmark = load_module(ROOT / "benchmarks" / "claims.py")
    pairs = benchmark.read_pairs(HERE / "claim_pairs.tsv")
    records = benchmark.read_stories(STORIES, pairs)
    scores = benchmark.measure(benchmark.make_inputs(records, benchmark.extract(records)), pairs)
    assert scores["precision"] >= 0.90
    assert scores["recall"] >= 0.75
