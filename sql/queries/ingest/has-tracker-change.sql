-- Question:   Is this change of the tracker stored? Asked after an INSERT whose token ClickHouse may have known.
-- Grain:      one row
-- Parameters: ordinal of a row of the batch (one block: whole or absent)
-- Freshness:  now
-- Cost:       by primary key
SELECT count() AS rows
FROM tracker_changes
WHERE ordinal = {ordinal:UInt64}
