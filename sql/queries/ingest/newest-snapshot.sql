-- Question:   Which is the newest finished snapshot?
-- Grain:      one row, or none
-- Parameters: none
-- Freshness:  snapshots are taken daily
-- Cost:       a tiny table
SELECT snapshot_id, positions, items
FROM snapshots
ORDER BY snapshot_id DESC
LIMIT 1
