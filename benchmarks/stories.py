"""Stories: BCubed F1, and CPU seconds beside scikit-learn's TF-IDF with average linkage in the same run.

    python benchmarks/stories.py [FOLDER...]

Each FOLDER has input/articles.jsonl (url, title, text, date) and gold.jsonl (id, story); by default
../shared/data/stories/*. The peer's cut is the best on the set itself, ours is fixed. The articles come
once more in STEPS batches, by date and in a random order: what an hourly run makes of them.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.feature_extraction.text import TfidfVectorizer

from flows.text.aggregate.reuse import find_reuse
from flows.text.aggregate.stories import cluster_stories, count_terms, weigh_articles

STEPS = 60
DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data" / "stories"


def read_set(folder: Path) -> tuple[pl.DataFrame, list[str]]:
    """The articles, and the story that each is of."""
    stories = {row["id"]: row["story"] for row in map(json.loads, (folder / "gold.jsonl").open())}
    rows = [json.loads(line) for line in (folder / "input" / "articles.jsonl").open()]
    articles = pl.DataFrame(
        {
            "article_id": [row["url"].rsplit("/", 1)[-1] for row in rows],
            "title": [row.get("title") for row in rows],
            "text": [row["text"] for row in rows],
            "published_on": [
                date.fromisoformat(row["date"][:10]) if row.get("date") else None for row in rows
            ],
        },
        schema_overrides={"published_on": pl.Date},
    )
    return articles, [stories[name] for name in articles["article_id"]]


def bcubed(found: Sequence[object], gold: Sequence[object]) -> tuple[float, float, float]:
    """Precision, recall, F1 (Bagga and Baldwin 1998)."""
    cells = Counter(zip(found, gold, strict=True))
    of_found, of_gold = Counter(found), Counter(gold)
    precision = sum(n * n / of_found[f] for (f, _), n in cells.items()) / len(gold)
    recall = sum(n * n / of_gold[g] for (_, g), n in cells.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def cluster_in_steps(articles: pl.DataFrame, pairs: pl.DataFrame) -> dict[str, str]:
    """article → story, when the rows come in STEPS batches."""
    stories, counted = None, count_terms(articles)
    for step in range(1, STEPS + 1):
        n_known = len(articles) * step // STEPS
        weighed = weigh_articles(counted.head(n_known))
        stories = cluster_stories(articles.head(n_known), pairs, previous=stories, weighed=weighed)
    assert stories is not None
    return dict(stories.iter_rows())


def run_peer(articles: pl.DataFrame, gold: list[str]) -> float:
    """The best F1 over all cuts."""
    texts = [f"{title or ''}\n{text}" for title, text in articles.select("title", "text").iter_rows()]
    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)
    distances = np.maximum(1 - (vectors @ vectors.T).toarray(), 0)
    np.fill_diagonal(distances, 0)
    tree = linkage(squareform(distances, checks=False), "average")
    cuts = np.arange(0.5, 0.96, 0.02)
    return max(bcubed(fcluster(tree, cut, "distance").tolist(), gold)[2] for cut in cuts)


def main() -> None:
    """Prints a line a set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path)
    folders = parser.parse_args().folders or sorted(path for path in DEFAULT.glob("*") if path.is_dir())
    if not folders:
        raise SystemExit(f"no sets in {DEFAULT}: name folders with input/articles.jsonl and gold.jsonl")
    for folder in folders:
        articles, gold = read_set(folder)
        pairs = find_reuse(articles).pairs
        start = time.process_time()
        stories = cluster_stories(articles, pairs)
        ours = time.process_time() - start
        by_id = dict(stories.iter_rows())
        precision, recall, f1 = bcubed([by_id[name] for name in articles["article_id"]], gold)
        orders = {
            "by date": articles.sort("published_on", "article_id", nulls_last=True),
            "in random order": articles.sample(fraction=1, shuffle=True, seed=3),
        }
        in_steps = {name: cluster_in_steps(ordered, pairs) for name, ordered in orders.items()}
        start = time.process_time()
        best = run_peer(articles, gold)
        peer = time.process_time() - start
        print(
            f"{folder.name}: F1 {f1:.4f} (precision {precision:.4f}, recall {recall:.4f}), {ours:.2f} CPU s"
        )
        for name, story_of in in_steps.items():
            f1 = bcubed([story_of[article] for article in articles["article_id"]], gold)[2]
            print(f"  in {STEPS} steps {name}: F1 {f1:.4f}, {len(set(story_of.values()))} stories")
        print(
            f"  TF-IDF, average linkage, best cut: F1 {best:.4f}, {peer:.2f} CPU s; ratio {ours / peer:.2f}"
        )


if __name__ == "__main__":
    main()
