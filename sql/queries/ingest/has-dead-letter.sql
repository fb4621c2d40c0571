-- Question:   Is this dead letter stored? Asked after an INSERT whose token ClickHouse may have known.
-- Grain:      one row
-- Parameters: received_at and dead_letter_id of a row of the batch (one block: whole or absent)
-- Freshness:  now
-- Cost:       by primary key
SELECT count() AS rows
FROM dead_letters
WHERE received_at = {received_at:DateTime64(3)} AND dead_letter_id = {dead_letter_id:String}
