"""Time expressions: quality on annotated articles, and documents a second beside other tools.

    python benchmarks/times.py
    python benchmarks/times.py --peer-python .venv-peers/bin/python --peer recognizers

Needs the annotated articles (--data: a folder with `gold.json` and `input/*.jsonl`) and the score
(--measure: the folder of `score_times.py`). Peers are recognizers-text (recognizers-text-date-time)
and dateparser, run in the same pass by --peer-python, where they are installed. The halves are
those of the SHA-256 of the document's name: rules are tuned on half 0 only.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PEERS = ("recognizers", "dateparser")
Document = dict[str, str]
Rows = dict[str, list[dict[str, Any]]]


def main() -> int:
    """Prints one JSON line a tool; 2 where the data is missing."""
    options = _parse_arguments()
    if options.run_peer:
        print(json.dumps(run_peer(options.run_peer, json.load(sys.stdin))))
        return 0
    gold_path = options.data / "gold.json"
    if not gold_path.exists() or not (options.measure / "score_times.py").exists():
        print(f"no annotated articles in {options.data}, or no score in {options.measure}", file=sys.stderr)
        return 2
    gold = json.loads(gold_path.read_text(encoding="utf-8"))
    documents = list(read_documents(options.data / "input"))
    score = load_score(options.measure)
    ours, seconds, parse_seconds = run_ours(documents)
    print(
        json.dumps(
            {"tool": "copydesk", **summarise(ours, documents, gold, score), **speed(documents, seconds)}
        )
    )
    print(json.dumps({"tool": "copydesk with spaCy", **speed(documents, seconds + parse_seconds)}))
    for peer in options.peer:
        result = call_peer(peer, options.peer_python, documents)
        if result is None:
            print(json.dumps({"tool": peer, "error": f"not installed for {options.peer_python}"}))
            continue
        print(
            json.dumps(
                {
                    "tool": peer,
                    **summarise(result["rows"], documents, gold, score),
                    **speed(documents, result["seconds"]),
                    "copydesk_is_faster": round(result["seconds"] / seconds, 1),
                }
            )
        )
    return 0


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=SHARED / "data" / "times")
    parser.add_argument("--measure", type=Path, default=SHARED / "measure" / "annotations")
    parser.add_argument("--peer", action="append", choices=PEERS, default=None, help="default: all")
    parser.add_argument("--peer-python", default=sys.executable, help="a Python that has the peers")
    parser.add_argument("--run-peer", choices=PEERS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.peer = options.peer or list(PEERS)
    return options


def read_documents(folder: Path) -> Iterable[Document]:
    """Name, text and day of every article."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            yield {"name": record["url"].rsplit("/", 1)[-1], "text": record["text"], "date": record["date"]}


def load_score(folder: Path) -> Callable[..., dict[str, Any]]:
    """The function `score` of the measure."""
    sys.path.insert(0, str(folder))
    loaded: Callable[..., dict[str, Any]] = importlib.import_module("score_times").score
    return loaded


