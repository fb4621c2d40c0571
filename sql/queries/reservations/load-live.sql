-- Question:   What does every reservation look like that holds stock, or ended lately?
-- Grain:      one row per reservation, its newest change
-- Parameters: since, the instant from which on what ended is of interest; through, the ordinal of the last change to look at
-- Freshness:  what is committed
-- Cost:       the rows that may hold stock since then, and the other rows of the same reservations
SELECT ordinal, kind, decided_at, granted_ordinal, counts_until, sales, sale, reservation
FROM reservation_events
WHERE ordinal <= {through:UInt64} AND reservation_id IN
(
    SELECT DISTINCT reservation_id
    FROM reservation_events
    WHERE reservation_id != '' AND counts_until >= {since:DateTime64(3, 'UTC')} AND ordinal <= {through:UInt64}
)
ORDER BY ordinal DESC
LIMIT 1 BY reservation_id
