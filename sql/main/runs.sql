/*
One row per pipeline run.

run_id: key of the run
started_at: when it began
finished_at: when it ended
status: published, unchanged, rejected (a critical check failed) or failed
n_seen: documents that the inputs held
n_new: documents that were not known before
n_changed: new revisions of known articles
n_rejected: inputs that were set aside
seconds: how long it took
*/
SELECT
    run_id,
    started_at,
    finished_at,
    status,
    n_seen,
    n_new,
    n_changed,
    n_rejected,
    seconds
FROM raw.runs
