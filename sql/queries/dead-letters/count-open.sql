-- Question:   How many dead letters are open? For the metric.
-- Grain:      one row
-- Parameters: none
-- Freshness:  the instant of the query
-- Cost:       two columns of all dead letters, and all steps
SELECT
    count() AS letters
FROM
(
    SELECT dead_letter_id, max(received_at) AS last_received_at
    FROM dead_letters
    GROUP BY dead_letter_id
) AS letters
LEFT JOIN
(
    SELECT dead_letter_id, argMax((state, at), at) AS step
    FROM dead_letter_steps
    GROUP BY dead_letter_id
) AS steps USING (dead_letter_id)
WHERE step.1 IN ('', 'open') OR (step.1 = 'replayed' AND step.2 < last_received_at)
