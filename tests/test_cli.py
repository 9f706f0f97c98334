"""The command as a user types it: exit statuses, where messages go, what --help says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import EXAMPLES, ROOT

from flows.store.lock import hold_warehouse


def copydesk(
    *arguments: str | Path, cwd: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flows.cli", *map(str, arguments)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=110)


@pytest.mark.parametrize(
    "command", ["run", "sql", "check", "versions", "rollback", "status", "doctor", "serve", "backfill"]
)
def test_every_subcommand_has_help_with_an_example(command: str) -> None:
    result = copydesk(command, "--help")
    assert result.returncode == 0
    assert f"copydesk {command}" in result.stdout
    assert "--warehouse DIR" in result.stdout


def test_bad_usage_is_status_2(tmp_path: Path) -> None:
    assert copydesk("run").returncode == 2
    assert copydesk("sql", "FROM articles", "--format", "xml").returncode == 2
    missing = copydesk("run", "nowhere/*.txt", "--direct", "--warehouse", tmp_path / "w")
    assert missing.returncode == 2
    assert "nowhere/*.txt" in missing.stderr
    broken = copydesk("versions", COPYDESK_WORKERS="many")
    assert broken.returncode == 2
    assert "workers" in broken.stderr


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
def test_run_with_the_temporary_prefect_server_keeps_the_terminal_to_itself(tmp_path: Path) -> None:
    result = copydesk(
        "run",
        EXAMPLES,
        "--warehouse",
        tmp_path / "w",
        PREFECT_HOME=str(tmp_path / "prefect"),
        PREFECT_API_URL="",
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("Published a new version")
    assert "1 set aside" in result.stdout
    assert "Waiting for a temporary Prefect server" in result.stderr
    assert "| INFO" not in result.stderr
    assert (tmp_path / "w" / "news.duckdb").exists()
