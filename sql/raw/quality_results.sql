/*
One row per check and run.
*/
SELECT
    run_id,
    table_name,
    check_name,
    severity,
    passed,
    n_rows,
    n_unexpected,
    sample
FROM read_parquet(getvariable('quality_results'))
