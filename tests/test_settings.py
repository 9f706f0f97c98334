"""Settings from all places: what is taken, and what is refused with the place and what is allowed."""

from __future__ import annotations

import pickle
from dataclasses import asdict
from pathlib import Path

import pytest

from flows.settings import ENVIRONMENT_PREFIX, Settings, SettingsError, load_settings, require_model


@pytest.fixture(autouse=True)
def bare_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory without copydesk.toml, with a file in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    return tmp_path


def test_each_place_goes_before_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "copydesk.toml").write_text(
        'workers = 1\nkeep_versions = 2\nquery_timeout = 3\nwarehouse = "w"\nquarantine = true\n'
        "[quality.articles]\nmost_articles_without_title = { share = 0.5 }\n"
    )
    monkeypatch.setenv("COPYDESK_WORKERS", "4")
    monkeypatch.setenv("COPYDESK_KEEP_VERSIONS", "5")
    monkeypatch.setenv("COPYDESK_ALLOW_PRIVATE", "yes")
    monkeypatch.setenv("COPYDESK_ALERT_URLS", "json://127.0.0.1/")
    settings = load_settings(workers=6, keep_parts_days=None)
    assert (settings.workers, settings.keep_versions, settings.query_timeout) == (6, 5, 3.0)
    assert settings.warehouse == tmp_path / "w"
    assert settings.quarantine
    assert settings.allow_private
    assert settings.quality == {"articles": {"most_articles_without_title": {"share": 0.5}}}
    assert settings.keep_parts_days == Settings().keep_parts_days


def test_settings_go_through_a_run_s_parameters_and_a_pickle() -> None:
    settings = load_settings(model="xx_another", warehouse="w")
    assert load_settings(**{**asdict(settings), "warehouse": str(settings.warehouse)}) == settings
    assert pickle.loads(pickle.dumps(settings)) == settings


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("WORKERS", "-1", "a whole number from 0"),
        ("WORKERS", "two", "a whole number from 0"),
        ("WORKERS", "9" * 5000, "a whole number from 0"),
        ("ARTICLES_PER_BATCH", "0", "a whole number from 1"),
        ("DOCUMENTS_PER_PART", "0", "a whole number from 1"),
        ("KEEP_VERSIONS", "-1", "a whole number from 1"),
        ("BYTES_PER_PART", "-1", "a whole number of bytes"),
        ("MAX_DOCUMENT_BYTES", "-5", "a whole number of bytes"),
        ("MAX_DOCUMENT_BYTES", "99999999999999999999", "a whole number of bytes"),
        ("KEEP_PARTS_DAYS", "nan", "a number of days"),
        ("STALE_HOURS", "1e300", "a number of hours"),
        ("QUERY_TIMEOUT", "inf", "a number of seconds"),
        ("QUERY_TIMEOUT", "0", "a number of seconds"),
        ("QUARANTINE", "maybe", "true or false"),
        ("SERVER_PORT", "99999999", "a port"),
        ("REFRESH_CRON", "nonsense", "five fields of cron"),
        ("MODEL", "", "the name of an installed spaCy pipeline"),
        ("QUALITY", "3", "a table of checks"),
        ("WAREHOUSE", "", "the path of a folder"),
        ("WAREHOUSE", "file", "the path of a folder, and .*/file is none"),
        ("WAREHOUSE", "file/below", "the path of a folder, and .*/file is none"),
        ("WAREHOUSE", "~nobody-here/w", "the path of a folder"),
    ],
)
def test_the_environment_is_checked(
    name: str, value: str, allowed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT_PREFIX + name, value)
    with pytest.raises(
        SettingsError, match=f"setting {name.lower()} in the environment is .*; it must be {allowed}"
    ):
        load_settings()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("workers = 1.9", "setting workers in copydesk.toml is 1.9; it must be a whole number"),
        ("workers = true", "setting workers in copydesk.toml is True; it must be a whole number"),
        ('workers = "2"', "setting workers in copydesk.toml is '2'; it must be a whole number"),
        ("warehouse = 5", "setting warehouse in copydesk.toml is 5; it must be the path of a folder"),
        ('warehouse = "a\\u0000b"', "it must be the path of a folder"),
        ('inputs = ["a", "b"]', "setting inputs in copydesk.toml is .*; it must be one text"),
        ('quarantine = "no"', "it must be true or false"),
        ("query_timeout = nan", "it must be a number of seconds"),
        ("quality = 3", "it must be a table of checks"),
        ("[quality]\narticles = 3", r"setting quality.articles in copydesk.toml is 3; it must be a table"),
        ("worker = 2", "unknown setting 'worker' in copydesk.toml; known settings: .*workers"),
        ("= broken", "copydesk.toml is not valid TOML"),
        ("workers = " + "9" * 5000, "copydesk.toml is not valid TOML"),
        ("workers = " + "[" * 5000, "copydesk.toml is not valid TOML"),
        ("\udcff\udcfe", "copydesk.toml is not UTF-8"),
    ],
)
def test_the_file_is_checked(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "copydesk.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SettingsError, match=message):
        load_settings()


def test_a_mistyped_name_in_the_environment_is_told_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """And is no error: Kubernetes sets such names for a service that is called "copydesk"."""
    monkeypatch.setenv("COPYDESK_WAREHOSE", "/srv/news")
    assert load_settings() == load_settings()
    (told,) = caplog.messages
    assert told.startswith("unknown setting 'warehose' in the environment is ignored; known settings: ")


def test_the_default_warehouse_may_be_no_file(tmp_path: Path) -> None:
    (tmp_path / "warehouse").touch()
    with pytest.raises(SettingsError, match="setting warehouse in the default"):
        load_settings()


def test_a_model_is_installed_or_a_folder_of_one(tmp_path: Path) -> None:
    require_model(Settings())
    (tmp_path / "config.cfg").touch()
    require_model(Settings(model=str(tmp_path)))
    with pytest.raises(SettingsError, match=rf"'nosuch'; .*installed: .*{Settings().model}"):
        require_model(Settings(model="nosuch"))
