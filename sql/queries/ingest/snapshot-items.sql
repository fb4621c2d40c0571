-- Question:   (writes) Items as of an event, from the snapshot before it and the item states since.
-- Grain:      one row per item
-- Parameters: snapshot_id, the ordinal of the last event it contains; previous_id, the snapshot before, 0 for none
-- Cost:       one snapshot and the item states of a day
INSERT INTO item_snapshots (snapshot_id, epc, gtin, location_id, zone_id, status, state, first_seen_at, last_seen_at)
SELECT
    {snapshot_id:UInt64}, epc, newest.1, newest.2, newest.3, newest.4, newest.5, newest.6, newest.7
FROM
(
    SELECT
        epc,
        argMax(
            (gtin, location_id, zone_id, status, state, first_seen_at, last_seen_at),
            (last_seen_at, ordinal)) AS newest
    FROM
    (
        SELECT epc, gtin, location_id, zone_id, status, state, first_seen_at, last_seen_at, 0 AS ordinal
        FROM item_snapshots
        WHERE snapshot_id = {previous_id:UInt64}
        UNION ALL
        SELECT epc, gtin, location_id, zone_id, status, state, first_seen_at, last_seen_at, ordinal
        FROM item_history
        WHERE ordinal > {previous_id:UInt64} AND ordinal <= {snapshot_id:UInt64}
    )
    GROUP BY epc
)
