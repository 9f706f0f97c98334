/*
One row per check of the latest run, worst first: the quality of what you are reading.

result: passed or FAILED
*/
WITH latest AS (
    SELECT run_id
    FROM raw.quality_results
    JOIN raw.runs USING (run_id)
    ORDER BY started_at DESC
    LIMIT 1
)

SELECT
    CASE WHEN results.passed THEN 'passed' ELSE 'FAILED' END AS result,
    results.severity,
    results.table_name,
    results.check_name,
    results.n_unexpected,
    results.n_rows,
    results.sample
FROM raw.quality_results AS results
SEMI JOIN latest USING (run_id)
ORDER BY
    results.passed,
    list_position(['critical', 'warning', 'info'], results.severity),
    results.table_name,
    results.check_name
