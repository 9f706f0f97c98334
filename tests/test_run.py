"""Runs, end to end without Prefect: what a run leaves behind, and what it must not change."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import polars as pl
import pytest
from support import EXAMPLES, ROOT, run_direct

from flows.errors import ExtractionFailedError, NoReadableInputError
from flows.run import new_request
from flows.settings import Settings
from flows.sources import InputItem
from flows.stages import extract as stages_extract
from flows.stages.ledger import Ledger
from flows.steps import DirectSteps
from flows.store.publish import roll_back
from flows.summary import summary_lines
from flows.text.extract.article import Annotations, extract_article
from flows.text.types import ParsedArticle

DAM = (
    "The Orlin dam broke on Tuesday night and flooded four villages, officials said.\n\n"
    '"We had eleven minutes," said Ines Halvard, the mayor of Lower Orlin. She thanked the crews.\n\n'
    "About 3,200 people had to leave their homes, the civil protection agency said on Wednesday."
)

MORE = "\n\nKestria has sent six boats and forty rescuers to the valley."


def ask(warehouse: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(warehouse / "news.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def contents(warehouse: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every relation of `main` as a reader sees it."""
    with duckdb.connect(str(warehouse / "news.duckdb"), read_only=True) as connection:
        views = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        return {name: sorted(connection.execute(f"FROM {name}").fetchall(), key=repr) for (name,) in views}


def write_inputs(path: Path) -> Path:
    path.mkdir()
    (path / "a.txt").write_text(f" date 2024-03-13 {DAM}")
    (path / "b.jsonl").write_text(
        json.dumps(
            {
                "url": "https://courier.example/b",
                "title": "B",
                "date": "2024-03-14",
                "text": DAM + MORE,
            }
        )
    )
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_inputs(tmp_path / "in")


