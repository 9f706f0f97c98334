"""Contradictions on labelled pairs of sentences: how many of those told are real, and how many are found.

    python benchmarks/conflicts.py [STORIES]

The pairs are those that an early version told; a person then read whether they contradict each other. So
the figures are of development, and `real` counts only what that version found. STORIES has the folders
events and allsides; by default ../shared/data/stories.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from claims import STORIES, Pair, extract, locate, make_inputs, read_pairs, read_stories

from flows.text.aggregate.claim_building import build_claims
from flows.text.aggregate.claim_frames import ClaimInputs

ROOT = Path(__file__).resolve().parents[1]
PAIRS = ROOT / "tests/text/aggregate/conflict_pairs.tsv"


class Score(NamedTuple):
    """Labelled pairs that are told, by whether they contradict each other, and all that do."""

    real_told: int
    false_told: int
    real: int


def measure(inputs: ClaimInputs, pairs: Sequence[Pair]) -> Score:
    """Which pairs are told; `same` are those that contradict each other. One copy stands for all."""
    text = {(a, n): t for a, n, t in inputs.sentences.select("article_id", "sentence_no", "text").iter_rows()}
    rows = build_claims(inputs).conflicts.select("article_id", "sentence_no", "other_id", "other_sentence_no")
    told = {frozenset((text[a, n], text[b, m])) for a, n, b, m in rows.iter_rows()}
    sides = [[text[at] for at in locate(inputs.sentences, [pair[k] for pair in pairs])] for k in (0, 1)]
    labelled = Counter(
        (pair.same, frozenset(texts) in told) for pair, *texts in zip(pairs, *sides, strict=True)
    )
    return Score(labelled[True, True], labelled[False, True], labelled[True, True] + labelled[True, False])


def main() -> None:
    """Prints one JSON line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stories", nargs="?", type=Path, default=STORIES)
    folder = parser.parse_args().stories
    if not folder.is_dir():
        raise SystemExit(f"no stories in {folder}")
    pairs = read_pairs(PAIRS, "contradict")
    records = read_stories(folder, pairs)
    score = measure(make_inputs(records, extract(records)), pairs)
    told = score.real_told + score.false_told
    print(json.dumps(score._asdict() | {"precision": round(score.real_told / max(told, 1), 3)}))


if __name__ == "__main__":
    main()
