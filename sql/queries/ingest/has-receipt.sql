-- Question:   Is this receipt stored? Asked after an INSERT whose token ClickHouse may have known.
-- Grain:      one row
-- Parameters: recorded_at and event_id of a row of the batch (one block: whole or absent)
-- Freshness:  now
-- Cost:       by primary key
SELECT count() AS rows
FROM receipts
WHERE recorded_at = {recorded_at:DateTime64(3)} AND event_id = {event_id:String}
