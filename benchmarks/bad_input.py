"""Bad input through the whole pipeline: what it costs beside ordinary articles, and what comes out.

    python benchmarks/bad_input.py [CASE...] [--scale 1.0] [--articles FILE] [--keep FOLDER]

Each case is one `copydesk run --direct` in a warehouse of its own. The peer is `ordinary`: 1,000 articles of
FILE (JSON lines with url, title, text, date; by default those of ../shared/data/stories/allsides). The others
are made of these, and of invented events in seven languages (data/seven_languages.json). CPU seconds and
peak memory (PSS) are those of the command and its workers; they are compared by bytes of text. --scale 0.1
takes a tenth of the articles.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import psutil

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = ROOT.parent / "shared" / "data" / "stories" / "allsides" / "input" / "articles.jsonl"
LANGUAGES = Path(__file__).parent / "data" / "seven_languages.json"
LONG_BYTES = 5_000_000
LEGAL_WORDS = 3_000
VARIANTS = 10  # of each event and language, with other names and numbers
LOOK_SECONDS = 0.5

Article = dict[str, Any]


class Outcome(NamedTuple):
    """What a run cost, and what it left behind."""

    cpu: float
    wall: float
    peak_bytes: int
    status: int
    found: dict[str, Any]


class Material:
    """Ordinary articles, and the bad ones that are made of them."""

    def __init__(self, file: Path, scale: float) -> None:
        self.rows: list[Article] = [json.loads(line) for line in file.read_text("utf-8").split("\n") if line]
        random.Random(1).shuffle(self.rows)
        self.scale = scale

    def number(self, n: int) -> int:
        """So many, at the scale chosen."""
        return max(int(n * self.scale), 1)

    def ordinary(self, n: int = 1_000) -> list[Article]:
        """Articles as they are."""
        return self.rows[: self.number(n)]

    def identical(self, n: int = 10_000) -> list[Article]:
        """One body, in so many outlets and at so many addresses."""
        return [_published(self.rows[0], f"outlet{k % 200}", f"{k}") for k in range(self.number(n))]

    def long(self, *, in_one_line: bool = False) -> list[Article]:
        """One article of LONG_BYTES among 20 ordinary ones."""
        text = "\n\n".join(row["text"] for row in self.rows[20:])
        while len(text) < self.number(LONG_BYTES):
            text += "\n\n" + text
        text = text[: self.number(LONG_BYTES)]
        if in_one_line:
            text = re.sub(r"[.!?…:;]+|\s+", " ", text)
        long = {
            "title": "The whole archive",
            "text": text,
            "date": "2019-01-01",
            "url": "https://l.example/1",
        }
        return [*self.rows[:20], long]

    def legal(self, n: int = 500, *, n_outlets: int = 1) -> list[Article]:
        """Articles that end with one page, for which prose of others stands here."""
        page, n_words = "", 0
        for paragraph in "\n\n".join(row["text"] for row in self.rows[1_000:]).split("\n\n"):
            if n_words < LEGAL_WORDS:
                page, n_words = f"{page}\n\n{paragraph}", n_words + len(paragraph.split())
        rows = enumerate(self.ordinary(n))
        return [
            _published(row, f"outlet{k % n_outlets}", f"l{k}") | {"text": row["text"] + page}
            for k, row in rows
        ]

    def languages(self, variants: int = VARIANTS) -> list[Article]:
        """Invented events in seven languages, each told several times with other names."""
        told = json.loads(LANGUAGES.read_text(encoding="utf-8"))
        chance = random.Random(2)
        return [
            _published(_tell(event, told[language], chance), language, f"{number}-{variant}")
            for variant in range(self.number(variants))
            for language in told
            for number, event in enumerate(told[language]["events"])
        ]

    def undated(self, n: int = 1_000) -> list[Article]:
        """Ordinary articles of which nobody knows the day."""
        rows = enumerate(self.ordinary(n))
        return [_published(row, f"undated{k % 20}", f"{k}") | {"date": None} for k, row in rows]

    def mixed(self) -> list[Article]:
        """Some of everything."""
        parts = (
            self.identical(1_000),
            self.long(),
            self.legal(100),
            self.legal(100, n_outlets=100),
            self.languages(2),
            self.undated(200),
        )
        return [row for part in parts for row in part]


def _published(row: Article, outlet: str, path: str) -> Article:
    site = f"{outlet}.example"
    return {**row, "source": site, "url": f"https://{site}/{path}"}


def _tell(event: str, names: dict[str, list[list[str]]], chance: random.Random) -> Article:
    person, place = ("".join(map(chance.choice, names[kind])) for kind in ("person", "place"))
    filled = event.format(person=person, place=place, number=chance.randrange(3, 900))
    title, _, text = filled.partition("\n")
    return {"title": title, "text": text, "date": f"2024-{chance.randrange(1, 13):02}-11"}


Make = Callable[[Material], list[Article]]
CASES: dict[str, Make] = {
    "ordinary": Material.ordinary,
    "ordinary-few": lambda material: material.ordinary(20),
    "identical": Material.identical,
    "long": Material.long,
    "long-line": lambda material: material.long(in_one_line=True),
    "legal-outlets": lambda material: material.legal(n_outlets=500),
    "legal-outlet": Material.legal,
    "languages": Material.languages,
    "undated": Material.undated,
    "mixed": Material.mixed,
}
"""What each is made of; all are compared with the first."""


def run(articles: Sequence[Article], folder: Path) -> Outcome:
    """One run of the command on the articles."""
    folder.mkdir(parents=True)
    lines = (json.dumps(article, ensure_ascii=False) for article in articles)
    (folder / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    warehouse = folder / "warehouse"
    command = [sys.executable, "-m", "flows.cli", "run", str(folder / "in.jsonl"), "--direct"]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [*command, "--warehouse", str(warehouse)], cwd=ROOT, stdout=log, stderr=log, env=os.environ
        )
        peak = _watch(process)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Outcome(cpu, time.monotonic() - began, peak, process.returncode, _ask(warehouse / "news.duckdb"))


def _watch(process: subprocess.Popen[bytes]) -> int:
    """The most bytes that the process and its children held at one look."""
    peak = 0
    ended = threading.Event()
    threading.Thread(target=lambda: (process.wait(), ended.set()), daemon=True).start()
    while not ended.wait(LOOK_SECONDS):
        held = 0
        try:
            tree = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        except psutil.NoSuchProcess:
            break
        for each in tree:
            try:
                held += each.memory_full_info().pss
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue  # ended meanwhile
        peak = max(peak, held)
    ended.wait()
    return peak


ASKED = {
    "articles": "SELECT count(*) FROM articles",
    "rejected": "SELECT count(*) FROM rejected_inputs",
    "stories": "SELECT count(*) FROM stories",
    "in the largest": "SELECT max(n_articles) FROM stories",
    "sources of a story at most": "SELECT max(n_independent_sources) FROM stories",
    "claims": "SELECT count(*) FROM claims",
    "sources of a claim at most": "SELECT max(n_independent_sources) FROM claims",
    "pairs of reuse": "SELECT count(*) FROM reuse",
    "languages of a story at most": """
        SELECT max(n) FROM (SELECT count(DISTINCT language) AS n FROM articles GROUP BY story_id)
    """,
    "checks failed": "SELECT count(*) FROM quality_results WHERE NOT passed",
}


def _ask(database: Path) -> dict[str, Any]:
    if not database.exists():
        return {}
    with duckdb.connect(str(database), read_only=True) as connection:
        return {name: (connection.execute(query).fetchone() or (None,))[0] for name, query in ASKED.items()}


def describe(name: str, n: int, n_bytes: int, outcome: Outcome, peer: tuple[float, int] | None) -> str:
    """A row of the table. `peer` has CPU seconds and bytes of the ordinary articles."""
    share = f"{outcome.cpu / n_bytes * peer[1] / peer[0]:.2f}" if peer else "-"
    found = ", ".join(f"{value} {key}" for key, value in outcome.found.items()) or "no version"
    return (
        f"| {name} | {n:,} | {n_bytes / 1e6:.1f} | {outcome.cpu:.0f} | {share} | {outcome.wall:.0f} "
        f"| {outcome.peak_bytes / 1e6:.0f} | {outcome.status} | {found} |"
    )


def main() -> None:
    """Prints a row a case, as it ends."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"of {', '.join(CASES)}; all by default")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the articles that are taken")
    parser.add_argument("--articles", type=Path, default=DEFAULT)
    parser.add_argument("--keep", type=Path, help="a new folder where inputs, logs and warehouses stay")
    arguments = parser.parse_args()
    if unknown := set(arguments.cases) - set(CASES):
        raise SystemExit(f"no such case: {', '.join(sorted(unknown))}")
    if not arguments.articles.is_file():
        raise SystemExit(f"{arguments.articles} is not there: name a file of articles with --articles")
    material = Material(arguments.articles, arguments.scale)
    print(
        "| case | articles | MB | CPU s | a byte, of ordinary | wall s | peak MB | status | what came out |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    peer: tuple[float, int] | None = None
    with tempfile.TemporaryDirectory() as temporary:
        for number, (name, make) in enumerate(CASES.items()):
            if arguments.cases and name not in arguments.cases:
                continue
            articles = make(material)
            n_bytes = sum(len(article["text"].encode()) for article in articles)
            print(f"{name}: {len(articles)} articles ...", file=sys.stderr, flush=True)
            outcome = run(articles, (arguments.keep or Path(temporary)) / str(number))
            peer = peer or ((outcome.cpu, n_bytes) if name == "ordinary" else None)
            print(describe(name, len(articles), n_bytes, outcome, peer), flush=True)


if __name__ == "__main__":
    main()
