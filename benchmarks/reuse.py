"""Text reuse: what is found, and CPU seconds beside datasketch's MinHashLSH in the same run.

    python benchmarks/reuse.py [FOLDER] [--without-peer] [--added 100]

FOLDER has input/*.jsonl (or .jsonl.gz) with url and text, and pairs.tsv with a, b, containment; by
default ../shared/data/reuse/synth_1k. The peer is not a dependency: pip install datasketch. Its
candidates are verified by the sets of their shingles, as whoever needs containment has to.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

from flows.text.aggregate.reuse import Reuse, find_reuse

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data" / "reuse" / "synth_1k"
WORD = re.compile(r"[^\W_]+")


def read_articles(folder: Path) -> pl.DataFrame:
    """article_id (the last segment of the url), text."""
    rows = []
    for path in sorted((folder / "input").glob("*.jsonl*")):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        rows += [json.loads(line) for line in content.splitlines()]
    return pl.DataFrame(
        {"article_id": [row["url"].rsplit("/", 1)[-1] for row in rows], "text": [row["text"] for row in rows]}
    )


def score(reuse: Reuse, folder: Path) -> None:
    """Prints precision and recall of pairs at .5 and .2, and the mean error of containment."""
    with (folder / "pairs.tsv").open() as file:
        gold = {
            (row["a"], row["b"]): float(row["containment"]) for row in csv.DictReader(file, delimiter="\t")
        }
    found = {(a, b): share for a, b, share in reuse.pairs.select(reuse.pairs.columns[:3]).iter_rows()}
    for cut in (0.5, 0.2):
        wanted, given = ({pair for pair, share in known.items() if share >= cut} for known in (gold, found))
        right = len(wanted & given)
        print(f"containment >= {cut}: precision {right / len(given):.4f}, recall {right / len(wanted):.4f}")
    both = gold.keys() & found.keys()
    print(f"mean error where found: {sum(abs(gold[pair] - found[pair]) for pair in both) / len(both):.5f}")


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process, all threads."""
    start = time.process_time()
    work()
    return time.process_time() - start


def run_peer(articles: pl.DataFrame) -> int:
    """MinHashLSH at Jaccard .5 on 8-word shingles, 128 permutations; the number of verified pairs."""
    from datasketch import MinHash, MinHashLSH

    shingles = []
    for text in articles["text"]:
        words = WORD.findall(text.lower())
        shingles.append({" ".join(words[i : i + 8]).encode() for i in range(len(words) - 7)})
    index, sketches = MinHashLSH(threshold=0.5, num_perm=128), []
    for number, own in enumerate(shingles):
        sketches.append(sketch := MinHash(num_perm=128))
        sketch.update_batch(list(own))
        index.insert(number, sketch)
    n_pairs = 0
    for number, sketch in enumerate(sketches):
        for other in index.query(sketch):
            n_pairs += other != number and len(shingles[number] & shingles[other]) > 0
    return n_pairs


def main() -> None:
    """Prints quality, seconds, and the ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--without-peer", action="store_true")
    parser.add_argument("--added", type=int, default=100, help="articles added to an index of the others")
    arguments = parser.parse_args()
    if not (arguments.folder / "pairs.tsv").exists():
        raise SystemExit(f"{arguments.folder} has no pairs.tsv: name a folder with input/ and pairs.tsv")
    articles = read_articles(arguments.folder)
    find_reuse(articles.head(20))  # imports and caches are not what is measured
    results: list[Reuse] = []
    ours = cpu_seconds(lambda: results.append(find_reuse(articles)))
    print(f"{len(articles)} articles, {len(results[0].pairs)} pairs: {ours:.2f} CPU s")
    score(results[0], arguments.folder)
    index = find_reuse(articles.head(-arguments.added)).index
    added = cpu_seconds(lambda: find_reuse(articles, index=index))
    print(f"adding {arguments.added}: {added:.2f} CPU s, {added / ours:.1%} of building all")
    if not arguments.without_peer:
        peer = cpu_seconds(lambda: run_peer(articles))
        print(f"MinHashLSH with verification: {peer:.2f} CPU s; ratio {ours / peer:.2f}")


if __name__ == "__main__":
    main()
