"""Documents per second of the whole extraction, beside a bare spaCy `nlp.pipe` over the same texts.

Two corpora: the articles as they are, and the same articles with 60 of 100 paragraphs replaced by
copies of the others, as syndicated news has them. The bare pipeline uses the same model and gets
whole articles; the extraction parses each distinct paragraph once and runs every extractor. Both
run in one process, one after the other, in turns; the ratio of CPU seconds is what counts, because
other work on the machine does not change it much.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from flows.text.extract.article import extract_article
from flows.text.extract.parse import DEFAULT_MODEL, load_language_model, parse_paragraphs
from flows.text.types import ParsedArticle, ParsedParagraph

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "quotes" / "dev" / "input"
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


def extract_all(texts: list[str]) -> int:
    """Parses and extracts all articles; the number of sentences found."""
    spans = [(number, match) for number, text in enumerate(texts) for match in PARAGRAPH.finditer(text)]
    paragraphs: list[list[ParsedParagraph]] = [[] for _ in texts]
    for (number, match), parse in zip(
        spans, parse_paragraphs(match.group() for _, match in spans), strict=True
    ):
        paragraphs[number].append(ParsedParagraph(len(paragraphs[number]), match.start(), parse))
    articles = (
        ParsedArticle(article_id=str(number), text=text, paragraphs=tuple(paragraphs[number]))
        for number, text in enumerate(texts)
    )
    return sum(len(extract_article(article).sentences) for article in articles)


@lru_cache(maxsize=1)
def bare_pipeline() -> Any:
    """The model as spaCy loads it."""
    import spacy

    return spacy.load(DEFAULT_MODEL)


def pipe_all(texts: list[str]) -> int:
    """The bare pipeline; the number of tokens."""
    return sum(len(document) for document in bare_pipeline().pipe(texts))


def cpu_seconds(work: Callable[[list[str]], int], texts: list[str]) -> float:
    """CPU seconds of one run over the texts."""
    begin = time.process_time()
    work(texts)
    return time.process_time() - begin


def compare(name: str, texts: list[str], rounds: int) -> dict[str, object]:
    """The best of some rounds of each, taken in turns."""
    pairs = [(cpu_seconds(pipe_all, texts), cpu_seconds(extract_all, texts)) for _ in range(rounds)]
    bare, ours = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
    return {
        "corpus": name,
        "documents": len(texts),
        "bare_documents_per_second": round(len(texts) / bare, 2),
        "extraction_documents_per_second": round(len(texts) / ours, 2),
        "ratio": round(bare / ours, 2),
    }


def main() -> int:
    """Prints one JSON line a corpus."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, default=DEFAULT_FOLDER, help="JSON Lines files with a text field"
    )
    parser.add_argument("--limit", type=int, default=84, help="articles at most")
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    texts = read_articles(arguments.folder, arguments.limit)
    if not texts:
        print(f"no articles in {arguments.folder}", file=sys.stderr)
        return 1
    load_language_model()
    extract_all(texts[:3])
    pipe_all(texts[:3])
    print(json.dumps(compare("as it is", texts, arguments.rounds)))
    print(json.dumps(compare("60% copies", with_copies(texts), arguments.rounds)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
