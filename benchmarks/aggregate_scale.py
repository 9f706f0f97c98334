"""What aggregating costs: CPU seconds of building N articles, of adding some, and of extracting a sample.

    python benchmarks/aggregate_scale.py [FOLDER] [--articles 10000] [--added 100] [--sample 40]
    python benchmarks/aggregate_scale.py --times 10 --workers 2 --sample 0

FOLDER has input/*.jsonl (or .jsonl.gz) with url and text; by default ../shared/data/reuse/synth_10k.
The sample is extracted as a run does it and gives the seconds that all would take if they had as few
copies as the sample; a paragraph that is copied is parsed once. For the rest the
annotations are made up, since extracting all takes an hour: sentences end at a full stop, runs of
capitalised words are the entities, numbers the quantities. Neither quotes, days nor events: they
are few beside sentences and mentions. Articles lie on days spread over 300, copies on one.
With --times there are as many sets of the articles, each in other words: no set shares text with another.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from flows.settings import Settings
from flows.stages.aggregate import aggregate_parts
from flows.stages.extract import Reader, annotate_texts, pending_texts
from flows.stages.parts import digest, to_frame, write_folder
from flows.stages.schemas import ANNOTATIONS, BLOCKS, REJECTED, SETTLED
from flows.stages.settle import write_settled

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data" / "reuse" / "synth_10k"
FIRST_DAY, N_DAYS = date(2024, 1, 1), 300
BATCH = 250
MOMENT = datetime(2024, 12, 1, tzinfo=UTC)
SENTENCE = re.compile(r"\S.*?(?:[.!?][\"”’)]*(?=\s+[A-Z\"“‘])|$)", re.M)
NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)+|(?<=[a-z,] )[A-Z][a-z]+")
WORD = re.compile(r"[A-Za-z]{4,}")
COMMON = 150
"""Words that are the same in all sets: those of most articles."""
BAND = 200
"""Words among which one is exchanged for another, about as frequent."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

Row = dict[str, Any]
T = TypeVar("T")


def sample_articles(rows: list[Row], n_articles: int) -> list[Row]:
    """Rows of SETTLED, as settling gives them."""
    return [_settled(row) for row in random.Random(1).sample(rows, min(n_articles, len(rows)))]


def read_rows(folder: Path, times: int) -> list[Row]:
    """The articles of the folder, and times - 1 sets more in which rarer words stand for words as rare."""
    rows = _read_rows(folder)
    counts = Counter(word.lower() for row in rows for word in WORD.findall(row["text"])) if times > 1 else {}
    words = sorted(counts, key=lambda word: (-counts[word], word))[COMMON:]
    return rows + [row for number in range(1, times) for row in _reword(rows, words, number)]


def _reword(rows: list[Row], words: list[str], number: int) -> Iterator[Row]:
    chance = random.Random(number)
    bands = [words[start : start + BAND] for start in range(0, len(words), BAND)]
    instead = {
        word: other
        for band in bands
        for word, other in zip(band, chance.sample(band, len(band)), strict=True)
    }

    def exchange(found: re.Match[str]) -> str:
        other = instead.get(found[0].lower(), found[0])
        return other.capitalize() if found[0][0].isupper() else other

    for row in rows:
        told = {name: WORD.sub(exchange, row[name]) for name in ("title", "text") if row.get(name)}
        yield {**row, **told, "url": f"{row['url']}-{number}"}


def _read_rows(folder: Path) -> list[Row]:
    lines: list[bytes] = []
    for path in sorted((folder / "input").glob("*.jsonl*")):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        lines += content.splitlines()
    return [json.loads(line) for line in lines]


def _settled(row: Row) -> Row:
    name, text = row["url"].rsplit("/", 1)[-1], row["text"]
    day = FIRST_DAY + timedelta(int(digest(text[200:300]), 16) % N_DAYS)
    known = {"article_id": name, "document_id": name, "text_id": digest(name, text), "url": row["url"]}
    told = {"title": row.get("title"), "text": text, "published_on": day, "date_basis": "declared"}
    outlet = {"outlet": f"outlet{int(digest(name), 16) % 200}.example", "authors": [], "agencies": []}
    times = {"ingested_at": MOMENT, "run_id": "r", "revision": 1, "is_latest": True, "language": "en"}
    return {**dict.fromkeys(SETTLED), **known, **told, **outlet, **times}


def settle_rows(rows: list[Row], folder: Path) -> Path:
    """The folder of settled articles, a block a paragraph."""
    blocks = [
        {"document_id": row["document_id"], "paragraph_no": number, "role": "body", "text": text}
        | {"char_start": start, "char_end": start + len(text)}
        for row in rows
        for number, (start, text) in enumerate(paragraphs(row["text"]))
    ]
    full = [{**dict.fromkeys(BLOCKS), **block} for block in blocks]
    return write_settled(
        folder,
        articles=to_frame(rows, SETTLED),
        blocks=to_frame(full, BLOCKS),
        rejected=to_frame([], REJECTED),
    )


def paragraphs(text: str) -> Iterable[tuple[int, str]]:
    """Start and text of each."""
    return ((found.start(), found[0]) for found in re.finditer(r"[^\n]+", text))


