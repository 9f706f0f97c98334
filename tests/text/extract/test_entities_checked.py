"""Floors of entities and of pronouns that speak, on lists checked by hand.

The lists hold names and offsets only; the tests are skipped where the articles are not there.
"""

from __future__ import annotations

from types import ModuleType

import pytest
from support import ROOT, SHARED, load_module

from flows.text.extract.entities import resolve_reference

ARTICLES = SHARED / "data" / "quotes" / "train" / "input"
MENTION_FLOOR = 0.92
PRONOUN_FLOOR = 0.85

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not ARTICLES.is_dir(), reason=f"no articles in {ARTICLES}"),
]


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    """What `python benchmarks/entities.py` measures."""
    return load_module(ROOT / "benchmarks" / "entities.py")


def test_mentions_mean_the_right_entity(benchmark: ModuleType) -> None:
    right, total = benchmark.measure("entity_mentions.tsv", benchmark.mentioned)
    assert total >= 200
    assert right / total >= MENTION_FLOOR


def test_pronouns_that_speak_mean_the_right_entity(benchmark: ModuleType) -> None:
    right, total = benchmark.measure("pronoun_speakers.tsv", resolve_reference)
    assert total >= 100
    assert right / total >= PRONOUN_FLOOR
