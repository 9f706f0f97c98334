"""Floors of page cleaning on annotated pages, where those are at hand; a floor rises with its figure."""

import json
from datetime import date
from pathlib import Path

import pytest
from support import load_module

from flows.text.clean.article import clean_document
from flows.text.types import CleanArticle, RawDocument

SHARED = Path(__file__).parents[4] / "shared"
PAGES = SHARED / "data" / "pages"
MEASURES = SHARED / "measure" / "pages" / "metrics.py"
FLOORS = {
    "body_f1": 0.980,
    "pages_f1_ge_98": 0.75,
    "title_exact": 0.95,
    "date_exact": 1.0,
    "author_f1": 0.96,
}


@pytest.mark.slow
@pytest.mark.skipif(not (PAGES.exists() and MEASURES.exists()), reason=f"no annotated pages at {PAGES}")
def test_quality_is_above_the_floors() -> None:
    gold = json.loads((PAGES / "gold.json").read_text("utf-8"))
    results = {}
    for name in gold["pages"]:
        page = RawDocument(name, f"file:///{name}", (PAGES / "input" / name).read_bytes(), "text/html")
        article = clean_document(page, today=date(2026, 12, 31))
        assert isinstance(article, CleanArticle), article
        results[name] = {
            "text": article.text,
            "title": article.title,
            "authors": article.authors,
            "agencies": article.agencies,
            "date": article.published_on,
        }
    summary, _ = load_module(MEASURES).score(gold, results, rouge=False)
    found = {name: summary[name] for name in FLOORS}
    assert all(found[name] >= floor for name, floor in FLOORS.items()), found
