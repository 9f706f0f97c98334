"""The command as a user types it: exit statuses, where messages go, what --help says."""

from __future__ import annotations

import inspect
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from support import EXAMPLES, ROOT

from flows import cli
from flows.store.lock import hold_warehouse


def copydesk(
    *arguments: str | Path, cwd: Path = ROOT, given: bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flows.cli", *map(str, arguments)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    found = subprocess.run(
        command, cwd=cwd, env=env, input=given, capture_output=True, check=False, timeout=290
    )
    return subprocess.CompletedProcess(
        command, found.returncode, found.stdout.decode(), found.stderr.decode()
    )


@pytest.mark.parametrize(
    "command",
    ["run", "sql", "report", "check", "versions", "rollback", "status", "doctor", "serve", "backfill"],
)
def test_every_subcommand_has_help_with_examples_that_can_be_copied(command: str) -> None:
    result = copydesk(command, "--help", COLUMNS="80")
    assert result.returncode == 0
    assert "--warehouse DIR" in result.stdout
    shown = [line.strip() for line in result.stdout.splitlines()]
    written = (inspect.getdoc(getattr(cli, command)) or "").splitlines()
    examples = [line.strip() for line in written if f"copydesk {command}" in line]
    assert examples
    assert [example for example in examples if example not in shown] == []


def test_a_report_is_written_to_a_file_or_to_standard_output(example_warehouse: Path, tmp_path: Path) -> None:
    written = copydesk("report", "-o", "page.html", "--warehouse", example_warehouse, cwd=tmp_path)
    assert (written.returncode, written.stdout) == (0, "")
    assert "Wrote page.html" in written.stderr
    printed = copydesk("report", "--warehouse", example_warehouse)
    assert (printed.returncode, printed.stderr) == (0, "")
    assert printed.stdout == (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--story", "nope"], 2, "no story 'nope'"),
        (["-o", "nowhere/page.html"], 2, "nowhere/page.html is in no folder"),
        (["-o", "."], 2, ". is a folder"),
        (["--warehouse", "none"], 1, "run `copydesk run INPUT...` first"),
    ],
)
def test_a_report_that_cannot_be_written_says_why(
    arguments: list[str], status: int, words: str, example_warehouse: Path, tmp_path: Path
) -> None:
    result = copydesk("report", "--warehouse", example_warehouse, *arguments, cwd=tmp_path)
    assert result.returncode == status
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_bad_usage_is_status_2(tmp_path: Path) -> None:
    assert copydesk("run").returncode == 2
    assert copydesk("sql", "FROM articles", "--format", "xml").returncode == 2
    missing = copydesk("run", "nowhere/*.txt", "--direct", "--warehouse", tmp_path / "w")
    assert missing.returncode == 2
    assert "nowhere/*.txt" in missing.stderr
    broken = copydesk("versions", COPYDESK_WORKERS="many")
    assert broken.returncode == 2
    assert "workers" in broken.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "nowhere/*.txt"],
        ["run", str(EXAMPLES), "nowhere"],
        ["backfill", "nowhere/{day}", "--from", "2024-03-01", "--to", "2024-03-31"],
        ["backfill", "nowhere/{day.foo}", "--from", "2024-03-01", "--to", "2024-03-31"],
        ["rollback"],
    ],
)
def test_what_cannot_be_done_leaves_no_trace(arguments: list[str], tmp_path: Path) -> None:
    """No incident, no folder, no server: a slip of the keyboard is none of the warehouse's business."""
    result = copydesk(*arguments, "--warehouse", tmp_path / "w")
    assert result.returncode == (1 if arguments[0] == "rollback" else 2)
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("copydesk: ")
    assert not (tmp_path / "w").exists()


