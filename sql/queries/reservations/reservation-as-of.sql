-- Question:   What was a reservation after a change, or what is it now?
-- Grain:      one row, or none
-- Parameters: reservation_id; through, the ordinal of the last change to look at
-- Freshness:  what is committed
-- Cost:       the granules that may hold the reservation, by a bloom filter
SELECT ordinal, kind, decided_at, granted_ordinal, counts_until, sales, sale, reservation
FROM reservation_events
WHERE reservation_id = {reservation_id:String} AND ordinal <= {through:UInt64}
ORDER BY ordinal DESC
LIMIT 1
