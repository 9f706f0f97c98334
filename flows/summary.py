"""A run in words: for the terminal and for the Prefect UI."""

from __future__ import annotations

from flows.run import RunSummary

STATUS_WORDS = {
    "published": "Published a new version",
    "unchanged": "Nothing new: the published version stays",
}


def summary_lines(summary: RunSummary) -> list[str]:
    """The summary, a line each."""
    heading = STATUS_WORDS.get(summary.status, summary.status)
    version = f" ({summary.version})" if summary.version else ""
    lines = [f"{heading}{version} in {summary.seconds:.1f} s."]
    lines.append(
        f"{summary.n_seen} documents seen, {summary.n_new} new articles, {summary.n_changed} new revisions, "
        f"{summary.n_rejected} set aside."
    )
    if summary.n_rejected:
        lines.append('Why: copydesk sql "FROM rejected_inputs"')
    if summary.counts:
        lines.append(", ".join(f"{count} {name}" for name, count in summary.counts.items()) + ".")
    lines.extend(
        f"Warning: {result.table_name}: {result.check_name} ({result.n_unexpected} of {result.n_rows} rows)"
        for result in summary.warnings
    )
    return lines


def summary_markdown(summary: RunSummary) -> str:
    """The summary as Markdown, with the counts as a table."""
    rows = "".join(f"| {name} | {count} |\n" for name, count in summary.counts.items())
    table = f"\n| relation | rows |\n|---|---:|\n{rows}" if rows else ""
    text = "\n\n".join(line for line in summary_lines(summary) if not line.startswith("Why"))
    return f"# Run {summary.run_id}\n\n{text}\n{table}"
