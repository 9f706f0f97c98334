"""Backfill: patterns of days that make no sense, and days without inputs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from flows.backfill import describe_missing, inputs_of_days
from flows.settings import SettingsError

FIRST, LAST = date(2024, 3, 1), date(2024, 3, 3)


@pytest.mark.parametrize(
    "pattern",
    [
        "in/{day.foo}",
        "in/{day[a]}",
        "in/{day!r}",
        "in/{day:>9}",
        "in/{}",
        "in/{0}",
        "in/{",
        "in/}",
        "in/{{day}}",
    ],
)
def test_a_pattern_that_is_none_is_bad_usage(pattern: str) -> None:
    with pytest.raises(SettingsError, match=r"known|brace|day"):
        inputs_of_days([pattern], FIRST, LAST)


def test_braces_may_be_part_of_a_name(tmp_path: Path) -> None:
    (tmp_path / "{x}2024-03-02").touch()
    there, missing = inputs_of_days([f"{tmp_path}/{{{{x}}}}{{day}}"], FIRST, LAST)
    assert [Path(name).name for name in there] == ["{x}2024-03-02"]
    assert len(missing) == 2


def test_days_that_have_nothing_at_all_are_bad_usage(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="nothing to read from 2024-03-01 to 2024-03-03"):
        inputs_of_days([f"{tmp_path}/{{day}}"], FIRST, LAST)


def test_many_missing_days_are_one_line() -> None:
    assert describe_missing(["a", "b"]) == "nothing there for a, b"
    assert describe_missing([str(n) for n in range(3000)]) == "nothing there for 0, 1, 2, 3, 4 and 2995 more"
