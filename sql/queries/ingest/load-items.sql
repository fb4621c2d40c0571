-- Question:   What is believed of each tagged item?
-- Grain:      one row per item
-- Parameters: snapshot_id, the newest finished snapshot; 0 when there is none
-- Freshness:  what ingest has committed
-- Cost:       one snapshot and the item states after it
SELECT
    epc,
    argMax(gtin, ordinal) AS gtin,
    argMax(location_id, ordinal) AS location_id,
    argMax(zone_id, ordinal) AS zone_id,
    argMax(status, ordinal) AS status,
    argMax(state, ordinal) AS state,
    toUnixTimestamp64Milli(argMax(first_seen_at, ordinal)) AS first_seen_at_ms,
    toUnixTimestamp64Milli(argMax(last_seen_at, ordinal)) AS last_seen_at_ms
FROM
(
    SELECT epc, gtin, location_id, zone_id, status, state, first_seen_at, last_seen_at, 0 AS ordinal
    FROM item_snapshots
    WHERE snapshot_id = {snapshot_id:UInt64}
    UNION ALL
    SELECT epc, gtin, location_id, zone_id, status, state, first_seen_at, last_seen_at, ordinal
    FROM item_history
    WHERE ordinal > {snapshot_id:UInt64}
)
GROUP BY epc
