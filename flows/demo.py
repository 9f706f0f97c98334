"""`make demo`: runs the pipeline on the example articles and shows what a newcomer may ask."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from flows.terminal import say

EXAMPLES = Path("examples/articles")
WAREHOUSE = Path("demo-warehouse")
QUESTIONS = {
    "Which stories are there, and how many independent sources tell them?": """
        SELECT title, n_articles, n_outlets, n_independent_sources AS n_sources, first_on, last_on
        FROM stories ORDER BY n_articles DESC, title""",
    "What do several articles claim, and how many sources really say so?": """
        SELECT n_articles, n_independent_sources AS n_sources, left(text, 92) AS claim
        FROM claims WHERE n_articles > 1
        ORDER BY n_independent_sources DESC, n_articles DESC, text LIMIT 8""",
    "Who said what?": """
        SELECT DISTINCT coalesce(entities.name, quotes.speaker) AS who, left(quotes.text, 84) AS said
        FROM quotes LEFT JOIN entities ON entity_id = speaker_entity_id
        WHERE kind = 'direct' AND speaker IS NOT NULL ORDER BY who, said LIMIT 12""",
    "Who had text from whom?": """
        SELECT regexp_extract(a.source_uri, '[^/]+$') AS article,
            regexp_extract(b.source_uri, '[^/]+$') AS other,
            round(containment, 2) AS share, relation, direction
        FROM reuse JOIN articles AS a ON a.article_id = reuse.article_id
            JOIN articles AS b ON b.article_id = other_id
        ORDER BY containment DESC, article LIMIT 6""",
    "What was set aside, and why?": "SELECT regexp_extract(source_uri, '[^/]+$') AS input, reason, detail "
    "FROM rejected_inputs",
}
NEXT = f"""
What to type next:

  .venv/bin/copydesk sql --warehouse {WAREHOUSE} "FROM articles"
  .venv/bin/copydesk sql --warehouse {WAREHOUSE} "FROM timeline ORDER BY happened_on"
  .venv/bin/copydesk sql --warehouse {WAREHOUSE}            (a prompt; SHOW TABLES; lists what there is)
  .venv/bin/copydesk run YOUR_ARTICLES/                      (text, HTML, JSON, CSV, WARC ..., or a feed)
  .venv/bin/copydesk --help
"""


def main() -> None:
    """Runs the demo; exits with the pipeline's status where that fails."""
    if not EXAMPLES.is_dir():
        raise SystemExit(f"no folder {EXAMPLES} here: run `make demo` in a checkout of Copydesk")
    _copydesk("run", str(EXAMPLES))
    for question, query in QUESTIONS.items():
        print(f"\n{question}", flush=True)
        _copydesk("sql", query)
    print(NEXT)


def _copydesk(*arguments: str) -> None:
    command = [sys.executable, "-m", "flows.cli", *arguments, "--warehouse", str(WAREHOUSE)]
    status = subprocess.run(command, check=False).returncode
    if status:
        say(f"copydesk {arguments[0]} ended with status {status}")
        raise SystemExit(status)


if __name__ == "__main__":
    main()
