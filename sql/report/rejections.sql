/* Why inputs were set aside, and one for each reason. */
SELECT
    reason,
    count(DISTINCT source_uri) AS n_inputs,
    min(source_uri) AS example
FROM rejected_inputs
GROUP BY reason
ORDER BY n_inputs DESC, reason
