"""Quantities and events: figures on the checked lists and milliseconds a document, beside peers.

    python benchmarks/quantities_events.py [--data ../shared/data/quotes/train/input] [--documents 40]

Peers run where they are installed and are named as missing where not: quantulum3 (numbers and units)
and textacy (subject-verb-object triples). Times are CPU milliseconds for 700 words of the same parsed
documents in one process, in turns; the ratio to the parse itself is what counts, because other work on
the machine does not change it much.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from flows.text.extract.events import find_events
from flows.text.extract.parse import DEFAULT_MODEL, parse_paragraphs
from flows.text.extract.quantities import find_quantities
from flows.text.extract.sentences import split_sentences
from flows.text.extract.times import find_times
from flows.text.types import ParsedArticle, ParsedParagraph

ROOT = Path(__file__).resolve().parents[1]
DEFAULT_DATA = ROOT.parent / "shared" / "data" / "quotes" / "train" / "input"
LISTS = ROOT / "tests" / "text" / "extract"
DOCUMENT_WORDS = 700
ROUNDS = 3
FEW = 3
"""Documents for the slow peer."""


def main() -> None:
    """Prints two tables: how much is right, and what it costs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--documents", type=int, default=40)
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        sys.exit(f"no {arguments.data}: the articles are not part of the project; give a folder with --data")
    checked = load_checked(arguments.data)
    print_figures(checked)
    print_costs(arguments.data, arguments.documents)


def load_checked(data: Path) -> ModuleType:
    """The test module that judges the lists, looking for articles in `data`."""
    specification = importlib.util.spec_from_file_location(
        "checked", LISTS / "test_quantities_events_checked.py"
    )
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["checked"] = module
    specification.loader.exec_module(module)
    module.ARTICLES = data  # type: ignore[attr-defined]
    return module


def print_figures(checked: Any) -> None:
    """Right of the answers and right of what was found, ours and the peers'."""
    print(f"{'figure':<44}{'right':>7}{'answers':>9}{'found':>7}{'recall':>8}{'precision':>11}")
    for name, judge in (("quantities", checked.judge_quantities), ("events", checked.judge_events)):
        pairs = checked.read_articles(checked.read_list(f"{name}_checked.tsv"))
        counts = Counter(verdict for pair in pairs for verdict, _ in judge(*pair))
        show(f"{name}: copydesk", counts)
    pairs = list(checked.read_articles(checked.read_list("quantities_checked.tsv")))
    for title, judge_peer in (("quantities, values only: quantulum3", quantulum_verdicts),):
        counts = judge_peer(checked, pairs)
        show(title, counts) if counts is not None else print(f"{title} is not installed")
    pairs = list(checked.read_articles(checked.read_list("events_checked.tsv")))
    counts = textacy_verdicts(checked, pairs)
    show("events: textacy triples", counts) if counts is not None else print(
        "events: textacy is not installed"
    )


def show(title: str, counts: Counter[str]) -> None:
    """One line of the table."""
    answers, found = counts.total() - counts["extra"], counts.total() - counts["missed"]
    recall, precision = counts["right"] / max(answers, 1), counts["right"] / max(found, 1)
    print(f"{title:<44}{counts['right']:>7}{answers:>9}{found:>7}{recall:>8.3f}{precision:>11.3f}")


def quantulum() -> Callable[[str], Any] | None:
    """Its parser, without the unit classifier, whose file needs an older scikit-learn."""
    try:
        from quantulum3 import classifier, parser
    except ImportError:
        return None
    classifier.USE_CLF = False
    return parser.parse  # type: ignore[no-any-return]


def quantulum_verdicts(checked: Any, pairs: list[tuple[Any, ParsedArticle]]) -> Counter[str] | None:
    """Its values against the list; its units have other names and are not compared.

    It reads years, ages and spans of time as quantities too, which the list leaves to time expressions:
    its precision is not comparable without a look at what it found.
    """
    parse = quantulum()
    if parse is None:
        return None
    counts: Counter[str] = Counter()
    for sentence, article in pairs:
        found = [
            (sentence.start + quantity.span[0], sentence.start + quantity.span[1], quantity.value)
            for quantity in parse(article.text[sentence.start : sentence.end])
        ]
        for answer in sentence.answers:
            optional, start, end, value, _, _ = checked.ANSWER.fullmatch(answer).groups()
            hits = [one for one in found if one[0] < int(end) and int(start) < one[1]]
            found = [one for one in found if one not in hits]
            if not optional:
                right = any(abs(one[2] - float(value)) <= 1e-3 * float(value) for one in hits)
                counts["right" if right else "wrong" if hits else "missed"] += 1
        counts["extra"] += len(found)
    return counts


