"""The command `copydesk`. Heavy modules are imported where they are used, so that --help is instant.

Exit status: 0 done, 1 failed, 2 bad usage, 3 a critical check failed, 4 another run holds the warehouse.
"""

from __future__ import annotations

import gc
import signal
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from flows.ending import Commands, errors_as_messages

if TYPE_CHECKING:
    from flows.settings import Settings

app = typer.Typer(
    name="copydesk",
    cls=Commands,
    help="Turns a heap of news articles into a DuckDB warehouse: who said what, and how independently.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Warehouse = Annotated[
    str | None,
    typer.Option(
        "--warehouse",
        metavar="DIR",
        help="The warehouse folder [default: $COPYDESK_WAREHOUSE or warehouse/].",
    ),
]


class OutputFormat(StrEnum):
    """What `copydesk sql` can write."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"
    markdown = "markdown"


@app.command()
def run(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT...", help="File, folder, glob, - or feed URL.")
    ],
    warehouse: Warehouse = None,
    direct: Annotated[bool, typer.Option("--direct", help="Run the same steps without Prefect.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List what would be read, and stop.")] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private and loopback addresses too.")
    ] = False,
    quarantine: Annotated[
        bool, typer.Option("--quarantine", help="Set failing articles aside and publish the rest.")
    ] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes [default: one a core].")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show Prefect's log lines.")] = False,
) -> None:
    """Ingest, clean, extract, aggregate, check, publish.

    Examples:

      copydesk run examples/articles/

      copydesk run 'dumps/*.jsonl.gz' https://news.example/feed.xml

      copydesk run dumps/ --warehouse /srv/news
    """
    from flows import commands
    from flows.sources import require_inputs

    overrides = {"allow_private": allow_private or None, "quarantine": quarantine or None, "workers": workers}
    settings = _settings(warehouse, **overrides)
    if dry_run:
        commands.list_inputs(inputs, settings)
        return
    require_inputs(inputs)
    _require_usable(settings)
    commands.run(inputs, settings, direct=direct, verbose=verbose)


@app.command()
def sql(
    query: Annotated[str | None, typer.Argument(help="One query; without it, an interactive prompt.")] = None,
    warehouse: Warehouse = None,
    output: Annotated[OutputFormat, typer.Option("--format", help="How to write it.")] = OutputFormat.table,
    timeout: Annotated[
        float | None, typer.Option(help="Seconds before the query is ended [default: 60].")
    ] = None,
) -> None:
    """Ask the published database, read-only.

    Examples:

      copydesk sql "FROM articles"

      copydesk sql "SELECT text, n_articles FROM claims" --format csv
    """
    from flows import sql_prompt
    from flows.store.query import open_published

    settings = _settings(warehouse, query_timeout=timeout)
    with open_published(settings.database) as connection:
        if query is not None:
            sql_prompt.answer(connection, query, output=output.value, timeout=settings.query_timeout)
        else:
            sql_prompt.converse(connection, output=output.value, timeout=settings.query_timeout)


@app.command()
def report(
    story: Annotated[str | None, typer.Option(metavar="ID", help="Of one story [default: of all].")] = None,
    output: Annotated[str, typer.Option("-o", metavar="FILE", help="- is standard output.")] = "-",
    warehouse: Warehouse = None,
) -> None:
    """Write a page that needs nothing but itself: claims with their sources, timeline, quotes, charts.

    Examples:

      copydesk report -o report.html

      copydesk report --story fbc96fd50f93d58d -o story.html
    """
    from flows import commands

    commands.report(_settings(warehouse), story, output)


@app.command()
def check(warehouse: Warehouse = None) -> None:
    """Run the checks on the published version: exit 0, or 3 where a critical one fails.

    Example: copydesk check --warehouse /srv/news
    """
    from flows import commands

    commands.check(_settings(warehouse))


@app.command()
def versions(warehouse: Warehouse = None) -> None:
    """List the kept versions, newest first; * is the published one.

    Example: copydesk versions
    """
    from flows import commands

    commands.show_versions(_settings(warehouse))


@app.command()
def rollback(
    version: Annotated[
        str | None, typer.Argument(help="The version, or how it begins [default: the one before].")
    ] = None,
    warehouse: Warehouse = None,
) -> None:
    """Publish an older version.

    Example: copydesk rollback 20260314T0907
    """
    from flows import commands
    from flows.store.query import NoPublishedVersionError

    settings = _settings(warehouse)
    if not settings.versions.is_dir():
        raise NoPublishedVersionError(f"no version is kept in {settings.versions}")
    commands.roll_back(settings, version)


@app.command()
def status(
    warehouse: Warehouse = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    alert: Annotated[
        bool, typer.Option("--alert", help="Alert where no run ended well for COPYDESK_STALE_HOURS.")
    ] = False,
) -> None:
    """Show the published version, its age and counts, what is wrong, and when the next run comes.

    Examples:

      copydesk status --json

      copydesk status --alert    (from cron: a watch on `copydesk serve`)
    """
    from flows.status import read_status, status_json, status_lines, tell_if_stale

    settings = _settings(warehouse)
    if alert:
        tell_if_stale(settings)
    found = read_status(settings)
    print(status_json(found) if as_json else "\n".join(status_lines(found)))


@app.command()
def doctor(warehouse: Warehouse = None) -> None:
    """See whether everything is there that a run needs: exit 0, or 1 where something is missing.

    Example: copydesk doctor --warehouse /srv/news
    """
    from flows.doctor import examine

    findings = examine(_settings(warehouse))
    for finding in findings:
        print(f"{'ok ' if finding.is_good else 'BAD'}  {finding.name:20} {finding.detail}")
    if not all(finding.is_good for finding in findings):
        raise SystemExit(1)


@app.command()
def serve(
    inputs: Annotated[
        list[str] | None, typer.Argument(metavar="[INPUT]...", help="What the scheduled runs read.")
    ] = None,
    warehouse: Warehouse = None,
    port: Annotated[int | None, typer.Option(help="Port of the server and its UI [default: 4200].")] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    cron: Annotated[str | None, typer.Option(help="When to refresh [default: '7 * * * *'].")] = None,
) -> None:
    """Start a Prefect server with its UI and run the schedules until it is ended.

    Examples:

      copydesk serve dumps/ https://news.example/feed.xml

      copydesk serve dumps/ --cron '*/15 * * * *' --port 4300
    """
    from flows import deploy

    settings = _settings(warehouse, server_port=port, refresh_cron=cron)
    deploy.serve(inputs or [], settings, host=host, port=settings.server_port)


@app.command()
def backfill(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Inputs with {day} in them.")],
    from_day: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day.")],
    to_day: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day.")],
    warehouse: Warehouse = None,
    direct: Annotated[bool, typer.Option("--direct", help="Run without Prefect.")] = False,
) -> None:
    """Take in inputs that are filed by day, for a range of days.

    Examples:

      copydesk backfill 'dumps/{day}.jsonl' --from 2024-03-01 --to 2024-03-07

      copydesk backfill '{year}/{month}/{dd}/' --from 2024-03-01 --to 2024-03-07
    """
    from flows import commands
    from flows.backfill import describe_missing, inputs_of_days
    from flows.terminal import say

    settings = _settings(warehouse)
    chosen, missing = inputs_of_days(inputs, from_day.date(), to_day.date())
    _require_usable(settings)
    if missing:
        say(describe_missing(missing))
    commands.run(chosen, settings, direct=direct, verbose=False)


def _settings(warehouse: str | None, **overrides: object) -> Settings:
    from flows.settings import load_settings

    return load_settings(warehouse=warehouse, **overrides)


def _require_usable(settings: Settings) -> None:
    """What a run would stumble over later: no incident, but bad usage."""
    from flows.settings import require_model

    require_model(settings)
    if settings.quality:
        from flows.checks.suites import load_suites

        load_suites(quality=settings.quality)


def main() -> None:
    """The entry point: errors that a user can act on come as one message and an exit status."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a run that is ended writes its row first
    try:
        with errors_as_messages():
            app()
    finally:
        gc.freeze()  # the interpreter's last collection would walk all that was imported: a second of CPU


if __name__ == "__main__":
    main()
