-- Question:   When did memory and the ledger differ lately?
-- Grain:      one row per check that was not equal, newest first
-- Parameters: location_id (empty: any), page_rows
-- Freshness:  written as it is found
-- Cost:       a small table, 90 days
SELECT location_id, server_id, checked_at, sequence, positions, held_products, outcome, differences, detail, took_ms
FROM reconciliations
WHERE outcome != 'equal' AND ({location_id:String} = '' OR location_id = {location_id:String})
ORDER BY checked_at DESC
LIMIT {page_rows:UInt32}
