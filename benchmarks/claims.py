"""Claims on labelled pairs of sentences: precision, recall, cost beside extraction, a peer in the same run.

The peer is TF-IDF cosine over the same sentences with the threshold that suits it best on these very
pairs. `--fit` prints the coefficients of `flows/text/aggregate/claims/likeness.py`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from flows.text.aggregate.claim_building import build_claims, read_wordings, tell_sentences
from flows.text.aggregate.claim_frames import ClaimInputs
from flows.text.aggregate.claims.agreement import find_disagreement
from flows.text.aggregate.claims.cores import find_cores
from flows.text.aggregate.claims.happenings import situate_statements
from flows.text.aggregate.claims.meaning import Encoder, encode_sentences
from flows.text.aggregate.claims.pairing import compare_pairs
from flows.text.aggregate.days import find_days
from flows.text.aggregate.reuse import find_reuse
from flows.text.extract.article import Annotations, extract_article
from flows.text.extract.parse import parse_paragraphs
from flows.text.types import ParsedArticle, ParsedParagraph

ROOT = Path(__file__).parents[1]
STORIES = ROOT / "../shared/data/stories"
PAIRS = ROOT / "tests/text/aggregate/claim_pairs.tsv"
DATA_SETS = ("events", "allsides")

Place = tuple[str, int, int]


class Pair(NamedTuple):
    """Two places (article, start, end) and whether they say the same, or do what else the list is about."""

    first: Place
    second: Place
    same: bool


def read_pairs(path: Path, label: str = "same") -> list[Pair]:
    """The pairs of a file; `same` is true of those with the label."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line[0] != "#")
    return [
        Pair((row[1], int(row[2]), int(row[3])), (row[4], int(row[5]), int(row[6])), row[7] == label)
        for row in rows
    ]


def read_stories(folder: Path, pairs: Sequence[Pair]) -> dict[str, dict[str, Any]]:
    """article → record with its story, for all articles of the stories that have pairs."""
    records: dict[str, dict[str, Any]] = {}
    for name in DATA_SETS:
        lines = (folder / name / "gold.jsonl").read_text(encoding="utf-8").splitlines()
        story = {row["id"]: row["story"] for row in map(json.loads, lines)}
        wanted = {story.get(place[0]) for pair in pairs for place in pair[:2]} - {None}
        for record in map(
            json.loads, (folder / name / "input/articles.jsonl").read_text(encoding="utf-8").splitlines()
        ):
            article = record["url"].rsplit("/", 1)[-1]
            if story[article] in wanted:
                records[article] = record | {"story": f"{name}/{story[article]}"}
    return records


def _day(record: dict[str, Any]) -> date | None:
    return date.fromisoformat(record["date"][:10]) if record.get("date") else None


def extract(records: dict[str, dict[str, Any]]) -> dict[str, Annotations]:
    """The annotations of each article."""
    found = {}
    for article, record in records.items():
        lines, start = [], 0
        for line in record["text"].split("\n"):
            if line.strip():
                lines.append((start, line))
            start += len(line) + 1
        parses = parse_paragraphs([line for _, line in lines])
        paragraphs = tuple(
            ParsedParagraph(number, place, parse)
            for number, ((place, _), parse) in enumerate(zip(lines, parses, strict=True))
        )
        parsed = ParsedArticle(article, record["text"], paragraphs, published_on=_day(record))
        found[article] = extract_article(parsed)
    return found


def make_inputs(records: dict[str, dict[str, Any]], found: dict[str, Annotations]) -> ClaimInputs:
    """The frames of the articles; an entity is its name."""
    articles = pl.DataFrame(
        [
            {
                "article_id": article,
                "story_id": record["story"],
                "outlet": record.get("source"),
                "agencies": [],
                "published_on": _day(record),
                "text": record["text"],
            }
            for article, record in records.items()
        ],
        schema_overrides={"agencies": pl.List(pl.String)},
    )
    names = {
        (article, entity.entity_no): entity.name
        for article, notes in found.items()
        for entity in notes.entities
    }
    frames = {
        kind: pl.DataFrame(
            [
                {"article_id": article, **asdict(row)}
                for article, notes in found.items()
                for row in getattr(notes, kind)
            ],
            infer_schema_length=None,
        )
        for kind in ("sentences", "quotes", "mentions", "times", "quantities", "events")
    }
    entity = pl.DataFrame(
        [(article, number, name) for (article, number), name in names.items()],
        schema=["article_id", "entity_no", "entity_id"],
        orient="row",
    )
    speaker = entity.rename({"entity_no": "speaker_entity_no", "entity_id": "speaker_entity_id"})
    frames["mentions"] = frames["mentions"].join(entity, on=["article_id", "entity_no"], how="left")
    frames["quotes"] = frames["quotes"].join(speaker, on=["article_id", "speaker_entity_no"], how="left")
    reuse = find_reuse(articles.select("article_id", "text"))
    return ClaimInputs(articles=articles, shared_spans=reuse.spans, pairs=reuse.pairs, **frames)


def locate(sentences: pl.DataFrame, places: Sequence[Place]) -> list[tuple[str, int]]:
    """The sentence (article, number) that covers most of each place."""
    start, end = pl.col("char_start"), pl.col("char_end")
    found = []
    for article, first, last in places:
        overlap = pl.min_horizontal(end, last) - pl.max_horizontal(start, first)
        best = sentences.filter(pl.col("article_id") == article).sort(overlap, descending=True)
        found.append((article, best["sentence_no"][0]))
    return found


