-- Question:   How many idempotency keys were granted more than one reservation?
-- Grain:      one row
-- Parameters: key_prefix, that of the run
-- Freshness:  what is committed
-- Cost:       all rows of reservation_events
SELECT count() AS doubled
FROM
(
    SELECT key_scope, idempotency_key
    FROM reservation_events
    WHERE kind = 'granted' AND startsWith(idempotency_key, {key_prefix:String})
    GROUP BY key_scope, idempotency_key
    HAVING uniqExact(reservation_id) > 1
)