@pytest.fixture(scope="module")
def first_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run on the folder makes; tests copy it."""
    place = tmp_path_factory.mktemp("first")
    assert run_direct(write_inputs(place / "in"), place / "w").status == "published"
    return place / "w"


@pytest.fixture
def warehouse(first_warehouse: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first_warehouse, tmp_path / "w"))


def test_the_junk_example_is_rejected_and_the_rest_is_published(examples: duckdb.DuckDBPyConnection) -> None:
    rows = examples.execute("SELECT source_uri, reason FROM rejected_inputs").fetchall()
    assert [(str(uri).rsplit("/", 1)[-1], reason) for uri, reason in rows] == [("10_scan.txt", "binary")]
    assert examples.execute("SELECT n_new, n_rejected, status FROM runs").fetchall() == [(11, 1, "published")]


def test_an_undated_example_gets_no_date_of_its_own(examples: duckdb.DuckDBPyConnection) -> None:
    rows = examples.execute(
        "SELECT published_on, date_basis FROM articles WHERE source_uri LIKE '%06_%'"
    ).fetchall()
    assert all(basis in (None, "inferred") for _, basis in rows)
    assert len(rows) == 1


def test_the_icon_labels_are_gone_and_the_captions_are_captions(examples: duckdb.DuckDBPyConnection) -> None:
    text = examples.execute("SELECT text FROM articles WHERE source_uri LIKE '%08_%'").fetchall()[0][0]
    assert "icon of" not in text
    assert "Sign up" not in text
    captions = examples.execute(
        "SELECT count(*) FROM paragraphs JOIN articles USING (article_id) "
        "WHERE source_uri LIKE '%08_%' AND role = 'caption'"
    ).fetchone()
    assert captions is not None
    assert captions[0] >= 2


def test_a_second_run_on_the_same_input_publishes_nothing(folder: Path, warehouse: Path) -> None:
    before = contents(warehouse)
    assert run_direct(folder, warehouse).status == "unchanged"
    assert contents(warehouse) == before
    assert len(list((warehouse / "versions").iterdir())) == 1


def test_one_added_article_changes_only_what_it_must(folder: Path, warehouse: Path) -> None:
    before = contents(warehouse)
    (folder / "c.txt").write_text(
        " date 2024-05-01 The crown fell against the euro, Tolland Bank said on Wednesday."
    )
    assert run_direct(folder, warehouse).n_new == 1
    after = contents(warehouse)
    for relation in ("articles", "sentences", "quotes", "paragraphs", "times", "claims", "stories"):
        assert set(map(repr, before[relation])) <= set(map(repr, after[relation])), relation


def test_changed_text_at_one_address_is_a_new_revision(folder: Path, warehouse: Path) -> None:
    changed = {"url": "https://courier.example/b", "title": "B", "date": "2024-03-14", "text": DAM}
    (folder / "b2.jsonl").write_text(json.dumps(changed))
    (folder / "b3.jsonl").write_text(json.dumps({**changed, "text": " "}))
    summary = run_direct(folder, warehouse)
    assert (summary.n_new, summary.n_changed) == (0, 1)
    rows = ask(warehouse, "SELECT revision, text FROM article_revisions WHERE url IS NOT NULL ORDER BY 1")
    assert rows == [(1, DAM + MORE), (2, DAM)]
    assert ask(warehouse, "SELECT revision FROM articles WHERE url IS NOT NULL") == [(2,)]


def test_article_ids_do_not_depend_on_place_or_packing(folder: Path, warehouse: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "deeper"
    other.mkdir(parents=True)
    for path in folder.iterdir():
        (other / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
    run_direct(other, tmp_path / "other")
    query = "SELECT article_id, text FROM articles ORDER BY ALL"
    assert ask(warehouse, query) == ask(tmp_path / "other", query)


def test_bad_inputs_among_good_ones_are_rows_with_reasons(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_text("")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)))
    (folder / "broken.jsonl").write_text('{"text": "no end\n')
    (folder / "cut.txt.gz").write_bytes(gzip.compress(DAM.encode())[:40])
    summary = run_direct(folder, tmp_path / "w")
    assert summary.status == "published"
    assert summary.n_rejected == 4
    rows = ask(
        tmp_path / "w", "SELECT regexp_extract(source_uri, '[^/]+$'), reason, detail FROM rejected_inputs"
    )
    names = {str(name).split("#")[0] for name, _, _ in rows}
    assert names == {"empty.txt", "picture.txt", "broken.jsonl", "cut.txt.gz"}
    assert all(reason and detail for _, reason, detail in rows)


def fail_on(word: str, patch: pytest.MonkeyPatch) -> None:
    """Has the extractors fail on articles with the word."""

    def extract(article: ParsedArticle) -> Annotations:
        if word in article.text:
            raise IndexError(word)
        return extract_article(article)

    patch.setattr(stages_extract, "extract_article", extract)


def test_an_article_that_extraction_fails_on_is_set_aside_and_the_rest_goes_on(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_on("Kestria", monkeypatch)
    (folder / "c.txt").write_text(f" date 2024-03-15 {DAM} Nobody was to blame.")
    warehouse = tmp_path / "warehouse"
    assert run_direct(folder, warehouse).n_rejected == 1
    (folder / "d.txt").write_text(f" date 2024-03-16 {DAM} It was long foreseen.")
    assert run_direct(folder, warehouse).n_rejected == 1
    ((uri, reason, detail),) = ask(warehouse, "SELECT source_uri, reason, detail FROM rejected_inputs")
    assert (str(uri).rsplit("/", 1)[-1], reason) == ("b.jsonl#1", "extraction_failed")
    assert str(detail).startswith("IndexError: Kestria (test_run.py:")
    assert ask(warehouse, "SELECT count(*), count(DISTINCT article_id) FROM articles") == [(3, 3)]
    assert ask(warehouse, "SELECT count(*) FROM articles WHERE text LIKE '%Kestria%'") == [(0,)]


def test_extraction_that_fails_on_most_articles_publishes_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_on("Orlin", monkeypatch)
    with pytest.raises(ExtractionFailedError, match=r"2 of 2 articles, first with: IndexError: Orlin"):
        run_direct(folder, tmp_path / "warehouse")
    assert not (tmp_path / "warehouse/news.duckdb").exists()


def test_without_any_readable_input_the_last_version_stays(warehouse: Path, tmp_path: Path) -> None:
    before = (warehouse / "news.duckdb").read_bytes()
    (tmp_path / "junk.txt").write_bytes(bytes(range(256)))
    for _ in ("first seen", "known"):
        with pytest.raises(NoReadableInputError, match=r"junk\.txt"):
            run_direct([str(tmp_path / "junk.txt")], warehouse)
    assert (warehouse / "news.duckdb").read_bytes() == before


def why(warehouse: Path) -> list[tuple[str, str]]:
    rows = ask(warehouse, "SELECT source_uri, reason FROM rejected_inputs ORDER BY ALL")
    return [(str(uri).rsplit("/", 1)[-1], str(reason)) for uri, reason in rows]


def test_a_new_bad_file_beside_known_good_ones_is_a_row_that_readers_see(
    folder: Path, warehouse: Path
) -> None:
    (folder / "cut.txt.gz").write_bytes(gzip.compress(DAM.encode())[:40])
    summary = run_direct(folder, warehouse)
    assert (summary.status, summary.n_new, summary.n_rejected) == ("published", 0, 1)
    assert [name for name, _ in why(warehouse)] == ["cut.txt.gz"]
    assert run_direct(folder, warehouse).status == "unchanged"


def test_what_a_failed_run_set_aside_is_in_the_next_version(
    folder: Path, warehouse: Path, tmp_path: Path
) -> None:
    (tmp_path / "cut.txt.gz").write_bytes(gzip.compress(DAM.encode())[:40])
    with pytest.raises(NoReadableInputError):
        run_direct([str(tmp_path / "cut.txt.gz")], warehouse)
    assert run_direct(folder, warehouse).status == "published"
    assert [name for name, _ in why(warehouse)] == ["cut.txt.gz"]


def test_the_same_set_aside_again_is_no_new_version(
    folder: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share that stays out of reach: nothing of it can be known by its bytes."""

    def refuse(_: InputItem) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("flows.reading.fingerprint", refuse)
    (folder / "c.txt").write_text(f" date 2024-03-13 {DAM}")
    with pytest.raises(NoReadableInputError, match=r"c\.txt: \w+: .*[Pp]ermission"):
        run_direct([str(folder / "c.txt")], warehouse)
    ledger = Ledger(warehouse / "parts" / "ledger")
    name = ledger.rejections_name()
    with pytest.raises(NoReadableInputError):
        run_direct([str(folder / "c.txt")], warehouse)
    assert len(ledger.parts("rejected")) == 2
    assert ledger.rejections_name() == name


