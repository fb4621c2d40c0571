-- Question:   What happened to reservations after an ordinal?
-- Grain:      one row a change, in their order
-- Parameters: after, an ordinal; most_rows
-- Freshness:  the instant of the query
-- Cost:       the rows that it answers: they are stored in this order
SELECT ordinal, kind, decided_at, reservation_id, version, reservation
FROM reservation_events
WHERE ordinal > {after:UInt64}
ORDER BY ordinal
LIMIT {most_rows:UInt32}
