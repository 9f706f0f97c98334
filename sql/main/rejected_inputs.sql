/*
One row per input that was not taken in, with the reason.

reason: a stable name of the reason
detail: what, where, and what to do
*/
SELECT
    run_id,
    source_uri,
    reason,
    detail
FROM raw.rejected_inputs
