-- Question:   Is this event in the ledger? Asked after an INSERT whose token ClickHouse may have known.
-- Grain:      one row
-- Parameters: location_id, ordinal, event_id of an event of the batch (a batch is one block: whole or absent)
-- Freshness:  now
-- Cost:       by primary key
SELECT count() AS rows
FROM events
WHERE location_id = {location_id:String} AND ordinal = {ordinal:UInt64} AND event_id = {event_id:String}
