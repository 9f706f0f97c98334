/*
One row per check and run.

table_name: the relation that was checked
check_name: what a reader would suffer if it failed
severity: critical, warning or info
passed: whether the check passed
n_rows: rows that were checked
n_unexpected: rows that broke the check
sample: some offending rows, as JSON
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
FROM raw.quality_results
