"""A warehouse that somebody or some disk damaged: what commands say, and that what they advise helps."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from sinks import free_port
from support import run_direct

from flows import commands
from flows.doctor import Finding, examine
from flows.errors import ChecksFailedError
from flows.settings import Settings
from flows.stages.damage import DamagedPartsError, find_damage
from flows.stages.ledger import Ledger
from flows.status import read_status
from flows.store.damage import HEADER_BYTES, DamagedVersionError
from flows.store.damage import find_damage as find_version_damage
from flows.store.query import QueryError, open_published

WEIR = (
    " date 2024-03-13 The weir at Orlin gave way on Tuesday night, officials said.\n\n"
    '"We had eleven minutes," said Ines Halvard, the mayor of Lower Orlin.'
)
CROWN = " date 2024-05-01 The crown fell against the euro on Wednesday, Tolland Bank said."
GARBAGE = bytes(range(7, 250)) * 9


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Inputs and a warehouse made of them; tests copy both."""
    place = tmp_path_factory.mktemp("sound")
    (place / "in").mkdir()
    (place / "in" / "weir.txt").write_text(WEIR)
    (place / "in" / "flood.txt").write_text(WEIR.replace("Tuesday", "Monday") + " The flood took two barns.")
    run_direct(place / "in", place / "w")
    return place


@pytest.fixture
def place(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "place"))


@pytest.fixture
def settings(place: Path) -> Settings:
    return Settings(warehouse=place / "w", workers=1, server_port=free_port())


def count(warehouse: Path, relation: str = "articles") -> int:
    with duckdb.connect(str(warehouse / "news.duckdb"), read_only=True) as connection:
        return len(connection.execute(f"FROM {relation}").fetchall())


def findings(settings: Settings, name: str) -> list[Finding]:
    return [found for found in examine(settings) if found.name == name]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "garbage": lambda _: GARBAGE,
    "cut": lambda content: content[:-5000],
    "empty": lambda _: b"",
}


@pytest.mark.parametrize("damage", list(DAMAGES))
def test_a_damaged_published_file_is_named_with_what_to_do(settings: Settings, damage: str) -> None:
    assert findings(settings, "published")[0].is_good
    settings.database.write_bytes(DAMAGES[damage](settings.database.read_bytes()))
    assert not findings(settings, "published")[0].is_good
    with (
        pytest.raises(DamagedVersionError, match=r"(?s)news\.duckdb cannot be read: .*copydesk rollback"),
        open_published(settings.database),
    ):
        pass
    with pytest.raises(DamagedVersionError):
        read_status(settings)
    with pytest.raises(ChecksFailedError, match="cannot be read") as failed:
        commands.check(settings)
    assert failed.value.exit_status == 3


def test_a_damaged_published_file_is_made_again_by_the_next_run(place: Path, settings: Settings) -> None:
    settings.database.write_bytes(DAMAGES["cut"](settings.database.read_bytes()))
    summary = run_direct(place / "in", settings.warehouse)
    assert (summary.status, summary.n_new) == ("published", 0)
    assert count(settings.warehouse) == 2
    assert findings(settings, "published")[0].is_good


def read_articles(settings: Settings) -> None:
    with open_published(settings.database) as connection:
        connection.execute("SELECT sum(hash(articles)) FROM articles").fetchall()


def overwrite_a_data_block(settings: Settings) -> None:
    """One that shows only when it is read: the file can be opened."""
    whole = settings.database.read_bytes()
    for start in range(HEADER_BYTES, len(whole), 262_144):
        content = bytearray(whole)
        content[start + 60] ^= 255
        settings.database.write_bytes(content)
        if find_version_damage(settings.database) is None:
            try:
                read_articles(settings)
            except DamagedVersionError:
                return
    pytest.fail("no block holds articles and nothing else")


def test_an_overwritten_block_fails_who_reads_it(settings: Settings) -> None:
    overwrite_a_data_block(settings)
    with pytest.raises(DamagedVersionError, match=r"news\.duckdb cannot be read: .*checksum"):
        read_articles(settings)
    with pytest.raises(ChecksFailedError) as failed:
        commands.check(settings)
    assert any("checksum" in str(result.sample) for result in failed.value.verdict.critical)


WRITER = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"