def half_of(name: str) -> int:
    """0: the rules may be tuned on the document; 1: they may not."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2


def summarise(
    rows: Rows, documents: list[Document], gold: dict[str, Any], score: Callable[..., dict[str, Any]]
) -> dict[str, Any]:
    """strict, relaxed, value F1 and the share of days right, on both halves and on all, in percent."""
    predicted = {document["name"]: (document["text"], rows[document["name"]]) for document in documents}
    result = {}
    for part, wanted in (("tuned", {0}), ("held_out", {1}), ("all", {0, 1})):
        found = score(predicted, gold | {"docs": [d for d in gold["docs"] if half_of(d["name"]) in wanted]})
        result[part] = {
            "strict": found["strict"]["f1"],
            "relaxed": found["relaxed"]["f1"],
            "value": found["value"]["f1"],
            "days": found["interval_acc"],
        }
    return result


def speed(documents: list[Document], seconds: float) -> dict[str, float]:
    """Documents a second of processor time."""
    return {"documents_a_second": round(len(documents) / seconds, 1)}


def run_ours(documents: list[Document]) -> tuple[Rows, float, float]:
    """Rows, processor seconds for the times, and for the parses that they need."""
    sys.path.insert(0, str(ROOT))
    from flows.text.extract.parse import parse_paragraphs
    from flows.text.extract.times import find_times
    from flows.text.types import ParsedArticle, ParsedParagraph

    list(parse_paragraphs(["The model is loaded."]))
    begun = time.process_time()
    articles = []
    for document in documents:
        lines = [line for line in document["text"].split("\n") if line.strip()]
        parsed, at = [], 0
        for number, parse in enumerate(parse_paragraphs(lines)):
            at = document["text"].index(parse.text, at)
            parsed.append(ParsedParagraph(number, at, parse))
            at += len(parse.text)
        day = date.fromisoformat(document["date"][:10])
        articles.append(ParsedArticle(document["name"], document["text"], tuple(parsed), published_on=day))
    parsed_at = time.process_time()
    rows = {article.article_id: [asdict(found) for found in find_times(article, ())] for article in articles}
    return rows, time.process_time() - parsed_at, parsed_at - begun


def call_peer(peer: str, python: str, documents: list[Document]) -> dict[str, Any] | None:
    """What the peer finds, run by another Python; None where it is not installed there."""
    command = [python, str(Path(__file__).resolve()), "--run-peer", peer]
    done = subprocess.run(
        command, input=json.dumps(documents), capture_output=True, text=True, timeout=1800, check=False
    )
    return json.loads(done.stdout) if done.returncode == 0 else None


def run_peer(peer: str, documents: list[Document]) -> dict[str, Any]:
    """Rows and processor seconds of a peer, in this process."""
    find = {"recognizers": find_by_recognizers, "dateparser": find_by_dateparser}[peer]
    find("Warm up on Monday.", datetime(2020, 1, 1))
    begun = time.process_time()
    rows = {
        document["name"]: find(document["text"], datetime.fromisoformat(document["date"][:10]))
        for document in documents
    }
    return {"rows": rows, "seconds": time.process_time() - begun}


def find_by_recognizers(text: str, published: datetime) -> list[dict[str, Any]]:
    """recognizers-text: its TIMEX, and the days that it resolves a date or a range to."""
    from recognizers_date_time import Culture, recognize_datetime

    types = {"duration": "DURATION", "set": "SET", "time": "TIME", "datetime": "TIME"}
    rows = []
    for found in recognize_datetime(text, Culture.English, reference=published):
        kind = found.type_name.rsplit(".", 1)[-1]
        # of two readings of a weekday the past one comes first
        value = ((found.resolution or {}).get("values") or [{}])[0]
        begin, end = _days_of_recognizers(kind, value)
        timex = value.get("timex", "")
        rows.append(
            {
                "char_start": found.start,
                "char_end": found.end + 1,
                "timex_type": types.get(kind, "DATE"),
                "timex_value": begin if kind == "date" or timex.startswith("XXXX") else timex,
                "begins_on": begin,
                "ends_on": end,
            }
        )
    return rows


def _days_of_recognizers(kind: str, value: dict[str, str]) -> tuple[str | None, str | None]:
    """First and last day; its ranges end on the day after."""
    if kind in ("date", "datetime") and "value" in value:
        return value["value"][:10], value["value"][:10]
    if kind == "daterange" and "start" in value and "end" in value:
        last = date.fromisoformat(value["end"][:10]) - timedelta(days=1)
        return value["start"][:10], last.isoformat()
    return None, None


def find_by_dateparser(text: str, published: datetime) -> list[dict[str, Any]]:
    """dateparser's search: the words and the day; places are found again in the text."""
    from dateparser.search import search_dates

    rows, at = [], 0
    settings = {"RELATIVE_BASE": published, "PREFER_DATES_FROM": "past"}
    for words, moment in search_dates(text, languages=["en"], settings=settings) or []:
        start = text.find(words, at)
        if start < 0:
            continue
        at = start + len(words)
        day = moment.date().isoformat()
        rows.append(
            {
                "char_start": start,
                "char_end": at,
                "timex_type": "DATE",
                "timex_value": day,
                "begins_on": day,
                "ends_on": day,
            }
        )
    return rows


if __name__ == "__main__":
    sys.exit(main())
