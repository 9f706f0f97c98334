/*
One row per input that was not taken in.
*/
SELECT
    run_id,
    source_uri,
    reason,
    detail
FROM read_parquet(getvariable('rejected_inputs'))