def test_settings_that_make_no_sense_are_bad_usage(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for arguments, environment, named in (
        (["status", "--warehouse", str(tmp_path / "file")], {}, "the path of a folder"),
        (["status", "--warehouse", ""], {}, "the path of a folder"),
        (["run", str(EXAMPLES), "--direct"], {"COPYDESK_MODEL": "nosuch"}, "'nosuch'"),
        (["serve", "--port", "99999999"], {}, "a port, 1 to 65535"),
        (["serve", "--cron", "nonsense"], {}, "five fields of cron"),
        (["sql", "FROM articles", "--timeout", "nan"], {}, "a number of seconds"),
    ):
        result = copydesk(*arguments, cwd=tmp_path, **environment)
        assert (result.returncode, result.stdout) == (2, ""), result.stderr
        assert named in result.stderr
        assert "Traceback" not in result.stderr
    (tmp_path / "copydesk.toml").write_text("[quality.articles]\nnosuch = {}\n")
    wrong_check = copydesk("run", EXAMPLES, "--direct", cwd=tmp_path)
    assert (wrong_check.returncode, wrong_check.stdout) == (2, "")
    assert "there is no such check" in wrong_check.stderr
    assert not (tmp_path / "warehouse").exists()


def test_what_the_machine_refuses_is_a_message(tmp_path: Path) -> None:
    result = copydesk("run", EXAMPLES, "--direct", "--warehouse", tmp_path / ("w" * 300))
    assert result.returncode == 1
    assert "File name too long" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_interrupted_says_so_and_is_written_down(
    ending: signal.Signals, tmp_path: Path
) -> None:
    status, message = interrupt_a_run(tmp_path, ending, "--direct")
    assert (status, message) == (1, "copydesk: interrupted; the published version is unchanged\n")
    runs = pl.read_parquet(list((tmp_path / "w" / "parts" / "ledger" / "runs").glob("*.parquet")))
    assert runs["status"].to_list() == ["failed"]


@pytest.fixture(scope="module")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where runs keep the temporary server's database, which takes longer to make than to use."""
    return tmp_path_factory.mktemp("prefect")


@pytest.mark.slow
def test_ctrl_c_ends_a_run_under_prefect_at_once_and_is_no_incident(
    tmp_path: Path, prefect_home: Path
) -> None:
    home = {"PREFECT_HOME": str(prefect_home), "PREFECT_API_URL": ""}
    status, message = interrupt_a_run(tmp_path, signal.SIGINT, **home)
    assert status == 1
    assert message.endswith("copydesk: interrupted; the published version is unchanged\n")
    assert "Traceback" not in message
    assert not (tmp_path / "w" / "parts" / "ledger" / "alerts").exists()


def interrupt_a_run(
    folder: Path, ending: signal.Signals, *options: str, **environment: str
) -> tuple[int, str]:
    """Status and message of a run that gets the signal in its middle: Ctrl-C goes to all its processes."""
    with socket.create_server(("127.0.0.1", 0)) as silent:  # a feed that never answers: the run waits
        feed = f"http://127.0.0.1:{silent.getsockname()[1]}/feed.xml"
        command = [sys.executable, "-m", "flows.cli", "run", feed, "--allow-private", *options]
        process = subprocess.Popen(
            [*command, "--warehouse", str(folder / "w")],
            cwd=ROOT,
            env={**os.environ, **environment},
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        silent.settimeout(100)
        with silent.accept()[0]:
            if ending == signal.SIGINT:
                os.killpg(process.pid, ending)
            else:
                process.send_signal(ending)
            message = process.communicate(timeout=60)[1]
    return process.returncode, message


def test_sql_answers_on_standard_output_from_any_folder(example_warehouse: Path, tmp_path: Path) -> None:
    result = copydesk(
        "sql",
        "SELECT count(*) AS n FROM articles",
        "--format",
        "json",
        "--warehouse",
        example_warehouse,
        cwd=tmp_path,
    )
    assert json.loads(result.stdout) == [{"n": 11}]
    named = copydesk(
        "sql", "FROM stories", "--format", "csv", COPYDESK_WAREHOUSE=str(example_warehouse), cwd=tmp_path
    )
    assert named.stdout.startswith("story_id,title,")
    table = copydesk("sql", "SHOW TABLES", "--warehouse", example_warehouse)
    assert "claim_sentences" in table.stdout


def test_queries_come_through_a_pipe_too(example_warehouse: Path) -> None:
    asked = ("sql", "--warehouse", example_warehouse, "--format", "csv")
    assert copydesk(*asked, given=b"SELECT count(*) AS n FROM articles;\n").stdout == "n\n11\n"
    garbled = copydesk(*asked, given=b"\xff\xfe SELECT 1")
    assert (garbled.returncode, garbled.stdout) == (1, "")
    assert "not UTF-8" in garbled.stderr
    assert "Traceback" not in garbled.stderr


def test_a_wrong_query_is_status_1_with_the_reason(example_warehouse: Path) -> None:
    result = copydesk("sql", "SELECT nothing FROM articles", "--warehouse", example_warehouse)
    assert (result.returncode, result.stdout) == (1, "")
    assert "nothing" in result.stderr
    assert "Traceback" not in result.stderr


def test_without_a_version_the_message_says_what_to_do(tmp_path: Path) -> None:
    result = copydesk("sql", "FROM articles", "--warehouse", tmp_path)
    assert result.returncode == 1
    assert "copydesk run" in result.stderr


def test_a_held_warehouse_is_status_4_and_names_the_holder(tmp_path: Path) -> None:
    with hold_warehouse(tmp_path / "w", purpose="another run"):
        result = copydesk("run", EXAMPLES, "--direct", "--warehouse", tmp_path / "w")
    assert result.returncode == 4
    assert f"another run (process {os.getpid()} " in result.stderr


def test_versions_shows_the_published_one(example_warehouse: Path) -> None:
    result = copydesk("versions", "--warehouse", example_warehouse)
    assert result.stdout.startswith("* 2")


def test_dry_run_lists_and_changes_nothing(example_warehouse: Path, tmp_path: Path) -> None:
    fresh = copydesk("run", EXAMPLES, "--dry-run", "--warehouse", tmp_path / "w")
    assert fresh.stdout.count("new ") == 10
    assert not (tmp_path / "w").exists()
    again = copydesk("run", EXAMPLES, "--dry-run", "--warehouse", example_warehouse)
    assert again.stdout.count("unchanged ") == 10


@pytest.mark.slow
def test_run_with_the_temporary_prefect_server_keeps_the_terminal_to_itself(
    tmp_path: Path, prefect_home: Path
) -> None:
    inputs = [EXAMPLES / "02_harbour_post_dam.txt", EXAMPLES / "10_scan.txt"]
    prefect = {"PREFECT_HOME": str(prefect_home), "PREFECT_API_URL": ""}
    result = copydesk("run", *inputs, "--warehouse", tmp_path / "w", **prefect)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("Published a new version")
    assert "1 set aside" in result.stdout
    assert "Waiting for a temporary Prefect server" in result.stderr
    assert "| INFO" not in result.stderr
    assert (tmp_path / "w" / "news.duckdb").exists()
    again = copydesk("run", *inputs, "--warehouse", tmp_path / "w", **prefect)
    assert again.stdout.startswith("Nothing new"), again.stderr
    assert again.stderr == "", "nothing is waited for where there is nothing to do"