def textacy_verdicts(checked: Any, pairs: list[tuple[Any, ParsedArticle]]) -> Counter[str] | None:
    """Its triples against the list: the heads must stand in the spans it gives."""
    try:
        from textacy.extract import subject_verb_object_triples
    except ImportError:
        return None
    import spacy

    pipeline = spacy.load(DEFAULT_MODEL)
    counts: Counter[str] = Counter()
    for sentence, article in pairs:
        document = pipeline(article.text[sentence.start : sentence.end])
        found = [
            tuple(span(part, sentence.start) for part in triple)
            for triple in subject_verb_object_triples(document)
        ]
        for answer in sentence.answers:
            verb, actor, target = answer.lstrip("?").split()
            hits = [one for one in found if checked.covers(*one[1], verb)]
            if answer.startswith("?"):
                found = [one for one in found if one not in hits]
                continue
            right = [
                one
                for one in hits
                if any(checked.covers(*one[0], head) for head in actor.split("/"))
                and any(checked.covers(*one[2], head) for head in target.split("/"))
            ]
            found = [one for one in found if one not in right[:1]]
            counts["right" if right else "missed"] += 1
        counts["extra"] += len(found)
    return counts


def span(tokens: Any, shift: int) -> tuple[int, int]:
    """From the first to the last of a list of tokens, in the article."""
    return shift + tokens[0].idx, shift + tokens[-1].idx + len(tokens[-1])


def read_articles(folder: Path, limit: int) -> Iterator[tuple[ParsedArticle, float]]:
    """Parsed articles, and the CPU seconds that each parse took."""
    for path in sorted(folder.glob("*.jsonl"))[:limit]:
        record = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
        lines = [line for line in record["text"].split("\n") if line.strip()]
        starts, position = [], 0
        for line in lines:
            starts.append(record["text"].index(line, position))
            position = starts[-1] + len(line)
        began = time.process_time()
        parses = list(parse_paragraphs(lines))
        seconds = time.process_time() - began
        paragraphs = tuple(
            ParsedParagraph(number, start, parse)
            for number, (start, parse) in enumerate(zip(starts, parses, strict=True))
        )
        published_on = date.fromisoformat(record["date"][:10])
        yield ParsedArticle(path.stem, record["text"], paragraphs, published_on=published_on), seconds


def print_costs(folder: Path, limit: int) -> None:
    """CPU milliseconds for 700 words, and the share of the parse."""
    next(parse_paragraphs(["The model is loaded before anything is measured."]))
    read = list(read_articles(folder, limit))
    articles = [article for article, _ in read]
    words = sum(len(paragraph.parse.words) for article in articles for paragraph in article.paragraphs)
    parse_seconds = sum(seconds for _, seconds in read)
    given = [(article, split_sentences(article)) for article in articles]
    times = [find_times(*pair) for pair in given]
    jobs: dict[str, Callable[[], object]] = {
        "find_quantities": lambda: [
            find_quantities(*pair, found) for pair, found in zip(given, times, strict=True)
        ],
        "find_events": lambda: [
            find_events(*pair, found, ()) for pair, found in zip(given, times, strict=True)
        ],
    }
    peer = quantulum()
    if peer is not None:
        jobs["quantulum3"] = lambda: [peer(article.text) for article in articles[:FEW]]
    print(f"\n{'CPU milliseconds for 700 words':<44}{'median':>8}{'share of the parse':>20}")
    per_document = DOCUMENT_WORDS / words * 1000
    print(f"{'parse_paragraphs':<44}{parse_seconds * per_document:>8.2f}{1:>20.4f}")
    for name, job in jobs.items():
        seconds = sorted(timed(job) for _ in range(ROUNDS))[ROUNDS // 2]
        if name == "quantulum3":
            few = sum(len(p.parse.words) for article in articles[:FEW] for p in article.paragraphs)
            seconds *= words / few
        print(f"{name:<44}{seconds * per_document:>8.2f}{seconds / parse_seconds:>20.4f}")


def timed(job: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    began = time.process_time()
    job()
    return time.process_time() - began


if __name__ == "__main__":
    main()
