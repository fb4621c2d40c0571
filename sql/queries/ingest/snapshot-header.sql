-- Question:   (writes) Finishes a snapshot: from now on a start begins with it.
-- Grain:      one row
-- Parameters: snapshot_id
-- Cost:       counts two partitions
INSERT INTO snapshots (snapshot_id, taken_at, positions, items)
SELECT
    {snapshot_id:UInt64}, now64(3, 'UTC'),
    (SELECT count() FROM position_snapshots WHERE snapshot_id = {snapshot_id:UInt64}),
    (SELECT count() FROM item_snapshots WHERE snapshot_id = {snapshot_id:UInt64})
