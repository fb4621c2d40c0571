-- Question:   Has an event with this id been recorded, and with which content?
-- Grain:      one row, or none
-- Parameters: event_id, what the event is called
-- Freshness:  what ingest has committed
-- Cost:       a bloom filter over all granules; a few granules are read
SELECT toString(body_hash) AS body_hash
FROM events
WHERE event_id = {event_id:String}
LIMIT 1
