"""The steps: each joins sources, stages, store and checks into one piece of a run. No Prefect here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path

import polars as pl

from flows.checks.gate import judge
from flows.checks.offenders import find_offending_articles
from flows.checks.run import run_checks
from flows.checks.suites import load_suites
from flows.errors import ExtractionFailedError
from flows.progress import report_progress
from flows.reading import read_inputs
from flows.run import SHOWN_REJECTIONS, Aggregated, Checked, Cleaned, Extracted, Ingested, RunRequest
from flows.stages.aggregate import aggregate_parts, relation_parts
from flows.stages.clean import clean_parts_into, cleaned_folder
from flows.stages.extract import Reader, annotate_texts, annotated_batches, pending_texts, unread_texts
from flows.stages.ingest import ingest_documents, known_document_ids, raw_parts
from flows.stages.ledger import RunRecord
from flows.stages.parts import read_parts, to_frame, write_part
from flows.stages.pool import map_unordered
from flows.stages.quarantine import quarantine
from flows.stages.schemas import AGGREGATES, ANNOTATIONS, QUALITY_RESULTS, RAW, REJECTED, RUNS
from flows.stages.settle import settle
from flows.store.build import build_database, refresh_history
from flows.store.publish import publish, version_name


def ingest(request: RunRequest) -> Ingested:
    """Reads what the inputs hold and was not read before into raw parts."""
    settings, ledger = request.settings, request.ledger
    folder = settings.parts / "raw"
    known_inputs = ledger.known_inputs()
    state = ledger.read_state()
    reading = read_inputs(request.inputs, known=known_inputs, feeds=state.feeds, settings=settings)
    counts = ingest_documents(
        reading,
        folder,
        known=known_document_ids(folder),
        run_id=request.run_id,
        ingested_at=request.started_at,
        documents_per_part=settings.documents_per_part,
        bytes_per_part=settings.bytes_per_part,
    )
    ledger.add_rejections(request.run_id, counts.rejections)
    ledger.add_inputs(reading.read)
    ledger.write_state(state)
    known_bad = (item.source_uri for item in reading.unchanged if item.n_rejected or item.n_set_aside)
    return Ingested(
        n_inputs=len(reading.items),
        n_seen=counts.n_seen + sum(item.n_documents for item in reading.unchanged),
        n_new=counts.n_new,
        n_rejected=len(counts.rejections),
        n_readable=reading.n_readable,
        known_bad=tuple(uri.partition("#")[0] for uri in islice(known_bad, SHOWN_REJECTIONS)),
    )


def clean(request: RunRequest, ingested: Ingested) -> Cleaned:
    """Cleans raw parts that are not clean yet, and settles which text of each article counts."""
    settings = request.settings
    folder = settings.parts / "clean"
    parts = raw_parts(settings.parts / "raw")
    todo = [part for part in parts if not cleaned_folder(part, folder).is_dir()]
    report_progress("clean", 0, len(todo))
    for _ in map_unordered(
        clean_parts_into(folder),
        todo,
        n_workers=settings.n_workers,
        on_done=lambda done: report_progress("clean", done, len(todo)),
    ):
        pass
    settled = settle([cleaned_folder(part, folder) for part in parts], settings.parts / "settled")
    rejected = pl.read_parquet(settled / "rejected.parquet", columns=["source_uri"])
    request.ledger.note_set_aside(rejected["source_uri"])
    return _count_cleaned(settled, request.run_id, _unpublished_runs(request, parts))


def _unpublished_runs(request: RunRequest, raw: Sequence[Path]) -> set[str]:
    """The runs that read what no published version has: this one, and those before it that failed."""
    since = request.ledger.read_state().published_part
    readers = read_parts([part for part in raw if part.stem > since], RAW, ["run_id"])["run_id"]
    return set(readers) - request.ledger.published_runs()


def _count_cleaned(settled: Path, run_id: str, unpublished_runs: set[str]) -> Cleaned:
    """What is new since the last published version: what a killed run had read counts too."""
    articles = pl.read_parquet(settled / "articles.parquet", columns=["run_id", "revision", "is_latest"])
    rejected = pl.read_parquet(settled / "rejected.parquet", columns=["run_id"])
    is_new = pl.col("run_id").is_in(list(unpublished_runs))
    return Cleaned(
        settled=settled,
        n_articles=articles.filter("is_latest").height,
        n_new=articles.filter(is_new & (pl.col("revision") == 1)).height,
        n_changed=articles.filter(is_new & (pl.col("revision") > 1)).height,
        n_rejected=rejected.filter(is_new).height,
        n_rejected_now=rejected.filter(pl.col("run_id") == run_id).height,
    )


def extract(request: RunRequest, cleaned: Cleaned) -> Extracted:
    """Annotates the texts that have no annotations yet."""
    reader = _reader(request)
    texts = pending_texts(cleaned.settled, reader.annotations)
    annotate_texts(
        cleaned.settled,
        texts,
        reader.annotations,
        reader,
        on_progress=lambda done, total: report_progress("extract", done, total),
    )
    return Extracted(reader.annotations, texts.height, _readable(request, cleaned, reader.annotations))


def _readable(request: RunRequest, cleaned: Cleaned, folder: Path) -> Cleaned:
    """The articles without those that the extractors failed on. Raises ExtractionFailedError."""
    latest = pl.scan_parquet(cleaned.settled / "articles.parquet").filter("is_latest").select("text_id")
    unread = unread_texts(folder).lazy().join(latest, on="text_id", how="semi").collect()
    if unread.is_empty():
        return cleaned
    offenders = dict(unread.select("article_id", "detail").iter_rows())
    rest = _without(request, cleaned, offenders, reason="extraction_failed")
    if rest is None:
        raise ExtractionFailedError(len(offenders), cleaned.n_articles, next(iter(offenders.values())))
    return rest


def _without(
    request: RunRequest, cleaned: Cleaned, offenders: dict[str, str], *, reason: str
) -> Cleaned | None:
    """The articles without the offenders; None where that leaves too few, or all."""
    folder = request.settings.builds / request.run_id
    settled = quarantine(cleaned.settled, offenders, folder, run_id=request.run_id, reason=reason)
    if settled is None:
        return None
    n_aside = len(offenders)
    return replace(
        cleaned,
        settled=settled,
        n_articles=cleaned.n_articles - n_aside,
        n_rejected=cleaned.n_rejected + n_aside,
    )


def _reader(request: RunRequest) -> Reader:
    settings = request.settings
    return Reader(settings.parts, settings.model, settings.n_workers, settings.articles_per_batch)


def aggregate(request: RunRequest, cleaned: Cleaned, extracted: Extracted) -> Aggregated:
    """Joins the articles into reuse, stories and claims, and builds the database of all parts."""
    ledger = request.ledger
    state = ledger.read_state()
    batches = annotated_batches(extracted.folder)
    aggregates = request.settings.parts / "aggregates"
    reader = _reader(request)
    name = aggregate_parts(
        cleaned.settled,
        batches,
        aggregates,
        previous=state.aggregates,
        reader=reader,
        n_workers=request.settings.n_workers,
        on_progress=lambda done, total: report_progress("aggregate", done, total),
    )
    folder = aggregates / name
    annotated = [*batches, *annotated_batches(reader.dated_annotations)]
    parts = {
        "article_revisions": [cleaned.settled / "articles.parquet"],
        "blocks": [cleaned.settled / "blocks.parquet"],
        **{name: [batch / f"{name}.parquet" for batch in annotated] for name in ANNOTATIONS},
        **{name: relation_parts(folder, name) for name in AGGREGATES},
        **_history(request, cleaned.settled),
    }
    build_database(request.built, parts)
    return Aggregated(name, cleaned.settled, request.built)


def _history(request: RunRequest, settled: Path) -> dict[str, list[Path]]:
    """The parts about the pipeline itself; each at least an empty one."""
    ledger, scratch = request.ledger, request.settings.builds / request.run_id
    empty = {
        "runs": write_part(to_frame([], RUNS), scratch / "runs.parquet", RUNS),
        "quality": write_part(to_frame([], QUALITY_RESULTS), scratch / "quality.parquet", QUALITY_RESULTS),
        "rejected": write_part(to_frame([], REJECTED), scratch / "rejected.parquet", REJECTED),
    }
    return {
        "runs": [empty["runs"], *ledger.parts("runs")],
        "quality_results": [empty["quality"], *ledger.parts("quality")],
        "rejected_inputs": [empty["rejected"], *ledger.parts("rejected"), settled / "rejected.parquet"],
    }


def check(request: RunRequest, aggregated: Aggregated) -> Checked:
    """Runs every suite on the built database and keeps the results."""
    results = run_checks(
        aggregated.database,
        load_suites(quality=request.settings.quality),
        on_done=lambda done, total: report_progress("check", done, total),
    )
    rows = [{"run_id": request.run_id, **asdict(result)} for result in results]
    request.ledger.add_quality(request.run_id, rows)
    return Checked(tuple(results), judge(results))


def set_aside(
    request: RunRequest, cleaned: Cleaned, aggregated: Aggregated, checked: Checked
) -> Cleaned | None:
    """The settled articles without those that a critical check names; None where that cannot help."""
    suites = load_suites(quality=request.settings.quality)
    offenders = find_offending_articles(aggregated.database, checked.verdict.critical, suites)
    return _without(request, cleaned, offenders, reason="quarantined")


def publish_built(request: RunRequest, aggregated: Aggregated, record: RunRecord, key: str) -> str:
    """Writes the run's history into the built database and publishes it; gives the version's name."""
    settings, ledger = request.settings, request.ledger
    ledger.add_run(record)
    refresh_history(aggregated.database, _history(request, aggregated.settled))
    version = version_name(request.started_at)
    publish(
        aggregated.database,
        settings.database,
        settings.versions,
        version=version,
        keep=settings.keep_versions,
    )
    state = ledger.read_state()
    state.published_key = key
    state.published_part = max((part.stem for part in raw_parts(settings.parts / "raw")), default="")
    state.aggregates = aggregated.name
    ledger.write_state(state)
    return version


class DirectSteps:
    """The steps as plain calls."""

    ingest = staticmethod(ingest)
    clean = staticmethod(clean)
    extract = staticmethod(extract)
    aggregate = staticmethod(aggregate)
    check = staticmethod(check)
    set_aside = staticmethod(set_aside)
    publish = staticmethod(publish_built)
