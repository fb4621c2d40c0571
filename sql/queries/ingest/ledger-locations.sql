-- Question:   Which locations have events in the ledger?
-- Grain:      one row per location
-- Parameters: none
-- Freshness:  what ingest has committed
-- Cost:       one column in the order of the table
SELECT DISTINCT location_id
FROM events
