"""What the checks cost on a large corpus: seconds and peak memory of all suites on made-up articles.

    python benchmarks/checks.py [--articles 100000] [--database FILE]

Makes a database of so many articles with SQL (20 sentences, 5 quotes, 30 mentions an article), or takes
the one in FILE, runs every suite on it in a process of its own, and prints as JSON: wall and CPU seconds,
peak memory, the slowest relations, and the same for a hundredth of the articles.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from flows.store.relations import Relation, load_relations

ROOT = Path(__file__).resolve().parents[1]
BOUND_SECONDS, BOUND_MEGABYTES = 60, 1000
SENTENCES = 20
MEASURE = """
import json, resource, sys, time
from pathlib import Path
from flows.checks.run import run_checks, warm_up
from flows.checks.suites import load_suites
warm_up()
began, cpu, marks = time.perf_counter(), time.process_time(), [time.perf_counter()]
results = run_checks(Path(sys.argv[1]), on_done=lambda done, total: marks.append(time.perf_counter()))
spent = {s.short_name: round(b - a, 2) for s, a, b in zip(load_suites(), marks, marks[1:])}
print(json.dumps({
    "checks": len(results),
    "failed": [f"{r.table_name}: {r.check_name}: {r.sample}"[:200] for r in results if not r.passed],
    "seconds": round(time.perf_counter() - began, 1),
    "cpu_seconds": round(time.process_time() - cpu, 1),
    "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    "slowest": dict(sorted(spent.items(), key=lambda item: -item[1])[:8]),
}))
"""

MADE = {
    "written": f"""
        SELECT
            printf('%016x', article) AS article_id,
            article,
            sentence AS sentence_no,
            sentence // 4 AS paragraph_no,
            printf(
                'Ana Torvik of Lower Orlin said on Monday that %05d people had left the valley after the '
                'water reached the road near kilometre %05d of the café district in the west.',
                (CASE WHEN sentence = 0 THEN article // 2 ELSE article END * 7 + sentence) % 100000,
                sentence * 17
            ) AS text
        FROM range({{n}}) AS articles(article)
        CROSS JOIN range({SENTENCES}) AS sentences(sentence)
    """,
    "raw.sentences": """
        SELECT
            article_id,
            sentence_no,
            paragraph_no,
            text,
            CAST(coalesce(sum(length(text) + CASE WHEN sentence_no % 4 = 3 THEN 2 ELSE 1 END) OVER (
                PARTITION BY article_id ORDER BY sentence_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ), 0) AS BIGINT) AS char_start,
            char_start + length(text) AS char_end
        FROM written
    """,
    "raw.article_revisions": """
        WITH paragraphs AS (
            SELECT article_id, article, paragraph_no, string_agg(text, ' ' ORDER BY sentence_no) AS text
            FROM written
            GROUP BY ALL
        )
        SELECT
            'd' || article_id AS document_id,
            article_id,
            'file:///made/' || article AS source_uri,
            'https://outlet' || article % 200 || '.example/' || article AS url,
            'Outlet ' || article % 200 AS outlet,
            'Article number ' || article AS title,
            CAST([] AS VARCHAR[]) AS authors,
            CAST([] AS VARCHAR[]) AS agencies,
            CAST(NULL AS VARCHAR) AS dateline,
            DATE '2024-01-01' + CAST(article // 1000 AS INTEGER) AS published_on,
            CAST(NULL AS TIMESTAMPTZ) AS published_at,
            'declared' AS date_basis,
            'en' AS language,
            string_agg(text, chr(10) || chr(10) ORDER BY paragraph_no) AS text,
            TIMESTAMPTZ '2024-01-02 00:00:00+00' + to_days(CAST(article // 1000 AS INTEGER)) AS ingested_at,
            'run' || article // 1000 AS run_id,
            article_id AS text_id,
            1 AS revision,
            TRUE AS is_latest
        FROM paragraphs
        GROUP BY article_id, article
    """,
    "raw.current_texts": "SELECT text_id, article_id FROM raw.article_revisions",
    "raw.blocks": """
        SELECT
            'd' || article_id AS document_id,
            paragraph_no,
            'body' AS role,
            articles.text[min(sentences.char_start) + 1 : max(sentences.char_end)] AS text,
            min(sentences.char_start) AS raw_start,
            max(sentences.char_end) AS raw_end,
            min(sentences.char_start) AS char_start,
            max(sentences.char_end) AS char_end
        FROM raw.sentences AS sentences
        JOIN raw.article_revisions AS articles USING (article_id)
        GROUP BY article_id, paragraph_no, articles.text
    """,
    "raw.article_entities": """
        SELECT article_id, entity_no, 'Ana Torvik' AS name, 'PERSON' AS label,
            CAST([] AS VARCHAR[]) AS aliases, CAST(NULL AS VARCHAR) AS country_code, ['a deputy'] AS roles
        FROM raw.article_revisions CROSS JOIN range(2) AS numbers(entity_no)
    """,
    "raw.entity_links": """
        SELECT article_id, entity_no, 'e' || (hash(article_id) + entity_no) % 50000 AS entity_id
        FROM raw.article_entities
    """,
    "raw.entities": """
        SELECT DISTINCT entity_id, 'Ana Torvik' AS name, 'PERSON' AS label, CAST([] AS VARCHAR[]) AS aliases,
            CAST(NULL AS VARCHAR) AS country_code
        FROM raw.entity_links
    """,
    "raw.mentions": """
        SELECT article_id, sentence_no, entity_no,
            CASE entity_no WHEN 0 THEN 'PERSON' ELSE 'GPE' END AS label,
            CASE entity_no WHEN 0 THEN 'Ana Torvik' ELSE 'Lower Orlin' END AS text,
            char_start + 14 * entity_no AS char_start,
            char_start + CASE entity_no WHEN 0 THEN 10 ELSE 25 END AS char_end
        FROM raw.sentences CROSS JOIN range(2) AS numbers(entity_no)
        WHERE entity_no = 0 OR sentence_no % 2 = 0
    """,
    "raw.quotes": """
        SELECT article_id, sentence_no, sentence_no // 4 AS quote_no, sentence_no // 4 AS statement_no,
            'indirect' AS kind, text[41:] AS text, char_start + 40 AS char_start, char_end,
            'said' AS cue, char_start + 26 AS cue_start, char_start + 30 AS cue_end,
            'Ana Torvik' AS speaker, char_start AS speaker_start, char_start + 10 AS speaker_end,
            0 AS speaker_entity_no
        FROM raw.sentences WHERE sentence_no % 4 = 0
    """,
    "raw.times": """
        SELECT article_id, sentence_no, 'Monday' AS text, char_start + 34 AS char_start,
            char_start + 40 AS char_end,
            'DATE' AS timex_type, '2024-01-01' AS timex_value, DATE '2024-01-01' AS begins_on,
            DATE '2024-01-01' AS ends_on
        FROM raw.sentences WHERE sentence_no % 2 = 0
    """,
    "raw.quantities": """
        SELECT article_id, sentence_no, text[47:58] AS text, char_start + 46 AS char_start,
            char_start + 58 AS char_end, 1.0 AS value, CAST(NULL AS DOUBLE) AS value_max, 'person' AS unit,
            CAST(NULL AS VARCHAR) AS currency, 'count' AS kind, FALSE AS approximate,
            CAST(NULL AS VARCHAR) AS item
        FROM raw.sentences WHERE sentence_no % 2 = 0
    """,
    "raw.events": """
        SELECT article_id, sentence_no, char_start, char_end, 'people' AS actor,
            CAST(NULL AS BIGINT) AS actor_entity_no, 'leave' AS action, CAST(NULL AS VARCHAR) AS event_type,
            'valley' AS target, CAST(NULL AS BIGINT) AS target_entity_no, CAST(NULL AS VARCHAR) AS place,
            CAST(NULL AS DATE) AS begins_on, CAST(NULL AS DATE) AS ends_on, FALSE AS negated,
            'asserted' AS modality, CAST(NULL AS VARCHAR) AS speaker
        FROM raw.sentences WHERE sentence_no % 2 = 0
    """,
    "pairs": """
        SELECT one.article_id, other.article_id AS other_id, one.char_start, one.char_end,
            other.char_start AS other_start, other.char_end AS other_end
        FROM raw.sentences AS one
        JOIN raw.sentences AS other ON other.sentence_no = 0 AND one.sentence_no = 0 AND one.text = other.text
            AND one.article_id <> other.article_id
            AND CAST('0x' || one.article_id AS BIGINT) // 2 = CAST('0x' || other.article_id AS BIGINT) // 2
    """,
    "raw.reuse_pairs": """
        SELECT article_id, other_id, 0.05 AS containment, 1 AS n_shared_sentences, 'partial' AS relation,
            CASE WHEN article_id > other_id THEN 'from' ELSE 'to' END AS direction
        FROM pairs
    """,
    "raw.shared_spans": "FROM pairs",
    "raw.origins": """
        SELECT article_id, CAST(NULL AS VARCHAR) AS origin, other_id AS origin_article_id,
            ['text'] AS evidence
        FROM pairs WHERE article_id > other_id
    """,
    "raw.story_members": """
        SELECT article_id, 's' || CAST('0x' || article_id AS BIGINT) // 8 AS story_id,
            article_id AS text_group
        FROM raw.article_revisions
    """,
    "raw.story_titles": "SELECT DISTINCT story_id, 'A story' AS title FROM raw.story_members",
    "raw.inferred_dates": "SELECT article_id, published_on FROM raw.article_revisions WHERE FALSE",
    "raw.claim_sentences": """
        SELECT story_id || '-' || md5(text)[1:12] AS claim_id, article_id, sentence_no,
            CASE sentence_no WHEN 0 THEN 'shared' ELSE article_id END AS source_group,
            CASE sentence_no WHEN 0 THEN 'text' END AS evidence
        FROM raw.sentences JOIN raw.story_members USING (article_id)
    """,
    "raw.claims": """
        SELECT claim_id, any_value(story_id) AS story_id, any_value(sentences.text) AS text,
            min(published_on) AS first_on
        FROM raw.claim_sentences
        JOIN raw.sentences AS sentences USING (article_id, sentence_no)
        JOIN raw.story_members USING (article_id)
        JOIN raw.article_revisions USING (article_id)
        GROUP BY claim_id
    """,
    "raw.timeline": """
        SELECT story_id, first_on AS happened_on, text, claim_id, FALSE AS planned
        FROM raw.claims WHERE hash(claim_id) % 6 = 0
    """,
    "raw.conflicts": """
        SELECT claims.story_id, claim_id, claim_id AS other_claim_id, article_id, sentence_no,
            article_id AS other_id, sentence_no AS other_sentence_no, 'figure' AS kind, '1' AS value,
            '2' AS other_value, 'one and two' AS explanation
        FROM raw.claims AS claims JOIN raw.claim_sentences USING (claim_id) WHERE hash(claim_id) % 100 = 0
    """,
    "raw.runs": """
        SELECT DISTINCT run_id, ingested_at AS started_at, ingested_at AS finished_at, 'published' AS status,
            1000 AS n_seen, 1000 AS n_new, 0 AS n_changed, 0 AS n_rejected, 1.0 AS seconds
        FROM raw.article_revisions
    """,
    "raw.quality_results": """
        SELECT run_id, 'main.articles' AS table_name, 'check ' || number AS check_name, 'warning' AS severity,
            TRUE AS passed, 1000 AS n_rows, 0 AS n_unexpected, CAST(NULL AS VARCHAR) AS sample
        FROM raw.runs CROSS JOIN range(240) AS numbers(number)
    """,
    "raw.rejected_inputs": """
        SELECT run_id, 'file:///made/x' AS source_uri, 'no_text' AS reason, 'nothing to read' AS detail
        FROM raw.runs CROSS JOIN range(10)
    """,
}


def make_database(path: Path, n_articles: int) -> None:
    """A database of so many articles at `path`; core and main are made by the project's own SQL."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "SET TimeZone = 'UTC'; SET memory_limit = '6GB'; SET preserve_insertion_order = false"
        )
        connection.execute("CREATE SCHEMA raw; CREATE SCHEMA core")
        for name, query in MADE.items():
            connection.execute(
                f"CREATE TABLE {name} AS {query.format(n=n_articles) if '{n}' in query else query}"
            )
        for relation in _derived(load_relations()):
            connection.execute(f"CREATE {relation.kind} {relation.qualified_name} AS {relation.query}")
        connection.execute("DROP TABLE written; DROP TABLE pairs")


def _derived(relations: list[Relation]) -> list[Relation]:
    return [relation for relation in relations if relation.schema != "raw"]


def measure(database: Path) -> dict[str, object]:
    """The checks on the database, in a process of their own."""
    command = [sys.executable, "-c", MEASURE, str(database)]
    done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Prints the figures of both sizes and whether they keep the bounds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--database", type=Path, help="keep the made database here, or use the one there")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        large = arguments.database or Path(folder) / "large.duckdb"
        if not large.exists():
            make_database(large, arguments.articles)
        small = Path(folder) / "small.duckdb"
        make_database(small, max(arguments.articles // 100, 10))
        figures = {"articles": arguments.articles, "all": measure(large), "hundredth": measure(small)}
    bounds = {"bound_seconds": BOUND_SECONDS, "bound_megabytes": BOUND_MEGABYTES}
    print(json.dumps({**figures, **bounds}, indent=1))


if __name__ == "__main__":
    main()