def test_the_reasons_told_are_those_of_the_inputs_given(warehouse: Path, tmp_path: Path) -> None:
    for name, content in (
        ("old.txt", b""),
        ("known.jsonl", b'{"text": "no end\n'),
        ("aside.txt", b"\0" * 90),
    ):
        (tmp_path / name).write_bytes(content)
    for name in ("known.jsonl", "aside.txt", "old.txt"):
        with pytest.raises(NoReadableInputError, match=name):
            run_direct([str(tmp_path / name)], warehouse)
    for name in ("known.jsonl", "aside.txt"):
        with pytest.raises(NoReadableInputError) as failed:
            run_direct([str(tmp_path / name)], warehouse)
        told = str(failed.value).splitlines()[1:-1]
        assert [line.rsplit("/", 1)[-1].split(":")[0].split("#")[0] for line in told] == [name]


def test_what_a_killed_run_read_is_new_once(folder: Path, warehouse: Path) -> None:
    (folder / "c.txt").write_text(" date 2024-05-01 The crown fell against the euro, Tolland Bank said.")
    settings = Settings(warehouse=warehouse, workers=1)
    killed = new_request([str(folder)], settings)
    DirectSteps.clean(killed, DirectSteps.ingest(killed))
    (settings.builds / killed.run_id).mkdir(parents=True)
    assert run_direct(folder, warehouse).n_new == 1
    assert not settings.builds.exists()
    assert run_direct(folder, warehouse).n_new == 0
    (folder / "d.txt").write_text(" date 2024-05-02 The crown rose again, Tolland Bank said on Thursday.")
    assert run_direct(folder, warehouse).n_new == 1


