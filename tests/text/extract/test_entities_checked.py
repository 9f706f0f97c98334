"""Floors of entities and of pronouns that speak, on every second document of lists checked by hand.

The lists hold names and offsets only; the tests are skipped where the articles are not there. All
documents: `python benchmarks/entities.py`.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from flows.text.extract.entities import resolve_reference

ROOT = Path(__file__).parents[3]
ARTICLES = ROOT.parent / "shared" / "data" / "quotes" / "train" / "input"
EVERY = 2  # the model reads five documents a second
MENTION_FLOOR = 0.91
PRONOUN_FLOOR = 0.90
"""Of these documents; of all 92.0 % and 90.7 % are right."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not ARTICLES.is_dir(), reason=f"no articles in {ARTICLES}"),
]


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    """The benchmark that reads all of it."""
    spec = importlib.util.spec_from_file_location("benchmark_entities", ROOT / "benchmarks" / "entities.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_mentions_mean_the_right_entity(benchmark: ModuleType) -> None:
    assert len(benchmark.read_list("entity_mentions.tsv")) >= 200
    right, total = benchmark.measure("entity_mentions.tsv", benchmark.mentioned, every=EVERY)
    assert right / total >= MENTION_FLOOR


def test_pronouns_that_speak_mean_the_right_entity(benchmark: ModuleType) -> None:
    assert len(benchmark.read_list("pronoun_speakers.tsv")) >= 100
    right, total = benchmark.measure("pronoun_speakers.tsv", resolve_reference, every=EVERY)
    assert right / total >= PRONOUN_FLOOR
