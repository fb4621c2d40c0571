-- Question:   What does every order look like with something left to do, or changed lately?
-- Grain:      one row per order, its newest change
-- Parameters: since, the instant from which on what ended is of interest
-- Freshness:  what is committed
-- Cost:       three narrow columns of the table, and the rows that are given
SELECT ordinal, kind, decided_at, fulfilment_id, order_json
FROM order_events
WHERE ordinal IN
(
    SELECT max(log.ordinal) AS newest
    FROM order_log AS log
    WHERE log.order_id != ''
    GROUP BY log.order_id
    HAVING argMax(log.is_open, log.ordinal) = 1 OR max(log.decided_at) >= {since:DateTime64(3, 'UTC')}
)
