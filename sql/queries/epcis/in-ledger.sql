-- Question:   Which of these events are in the ledger?
-- Grain:      one row an event
-- Parameters: event_ids
-- Freshness:  the instant of the query
-- Cost:       a bloom filter passes over what cannot hold them
SELECT event_id
FROM events
WHERE event_id IN {event_ids:Array(String)}
