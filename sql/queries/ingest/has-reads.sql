-- Question:   Are the raw reads of this batch stored? Asked after an INSERT whose token ClickHouse may have known.
-- Grain:      one row
-- Parameters: location_id, reader_id, received_at of a row of the batch (one block: whole or absent)
-- Freshness:  now
-- Cost:       by primary key
SELECT count() AS rows
FROM read_batches
WHERE location_id = {location_id:String} AND reader_id = {reader_id:String}
    AND received_at = {received_at:DateTime64(3)}
