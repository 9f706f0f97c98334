"""Quality and speed of the quote extractor on news whose attributions were marked by hand.

    python benchmarks/quotes.py [DATA] [--holdout N] [--cache FILE]

DATA is a folder with `gold.json` and `input/*.jsonl` (default ../shared/data/quotes/dev, not part of
this project). Prints one JSON line: precision, recall and F1 of attributions (half of the content's
words in common; `attributed_f1` counts those with the right speaker only), and the extractor's time
as a share of the time that the bare parser takes over the same texts in the same run.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy

from flows.text.extract.parse import DEFAULT_MODEL, parse_paragraphs
from flows.text.extract.quotes import find_quotes
from flows.text.types import ParsedArticle, ParsedParagraph, Quote

DATA = Path(__file__).parents[2] / "shared/data/quotes/dev"
LEAST_OVERLAP = 0.5
N_PARSED = 20
"""Documents over which the parser is timed."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """An attribution as marked: spans of the text."""

    content: list[Span]
    cue: list[Span]
    source: list[Span]
    kind: str


def word_spans(text: str) -> list[Span]:
    """The words of a text; punctuation is none."""
    return [match.span() for match in re.finditer(r"\w+(?:[’'.]\w+)*", text)]


def words_in(words: Sequence[Span], spans: Iterable[Sequence[int]]) -> frozenset[int]:
    """Numbers of the words that share a character with one of the spans."""
    found = set()
    for start, end in spans:
        number = max(bisect_right(words, (start, start)) - 1, 0)
        while number < len(words) and words[number][0] < end:
            if words[number][1] > start:
                found.add(number)
            number += 1
    return frozenset(found)


def share_of_words(first: frozenset[int], second: frozenset[int]) -> float:
    """Dice's coefficient."""
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def load_documents(folder: Path, cache: Path | None = None) -> list[tuple[ParsedArticle, list[GoldQuote]]]:
    """The parsed articles of a folder, by name, with their gold attributions."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["docs"]
    parsed: dict[str, ParsedArticle] = {}
    if cache is not None and cache.exists():
        parsed = pickle.loads(cache.read_bytes())
    for document in gold:
        if document["name"] not in parsed:
            parsed[document["name"]] = parse_article(document["name"], document["text"])
    if cache is not None and not cache.exists():
        cache.write_bytes(pickle.dumps(parsed))
    fields = ("content", "cue", "source", "kind")
    return [
        (
            parsed[document["name"]],
            [GoldQuote(**{key: quote[key] for key in fields}) for quote in document["quotes"]],
        )
        for document in sorted(gold, key=lambda document: document["name"])
    ]


def parse_article(name: str, text: str) -> ParsedArticle:
    """An article whose paragraphs are its lines."""
    lines = [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    parses = parse_paragraphs(text[start:end] for start, end in lines)
    numbered = enumerate(zip(lines, parses, strict=True))
    return ParsedArticle(
        article_id=name,
        text=text,
        paragraphs=tuple(ParsedParagraph(number, start, parse) for number, ((start, _), parse) in numbered),
    )


def count_matches(text: str, rows: Sequence[Quote], gold: Sequence[GoldQuote]) -> tuple[int, int, int]:
    """Statements found, of them in the gold, of them with the right speaker."""
    words = word_spans(text)
    contents = [words_in(words, quote.content) for quote in gold]
    statements: dict[int, list[Quote]] = defaultdict(list)
    for row in rows:
        statements[row.statement_no].append(row)
    matched: dict[int, bool] = {}
    for fragments in statements.values():
        found = words_in(words, [(row.char_start, row.char_end) for row in fragments])
        best = max(range(len(gold)), key=lambda number: share_of_words(found, contents[number]), default=None)
        if (
            best is not None
            and best not in matched
            and share_of_words(found, contents[best]) >= LEAST_OVERLAP
        ):
            matched[best] = _same_speaker(words, fragments[0], gold[best])
    return len(statements), len(matched), sum(matched.values())


def _same_speaker(words: Sequence[Span], row: Quote, gold: GoldQuote) -> bool:
    if row.speaker_start is None or row.speaker_end is None:
        return not gold.source
    return bool(words_in(words, [(row.speaker_start, row.speaker_end)]) & words_in(words, gold.source))


def _f1(hits: int, found: int, wanted: int) -> float:
    return round(200 * hits / (found + wanted), 1) if found + wanted else 0.0


def main() -> None:
    """Scores and times the extractor."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", type=Path, default=DATA)
    parser.add_argument("--holdout", type=int, default=0, help="score every N-th document only")
    parser.add_argument("--cache", type=Path, help="pickle of the parses; made where missing")
    options = parser.parse_args()
    if not (options.data / "gold.json").exists():
        parser.error(f"no gold.json in {options.data}: give the folder with the marked articles")
    documents = load_documents(options.data, options.cache)
    kept = [
        pair for number, pair in enumerate(documents) if not options.holdout or not number % options.holdout
    ]
    find_quotes(kept[0][0], ())
    started = time.process_time()
    results = [(article, find_quotes(article, ()), gold) for article, gold in kept]
    seconds = (time.process_time() - started) / len(kept)
    counts = [count_matches(article.text, rows, gold) for article, rows, gold in results]
    found, hits, right = (sum(column) for column in zip(*counts, strict=True))
    wanted = sum(len(gold) for _, gold in kept)
    report = {
        "documents": len(kept),
        "precision": round(100 * hits / max(found, 1), 1),
        "recall": round(100 * hits / max(wanted, 1), 1),
        "f1": _f1(hits, found, wanted),
        "attributed_f1": _f1(right, found, wanted),
        "ms_per_document": round(1000 * seconds, 2),
        "share_of_parsing": round(seconds / _parsing_seconds([article for article, _ in kept[:N_PARSED]]), 3),
    }
    print(json.dumps(report))


def _parsing_seconds(articles: Sequence[ParsedArticle]) -> float:
    texts = [paragraph.parse.text for article in articles for paragraph in article.paragraphs]
    model = spacy.load(DEFAULT_MODEL)
    started = time.process_time()
    for _ in model.pipe(texts):
        pass
    return (time.process_time() - started) / len(articles)


if __name__ == "__main__":
    main()
