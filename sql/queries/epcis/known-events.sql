-- Question:   Which of these ids are in the repository already, and with which content?
-- Grain:      one row an event, at most two an id: the event and its error declaration
-- Parameters: event_ids
-- Freshness:  the instant of the query
-- Cost:       a bloom filter passes over what cannot hold them
SELECT event_id, hash_id, is_declaration, capture_id, body
FROM epcis_events
WHERE event_id IN {event_ids:Array(String)}
