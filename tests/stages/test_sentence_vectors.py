"""Vectors of sentences that are kept: each is read once, and comes back the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from flows.stages.sentence_vectors import SentenceVectors
from flows.text.aggregate.claims.meaning import DIMENSIONS, Floats


class Model:
    """Gives each text a vector of its own, and remembers what it read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Floats:
        self.read += texts
        rows = [np.random.default_rng(len(text)).normal(size=DIMENSIONS) for text in texts]
        return np.array(rows).reshape(-1, DIMENSIONS).astype(np.float32).astype(np.float64)


def texts(first: int, last: int) -> list[str]:
    return ["x" * number for number in range(first, last)]


@pytest.fixture
def model() -> Model:
    return Model()


def test_a_text_is_read_once_in_a_call_and_in_the_next(model: Model) -> None:
    vectors = SentenceVectors(None, encode=model)
    found = vectors(["a", "bb", "a"])
    assert found.shape == (3, DIMENSIONS)
    assert np.array_equal(found[0], found[2])
    vectors(["bb", "ccc"])
    assert model.read == ["a", "bb", "ccc"]


def test_nothing_asked_nothing_read(model: Model, tmp_path: Path) -> None:
    vectors = SentenceVectors(None, encode=model)
    assert vectors([]).shape == (0, DIMENSIONS)
    vectors.kept.write(tmp_path)
    assert SentenceVectors(tmp_path, encode=model)([]).shape == (0, DIMENSIONS)
    assert model.read == []


def test_what_is_kept_comes_back_the_same(model: Model, tmp_path: Path) -> None:
    wanted = texts(1, 40)
    earlier: Path | None = None
    for last in (20, 22, 23, 40):
        vectors = SentenceVectors(earlier, encode=model)
        vectors(texts(1, last))
        earlier = tmp_path / str(last)
        vectors.kept.write(earlier)
    assert model.read == wanted
    assert np.array_equal(SentenceVectors(earlier, encode=model)(wanted), Model()(wanted))
    assert model.read == wanted


def test_parts_are_linked_and_stay_few(model: Model, tmp_path: Path) -> None:
    folders = [tmp_path / str(number) for number in range(30)]
    for number, folder in enumerate(folders):
        vectors = SentenceVectors(folders[number - 1] if number else None, encode=model)
        vectors(texts(1, 2 + number))
        vectors.kept.write(folder)
    sizes = [len(list(folder.rglob("*.arrow"))) for folder in folders]
    assert max(sizes) <= 5
    # 28 is 16 + 8 + 4 texts, 29 one more: the three parts are the same files.
    old, new = ([path.stat().st_ino for path in sorted(folder.rglob("*.arrow"))] for folder in folders[27:29])
    assert new[:-1] == old