def write_annotations(rows: list[Row], folder: Path) -> list[Path]:
    """Folders of made-up annotations, BATCH articles each."""
    batches = []
    for start in range(0, len(rows), BATCH):
        found: dict[str, list[Row]] = {name: [] for name in ANNOTATIONS}
        for row in rows[start : start + BATCH]:
            _annotate(row, found)
        frames = {name: (to_frame(found[name], schema), schema) for name, schema in ANNOTATIONS.items()}
        name = digest(*(row["text_id"] for row in rows[start : start + BATCH]))
        batches.append(write_folder(frames, folder / name))
    return batches


def _annotate(row: Row, found: dict[str, list[Row]]) -> None:
    key = {"text_id": row["text_id"], "article_id": row["article_id"]}
    entities: dict[str, int] = {}
    n_mentions: Counter[int] = Counter()
    found["annotated"].append(key)
    sentences = (
        (number, start + match.start(), match[0])
        for number, (start, text) in enumerate(paragraphs(row["text"]))
        for match in SENTENCE.finditer(text)
    )
    for sentence_no, (paragraph_no, start, text) in enumerate(sentences):
        place = {**key, "sentence_no": sentence_no}
        span = {"char_start": start, "char_end": start + len(text)}
        found["sentences"].append({**place, "paragraph_no": paragraph_no, "text": text, **span})
        for match in NAME.finditer(text):
            entity_no = entities.setdefault(match[0], len(entities))
            n_mentions[entity_no] += 1
            entity = {"entity_no": entity_no, "label": _label(match[0])}
            found["mentions"].append({**place, **entity, **_span(match, start)})
        for match in NUMBER.finditer(text):
            value = {"value": float(re.sub(r"\D", "", match[0])), "unit": None, "kind": "count"}
            rest = {"value_max": None, "currency": None, "approximate": False, "item": None}
            found["quantities"].append({**place, **value, **rest, **_span(match, start)})
    found["article_entities"] += [
        {**key, "entity_no": number, "name": name, "label": _label(name), "aliases": []}
        | {"country_code": None, "roles": [], "n_mentions": n_mentions[number]}
        for name, number in entities.items()
    ]


def _label(name: str) -> str:
    return {1: "GPE", 2: "PERSON"}.get(name.count(" ") + 1, "ORG")


def _span(match: re.Match[str], start: int) -> Row:
    return {"text": match[0], "char_start": start + match.start(), "char_end": start + match.end()}


def measure(work: Callable[[], T]) -> tuple[T, float]:
    """The result, and CPU seconds of this process, all threads, and of its workers."""
    start = _cpu_seconds()
    result = work()
    return result, _cpu_seconds() - start


def _cpu_seconds() -> float:
    of_workers = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + of_workers.ru_utime + of_workers.ru_stime


def tell_rest(begun: float) -> str:
    """Seconds since then, and the most memory that this process has had."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{time.monotonic() - begun:.1f} s, {peak:.0f} MB here"


def time_extraction(rows: list[Row], sample: int, folder: Path) -> float:
    """CPU seconds an article, of a sample extracted with the default model once it is loaded."""
    settled = settle_rows(rows[: sample + 1], folder / "sample")
    reader = Reader(folder / "real", Settings(warehouse=folder).model)
    annotate = partial(annotate_texts, settled, folder=reader.annotations, reader=reader)
    annotate(pending_texts(settled, reader.annotations).head(1))
    return measure(lambda: annotate(pending_texts(settled, reader.annotations)))[1] / sample


def main() -> None:
    """Prints a line a figure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--added", type=int, default=100)
    parser.add_argument("--times", type=int, default=1, help="sets of articles; 10 make 100,000 of 10,000")
    parser.add_argument("--workers", type=int, default=1, help="processes that build claims")
    parser.add_argument("--sample", type=int, default=40, help="articles extracted; 0: none")
    arguments = parser.parse_args()
    if not (arguments.folder / "input").is_dir():
        raise SystemExit(f"{arguments.folder} has no input/: name a folder with input/*.jsonl")
    given = read_rows(arguments.folder, arguments.times)
    rows = sample_articles(given, arguments.articles * arguments.times + arguments.added)
    old = rows[: -arguments.added]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        batches = write_annotations(old, folder / "annotations")
        more = write_annotations(rows[-arguments.added :], folder / "annotations")
        before, after = settle_rows(old, folder / "old"), settle_rows(rows, folder / "all")
        # Imports and models are not what is measured.
        few = settle_rows(old[:20], folder / "few")
        aggregate_parts(few, batches[:1], folder / "warm")
        n_old, rows = len(old), rows[: arguments.sample + 1]
        del given, old
        target = folder / "aggregates"
        build = partial(aggregate_parts, folder=target, n_workers=arguments.workers)
        begun = time.monotonic()
        built, building = measure(lambda: build(before, batches))
        print(f"building {n_old} articles: {building:.1f} CPU s, {tell_rest(begun)}", flush=True)
        begun = time.monotonic()
        _, adding = measure(lambda: build(after, [*batches, *more], previous=built))
        share = f"{adding / building:.1%} of building"
        print(f"adding {arguments.added}: {adding:.2f} CPU s, {share}, {tell_rest(begun)}", flush=True)
        if arguments.sample:
            each = time_extraction(rows, arguments.sample, folder)
            share = building / (each * n_old)
            print(f"extraction: {each:.3f} CPU s an article; aggregating takes {share:.2f} of that")


if __name__ == "__main__":
    main()
