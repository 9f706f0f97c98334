/* The checks that failed in the latest run. */
SELECT
    severity,
    table_name,
    check_name,
    n_unexpected
FROM quality
WHERE result = 'FAILED' AND severity <> 'info'
ORDER BY ALL
