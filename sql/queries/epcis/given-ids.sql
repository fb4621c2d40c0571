-- Question:   Which rows of the ledger were given out under these ids?
-- Grain:      one row an id
-- Parameters: event_ids
-- Freshness:  the instant of the query
-- Cost:       one key each
SELECT event_id, location_id, ordinal, part
FROM epcis_given_ids FINAL
WHERE event_id IN {event_ids:Array(String)}
