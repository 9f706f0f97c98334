"""Floors of entities and of pronouns that speak, on lists checked by hand.

The lists hold names and offsets only; the tests are skipped where the articles are not there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from support import ROOT, SHARED, load_module

ARTICLES = SHARED / "data" / "quotes" / "train" / "input"
EVERY = 3
"""One document of so many is read here, all by the benchmark."""
MENTION_FLOOR = 0.90
PRONOUN_FLOOR = 0.83

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not ARTICLES.is_dir(), reason=f"no articles in {ARTICLES}"),
]


@pytest.fixture(scope="module")
def measure() -> Callable[[str], tuple[int, int]]:
    """What `python benchmarks/entities.py` measures, of one list and some documents."""
    benchmark = load_module(ROOT / "benchmarks" / "entities.py")
    return partial(benchmark.measure, found=benchmark.annotate(ARTICLES, every=EVERY))


def test_mentions_mean_the_right_entity(measure: Callable[[str], tuple[int, int]]) -> None:
    right, total = measure("entity_mentions.tsv")
    assert total >= 70
    assert right / total >= MENTION_FLOOR


def test_pronouns_that_speak_mean_the_right_entity(measure: Callable[[str], tuple[int, int]]) -> None:
    right, total = measure("pronoun_speakers.tsv")
    assert total >= 35
    assert right / total >= PRONOUN_FLOOR
