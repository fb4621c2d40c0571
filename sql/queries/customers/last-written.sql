-- Question:   What was written of customers in the last minute before the writer stopped?
-- Grain:      one row of customer_events, in its order
-- Parameters: none
-- Freshness:  the instant of the query
-- Cost:       a scan of one column, once a start
SELECT
    customer_id, ordinal, kind, person_id, identifier_kind, identifier_source, identifier, merge_id, other_id, detail, at, actor
FROM customer_events
WHERE recorded_at >= (SELECT max(recorded_at) FROM customer_events) - INTERVAL 1 MINUTE
    AND kind IN ('created', 'merged', 'unmerged', 'consented', 'erased') AND actor != 'import'
ORDER BY ordinal
LIMIT 1000
