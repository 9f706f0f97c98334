"""Documents per second of the whole extraction, beside a bare spaCy `nlp.pipe` over the same texts.

Two corpora: the articles as they are, and the same articles with 60 of 100 paragraphs replaced by
copies of the others, as syndicated news has them. The bare pipeline uses the same model and as many
processes and gets whole articles; the extraction is the stage of the pipeline: it parses each distinct
paragraph once, keeps the parses, runs every extractor and writes Parquet. With one process the model is
loaded before. Of several, each of the extraction loads it, and those of `nlp.pipe` are forks of one that
does; both count. Both run one after the other; the ratio of CPU seconds of all processes is what counts,
because other work on the machine does not change it much.

A third line tells what kept parses are worth: the same articles annotated again with the parses there,
as after a change of an extractor, and their size on disk.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import tempfile
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from flows.stages.extract import Reader, annotate_texts, pending_texts
from flows.stages.parts import digest, to_frame
from flows.stages.schemas import BLOCKS, REJECTED, SETTLED
from flows.stages.settle import write_settled
from flows.text.extract.parse import DEFAULT_MODEL, load_language_model

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "quotes" / "train" / "input"
SHARE_COPIED = 0.6
PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
SEED = 1


def read_articles(folder: Path, limit: int) -> list[str]:
    """The texts of the JSON Lines files of the folder."""
    texts = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            texts.append(json.loads(line)["text"])
    return texts[:limit]


def with_copies(texts: list[str], share: float = SHARE_COPIED) -> list[str]:
    """The same number of paragraphs, of which the share repeats others."""
    chance = random.Random(SEED)
    split = [PARAGRAPH.findall(text) for text in texts]
    originals = [paragraph for paragraphs in split for paragraph in paragraphs if chance.random() >= share]
    kept = set(originals)
    return [
        "\n\n".join(paragraph if paragraph in kept else chance.choice(originals) for paragraph in paragraphs)
        for paragraphs in split
    ]


def settle_texts(texts: list[str], folder: Path) -> Path:
    """The articles as the stage before gives them."""
    articles: list[dict[str, object]] = []
    blocks: list[dict[str, object]] = []
    for number, text in enumerate(texts):
        name = f"{number:06}-{digest(text)}"
        known = {"document_id": name, "article_id": name, "text_id": name, "text": text, "language": "en"}
        articles.append({**dict.fromkeys(SETTLED), **known, "revision": 1, "is_latest": True})
        for place, match in enumerate(PARAGRAPH.finditer(text)):
            span = {"char_start": match.start(), "char_end": match.end()}
            block = {"document_id": name, "paragraph_no": place, "text": match.group(), **span}
            blocks.append({**dict.fromkeys(BLOCKS), **block})
    return write_settled(
        folder,
        articles=to_frame(articles, SETTLED),
        blocks=to_frame(blocks, BLOCKS),
        rejected=to_frame([], REJECTED),
    )


def extract_all(settled: Path, parts: Path, n_processes: int) -> None:
    """The extraction as the pipeline runs it."""
    reader = Reader(parts, DEFAULT_MODEL, n_processes)
    annotate_texts(settled, pending_texts(settled, reader.annotations), reader.annotations, reader)


@lru_cache(maxsize=1)
def bare_pipeline() -> Any:
    """The model as spaCy loads it."""
    import spacy

    return spacy.load(DEFAULT_MODEL)


def pipe_all(texts: list[str], n_processes: int) -> int:
    """The bare pipeline; the number of tokens. Several processes get a fresh one, as the extraction does."""
    if n_processes > 1:
        bare_pipeline.cache_clear()
    return sum(len(document) for document in bare_pipeline().pipe(texts, n_process=n_processes))


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process and its children."""
    begin = os.times()
    work()
    return sum(os.times()[:4]) - sum(begin[:4])


def compare(name: str, texts: list[str], n_processes: int, rounds: int) -> dict[str, object]:
    """The best of some rounds of each, taken in turns."""
    pairs = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            settled, parts = settle_texts(texts, Path(folder) / "settled"), Path(folder) / "parts"
            pairs.append(
                (
                    cpu_seconds(lambda: pipe_all(texts, n_processes)),
                    cpu_seconds(partial(extract_all, settled, parts, n_processes)),
                )
            )
    bare, ours = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
    return {
        "corpus": name,
        "processes": n_processes,
        "documents": len(texts),
        "bare_documents_per_second": round(len(texts) / bare, 2),
        "extraction_documents_per_second": round(len(texts) / ours, 2),
        "ratio": round(bare / ours, 2),
    }


def read_again(texts: list[str]) -> dict[str, object]:
    """What annotating costs with and without kept parses, and their size."""
    with tempfile.TemporaryDirectory() as folder:
        settled, parts = settle_texts(texts, Path(folder) / "settled"), Path(folder) / "parts"
        first = cpu_seconds(lambda: extract_all(settled, parts, 1))
        (parts / "annotations").rename(parts / "before")
        again = cpu_seconds(lambda: extract_all(settled, parts, 1))
        size = sum(path.stat().st_size for path in (parts / "parses").rglob("*.parquet"))
    return {
        "corpus": "again, with parses kept",
        "documents": len(texts),
        "cpu_seconds_first": round(first, 2),
        "cpu_seconds_again": round(again, 2),
        "parse_bytes_per_document": size // len(texts),
    }


def main() -> int:
    """Prints one JSON line a corpus and number of processes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, default=DEFAULT_FOLDER, help="JSON Lines files with a text field"
    )
    parser.add_argument("--limit", type=int, default=240, help="articles at most")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=1)
    arguments = parser.parse_args()
    texts = read_articles(arguments.folder, arguments.limit)
    if not texts:
        print(f"no articles in {arguments.folder}", file=sys.stderr)
        return 1
    load_language_model()
    compare("warming up", texts[:3], 1, 1)
    for n_processes in arguments.processes:
        for name, corpus in (("as it is", texts), ("60% copies", with_copies(texts))):
            print(json.dumps(compare(name, corpus, n_processes, arguments.rounds)), flush=True)
    print(json.dumps(read_again(texts)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