def test_a_database_that_another_program_writes_to_is_not_damaged(place: Path, settings: Settings) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(settings.database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "open"
        with pytest.raises(QueryError, match="Conflicting lock"), open_published(settings.database):
            pass
        assert run_direct(place / "in", settings.warehouse).status == "unchanged"
    finally:
        holder.communicate("")


def damaged_file(parts: Path, pattern: str) -> Path:
    path = sorted(parts.glob(pattern))[0]
    path.write_bytes(GARBAGE)
    return path


def remove(*paths: Path) -> None:
    for path in paths:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


REMEDIES: dict[str, Callable[[Path, Path], None]] = {
    "clean/*/*/articles.parquet": lambda path, _: remove(path.parent),
    "aggregates/*/*/claims.parquet": lambda _, parts: remove(parts / "aggregates"),
    "ledger/state.json": lambda path, _: remove(path),
    "ledger/runs/*.parquet": lambda path, parts: remove(*parts.glob(f"ledger/*/{path.name}")),
    "raw/*.parquet": lambda path, parts: remove(path, parts / "ledger" / "inputs.parquet"),
}


@pytest.mark.parametrize("pattern", list(REMEDIES))
def test_a_damaged_part_is_named_with_a_remedy_that_helps(
    place: Path, settings: Settings, pattern: str
) -> None:
    (place / "in" / "crown.txt").write_text(CROWN)
    path = damaged_file(settings.parts, pattern)
    assert [found.detail.split(": ")[0] for found in findings(settings, "parts")] == [str(path)]
    with pytest.raises(DamagedPartsError) as failed:
        run_direct(place / "in", settings.warehouse)
    assert [damage.path for damage in failed.value.found] == [path]
    assert "remove" in str(failed.value)
    assert count(settings.warehouse) == 2
    REMEDIES[pattern](path, settings.parts)
    assert run_direct(place / "in", settings.warehouse).status == "published"
    assert count(settings.warehouse) == 3
    assert findings(settings, "parts") == [Finding("parts", True, "can be read")]


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("annotations/code/batch/quotes.parquet", "remove {parts}/annotations/code/batch and run again"),
        ("parses/code/a.parquet", "remove this file and run again"),
        ("aggregates/code/a/statements/000.arrow", "remove {parts}/aggregates and run again"),
        ("ledger/inputs.parquet", "remove this file and run again"),
        ("ledger/quality/until-x.parquet", "or remove {parts}/ledger/*/until-x.parquet"),
        ("ledger/alerts/incidents.json", "remove this file"),
    ],
)
def test_every_kind_of_part_has_a_remedy(tmp_path: Path, name: str, advice: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_bytes(GARBAGE)
    ((damage),) = find_damage(tmp_path)
    assert damage.path == path
    assert advice.format(parts=tmp_path) in damage.remedy


def test_a_page_that_is_damaged_behind_a_sound_footer_is_found(place: Path, settings: Settings) -> None:
    path = next(settings.parts.glob("clean/*/*/articles.parquet"))
    content = bytearray(path.read_bytes())
    content[4:200] = bytes(196)
    path.write_bytes(bytes(content))
    (place / "in" / "crown.txt").write_text(CROWN)
    with pytest.raises(DamagedPartsError, match=r"articles\.parquet"):
        run_direct(place / "in", settings.warehouse)


def test_a_file_that_is_gone_from_a_part_is_named(place: Path, settings: Settings) -> None:
    path = next(settings.parts.glob("clean/*/*/blocks.parquet"))
    path.unlink()
    (place / "in" / "crown.txt").write_text(CROWN)
    with pytest.raises(DamagedPartsError, match=r"blocks\.parquet: it is missing; remove "):
        run_direct(place / "in", settings.warehouse)


@pytest.mark.parametrize("content", ["", "[]", '{"feeds": 3}', '{"published_key": ["a"]}', "\ud800"])
def test_a_state_that_means_nothing_is_damage_to_every_reader(settings: Settings, content: str) -> None:
    path = settings.parts / "ledger" / "state.json"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(DamagedPartsError, match=r"state\.json: .*remove this file and run again"):
        Ledger(path.parent).read_state()
    assert not findings(settings, "parts")[0].is_good


def test_a_state_of_other_code_is_read_as_far_as_it_is_known(settings: Settings) -> None:
    path = settings.parts / "ledger" / "state.json"
    path.write_text('{"published_key": "k", "published_version": "v", "feeds": {"u": {"etag": "e"}}}')
    state = Ledger(path.parent).read_state()
    assert (state.published_key, state.aggregates, state.feeds) == ("k", None, {"u": {"etag": "e"}})


def test_what_another_account_owns_or_a_run_writes_is_no_damage(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (settings.parts / "clean" / ".part.1a2b3c4d").mkdir()
    (settings.parts / "clean" / ".part.1a2b3c4d" / "articles.parquet").write_bytes(b"half")
    assert find_damage(settings.parts) == []

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("flows.stages.damage._READERS", {".parquet": (refuse, refuse)})
    assert find_damage(settings.parts) == []


def test_doctor_tells_of_what_it_may_not_look_at(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> str:
        raise PermissionError(13, "Permission denied", "/srv/news/.lock")

    monkeypatch.setattr("flows.doctor.read_holder", refuse)
    assert [found.is_good for found in findings(settings, "lock")] == [False]
    assert findings(replace(settings, warehouse=settings.warehouse / "other"), "published")[0].is_good