def score(same: np.ndarray, found: np.ndarray) -> dict[str, float]:
    """Precision and recall of `found`."""
    right = int((same & found).sum())
    return {
        "precision": round(right / max(1, int(found.sum())), 3),
        "recall": round(right / int(same.sum()), 3),
    }


def measure(
    inputs: ClaimInputs, pairs: Sequence[Pair], *, encode: Encoder | None = encode_sentences
) -> dict[str, Any]:
    """Precision and recall of claims on the pairs, and what it cost."""
    n_read = 0

    def count(texts: Sequence[str]) -> np.ndarray:
        nonlocal n_read
        n_read += len(texts)
        return encode_sentences(texts)

    begun = time.process_time()
    claims = build_claims(inputs, encode=count if encode else None)
    seconds = time.process_time() - begun
    rows = claims.claim_sentences.select("article_id", "sentence_no", "claim_id").iter_rows()
    claim = {(article, number): name for article, number, name in rows}
    firsts = locate(inputs.sentences, [pair.first for pair in pairs])
    seconds_of = locate(inputs.sentences, [pair.second for pair in pairs])
    found = [claim.get(a, a) == claim.get(b, b) for a, b in zip(firsts, seconds_of, strict=True)]
    scores = score(np.array([pair.same for pair in pairs]), np.array(found))
    return {
        **scores,
        "cpu_seconds": round(seconds, 1),
        "sentences": len(inputs.sentences),
        "sentences_read": n_read,
    }


def measure_peer(inputs: ClaimInputs, pairs: Sequence[Pair]) -> dict[str, float]:
    """The best F1 that any threshold on TF-IDF cosine gives on the pairs."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    model = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit(inputs.sentences["text"].to_list())
    text = {(a, n): t for a, n, t in inputs.sentences.select("article_id", "sentence_no", "text").iter_rows()}
    sides = [[text[at] for at in locate(inputs.sentences, [pair[k] for pair in pairs])] for k in (0, 1)]
    cosine = np.asarray(model.transform(sides[0]).multiply(model.transform(sides[1])).sum(axis=1)).ravel()
    same = np.array([pair.same for pair in pairs])
    scores = [score(same, cosine >= threshold) for threshold in np.unique(cosine)]
    return max(scores, key=lambda s: s["precision"] * s["recall"] / max(1e-9, s["precision"] + s["recall"]))


def fit(inputs: ClaimInputs, pairs: Sequence[Pair]) -> dict[str, Any]:
    """Intercepts and coefficients of both models, from the pairs that do not disagree."""
    from sklearn.linear_model import LogisticRegression

    text = {(a, n): t for a, n, t in inputs.sentences.select("article_id", "sentence_no", "text").iter_rows()}
    places = [locate(inputs.sentences, pair[:2]) for pair in pairs]
    told = tell_sentences(inputs, None)
    wordings, statements = read_wordings(told)
    days = find_days(told, inputs.events, inputs.times)
    statements = situate_statements(statements, wordings, inputs.events, days)
    number = {wording: at for at, wording in enumerate(wordings["wording"])}
    at = {
        (a, n): number.get(w) for a, n, w in told.select("article_id", "sentence_no", "wording").iter_rows()
    }
    kept, same = [], []
    for (a, b), pair in zip(places, pairs, strict=True):
        i, j = at.get(a), at.get(b)
        if None not in (i, j) and i != j and find_disagreement(statements[i], statements[j]) is None:
            kept.append((a, b))
            same.append(pair.same)
    stories = wordings["story_id"].rank("dense").to_numpy().astype(np.int64)
    sides = [np.array([at[both[k]] for both in kept]) for k in (0, 1)]
    features = compare_pairs(statements, stories, find_cores(wordings, inputs.events, inputs.quotes), *sides)
    one, other = (encode_sentences([text[both[k]] for both in kept]) for k in (0, 1))
    seen = np.stack([features[:, 0], (one * other).sum(axis=1)], axis=1)
    models = {
        "wording": LogisticRegression(C=1).fit(features, same),
        "meaning": LogisticRegression(C=3).fit(seen, same),
    }
    return {name: [*model.intercept_.round(2), *model.coef_[0].round(2)] for name, model in models.items()}


def main() -> None:
    """Prints one JSON line a result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=Path, default=STORIES, help="folder with events/ and allsides/")
    parser.add_argument("--pairs", type=Path, default=PAIRS, help="labelled pairs")
    parser.add_argument("--fit", action="store_true", help="fit the models on the pairs instead")
    arguments = parser.parse_args()
    if not arguments.stories.is_dir():
        parser.exit(1, f"no such folder: {arguments.stories}\n")
    pairs = read_pairs(arguments.pairs)
    begun = time.process_time()
    records = read_stories(arguments.stories, pairs)
    inputs = make_inputs(records, extract(records))
    print(
        json.dumps(
            {"articles": len(records), "extraction_cpu_seconds": round(time.process_time() - begun, 1)}
        )
    )
    if arguments.fit:
        print(json.dumps(fit(inputs, pairs), default=float))
        return
    print(json.dumps({"claims": measure(inputs, pairs)}))
    print(json.dumps({"claims, words only": measure(inputs, pairs, encode=None)}))
    print(json.dumps({"TF-IDF cosine, best threshold": measure_peer(inputs, pairs)}))


if __name__ == "__main__":
    main()
