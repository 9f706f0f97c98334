"""Page cleaning beside other extractors, in one process and one run: quality and pages per CPU second.

The pages, their gold standard (`gold.json`) and the measures (`metrics.py`) are no part of this
project: give their folders as arguments. Extractors that are not installed are named and left out.

    python benchmarks/pages.py ../shared/data/pages --measures ../shared/measure/pages --halves
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

Record = dict[str, Any]
Extractor = Callable[[bytes], Record]
COLUMNS = ("body_f1", "pages_f1_ge_98", "paragraph_f1", "title_exact", "date_exact", "author_f1")


def copydesk() -> Extractor:
    from flows.text.clean.article import clean_document
    from flows.text.types import CleanArticle, RawDocument

    def extract(page: bytes) -> Record:
        article = clean_document(RawDocument("", "file:///page", page, "text/html"), today=date.today())
        if not isinstance(article, CleanArticle):
            return {}
        return {
            "text": article.text,
            "title": article.title,
            "authors": article.authors,
            "agencies": article.agencies,
            "date": article.published_on,
        }

    return extract


def trafilatura() -> Extractor:
    module = importlib.import_module("trafilatura")

    def extract(page: bytes) -> Record:
        found = module.bare_extraction(page, with_metadata=True, include_comments=False)
        if found is None:
            return {}
        authors = [name for name in (found.author or "").split("; ") if name]
        return {"text": found.text, "title": found.title, "authors": authors, "date": found.date}

    return extract


def readability() -> Extractor:
    document = importlib.import_module("readability").Document
    html = importlib.import_module("lxml.html")

    def extract(page: bytes) -> Record:
        found = document(page.decode("utf-8", "replace"))
        tree = html.fromstring(found.summary())
        texts = [
            " ".join(e.text_content().split()) for e in tree.iter("p", "h2", "h3", "h4", "li", "blockquote")
        ]
        return {"text": "\n\n".join(filter(None, texts)), "title": found.short_title()}

    return extract


def newspaper4k() -> Extractor:
    article = importlib.import_module("newspaper").article

    def extract(page: bytes) -> Record:
        text = page.decode("utf-8", "replace")
        found = article("https://page.example/", input_html=text, fetch_images=False)
        return {
            "text": found.text,
            "title": found.title,
            "authors": found.authors,
            "date": found.publish_date,
        }

    return extract


def goose3() -> Extractor:
    goose = importlib.import_module("goose3").Goose({"enable_image_fetching": False})

    def extract(page: bytes) -> Record:
        found = goose.extract(raw_html=page.decode("utf-8", "replace"))
        published = found.publish_datetime_utc or found.publish_date
        return {
            "text": found.cleaned_text,
            "title": found.title,
            "authors": found.authors,
            "date": published,
        }

    return extract


EXTRACTORS = (copydesk, trafilatura, readability, newspaper4k, goose3)


def half_of(page: Record) -> int:
    """0 or 1 by the outlet's name, so that all pages of an outlet fall into one half."""
    return int(hashlib.md5(page["outlet"].encode()).hexdigest(), 16) % 2


def run(extract: Extractor, pages: dict[str, bytes]) -> tuple[dict[str, Record], float]:
    """What the extractor gives for each page, and CPU seconds; the first page, once more, warms it up."""
    extract(next(iter(pages.values())))
    results: dict[str, Record] = {}
    started = time.process_time()
    for name, page in pages.items():
        try:
            results[name] = extract(page)
        except Exception as error:  # a peer's failure is its result
            print(f"  {name}: {type(error).__name__}", file=sys.stderr)
    return results, time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", type=Path, default=ROOT / "../shared/data/pages")
    parser.add_argument("--measures", type=Path, default=ROOT / "../shared/measure/pages")
    parser.add_argument("--halves", action="store_true", help="the two halves of the outlets too")
    parser.add_argument("--only", nargs="*", help="names of extractors")
    arguments = parser.parse_args()
    missing = [
        path
        for path in (arguments.data / "gold.json", arguments.measures / "metrics.py")
        if not path.exists()
    ]
    if missing:
        sys.exit(f"missing: {', '.join(map(str, missing))}; see --help")
    sys.path.insert(0, str(arguments.measures))
    score = importlib.import_module("metrics").score
    gold = json.loads((arguments.data / "gold.json").read_text("utf-8"))
    pages = {name: (arguments.data / "input" / name).read_bytes() for name in gold["pages"]}
    print("| extractor | part | pages |", " | ".join(COLUMNS), "| ms a page | speed |")
    print("|---" * (len(COLUMNS) + 5) + "|")
    base: float | None = None
    for make in sorted(EXTRACTORS, key=lambda make: make is not trafilatura):
        if arguments.only and make.__name__ not in arguments.only:
            continue
        try:
            extract = make()
        except ImportError as error:
            print(f"{make.__name__} is not installed ({error})", file=sys.stderr)
            continue
        results, seconds = run(extract, pages)
        base = base or seconds
        parts = {"all": (0, 1), "half 0": (0,), "half 1": (1,)} if arguments.halves else {"all": (0, 1)}
        for part, halves in parts.items():
            chosen = {name: page for name, page in gold["pages"].items() if half_of(page) in halves}
            summary, _ = score(dict(gold, pages=chosen), results, rouge=False)
            figures = " | ".join(f"{summary.get(column, 0.0):.3f}" for column in COLUMNS)
            speed = f"{seconds / len(pages) * 1000:.0f} | {base / seconds:.2f}"
            print(f"| {make.__name__} | {part} | {len(chosen)} | {figures} | {speed} |", flush=True)


if __name__ == "__main__":
    main()
