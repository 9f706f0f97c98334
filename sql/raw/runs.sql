/*
One row per pipeline run.
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
FROM read_parquet(getvariable('runs'))
