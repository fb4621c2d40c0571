-- Question:   Which are the finished snapshots that are kept?
-- Grain:      one row each, the newest first; at most two are kept
-- Parameters: none
-- Freshness:  snapshots are taken daily
-- Cost:       a tiny table
SELECT snapshot_id
FROM snapshots
ORDER BY snapshot_id DESC
LIMIT 2