def test_after_a_rollback_a_run_that_finds_nothing_new_names_what_is_published(
    folder: Path, warehouse: Path
) -> None:
    first = run_direct(folder, warehouse)
    (folder / "c.txt").write_text(" date 2024-05-01 The crown fell against the euro, Tolland Bank said.")
    second = run_direct(folder, warehouse)
    roll_back(warehouse / "news.duckdb", warehouse / "versions")
    unchanged = run_direct(folder, warehouse)
    assert (unchanged.status, unchanged.version) == ("unchanged", first.version)
    assert first.version != second.version
    assert f"({first.version})" in summary_lines(unchanged)[0]
    assert ask(warehouse, "SELECT count(*) FROM articles") == [(2,)]
    (folder / "d.txt").write_text(" date 2024-05-02 The crown rose again, Tolland Bank said on Thursday.")
    assert run_direct(folder, warehouse).status == "published"
    assert ask(warehouse, "SELECT count(*) FROM articles") == [(4,)]


def n_files(warehouse: Path, stage: str) -> int:
    """Parquet files of the stage; a run renames folders meanwhile, which `rglob` does not bear."""
    listed = os.walk(warehouse / "parts" / stage)
    return sum(name.endswith(".parquet") for _, _, names in listed for name in names)


def start_run(inputs: Path, warehouse: Path) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "flows.cli",
        "run",
        str(inputs),
        "--direct",
        "--warehouse",
        str(warehouse),
    ]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.parametrize("stage", ["clean", "aggregates"])
def test_a_killed_run_leaves_the_published_version_and_the_next_run_completes(
    folder: Path, warehouse: Path, stage: str
) -> None:
    before = contents(warehouse)
    (folder / "c.txt").write_text(
        " date 2024-05-01 The crown fell against the euro, Tolland Bank said on Wednesday."
    )
    n_before = n_files(warehouse, stage)
    process = start_run(folder, warehouse)
    deadline = time.monotonic() + 60
    while n_files(warehouse, stage) == n_before and time.monotonic() < deadline:
        assert process.poll() is None, "the run ended before it could be killed"
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert contents(warehouse) == before
    assert run_direct(folder, warehouse).status == "published"
    assert ask(warehouse, "SELECT count(*) FROM articles") == [(3,)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_says_so_and_has_a_row(folder: Path, tmp_path: Path, number: int) -> None:
    """As a terminal does it: Ctrl-C goes to the workers, too, which leave the talking to the run."""
    warehouse = tmp_path / "w"
    for day in range(10, 30):
        (folder / f"{day}.txt").write_text(f" date 2024-03-{day} {DAM} Nobody was hurt on day {day}.")
    command = [sys.executable, "-m", "flows.cli", "run", str(folder), "--direct", "--workers", "2"]
    environment = {**os.environ, "COPYDESK_WAREHOUSE": str(warehouse), "COPYDESK_DOCUMENTS_PER_PART": "2"}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while not n_files(warehouse, "clean") and time.monotonic() < deadline:
        assert process.poll() is None, "the run ended before it could be interrupted"
        time.sleep(0.005)
    os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (1, "copydesk: interrupted; the published version is unchanged\n")
    rows = pl.concat([pl.read_parquet(path) for path in Ledger(warehouse / "parts" / "ledger").parts("runs")])
    assert rows.select("status", "n_seen").rows() == [("failed", 22)]


def test_the_real_articles_run_through(shared_warehouse: Path) -> None:
    dated = "count(published_on) FILTER (date_basis = 'declared')"
    assert ask(shared_warehouse, f"SELECT count(*), {dated} FROM articles") == [(5, 3)]
    assert ask(shared_warehouse, "SELECT count(*) FROM articles WHERE text LIKE '%icon of%'") == [(0,)]
    captions = (
        "SELECT count(*) FROM paragraphs WHERE role = 'caption' AND text LIKE 'North Korean leader Kim%'"
    )
    assert ask(shared_warehouse, captions) == [(2,)]
    wrong = (
        "SELECT count(*) FROM sentences s JOIN articles a USING (article_id) "
        "WHERE a.text[s.char_start + 1 : s.char_end] <> s.text"
    )
    assert ask(shared_warehouse, wrong) == [(0,)]


def test_the_examples_folder_is_what_the_demo_reads() -> None:
    assert len(list(EXAMPLES.iterdir())) == 10
