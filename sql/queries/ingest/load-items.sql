-- Question:   What was believed of each tagged item after an event?
-- Grain:      one row per item
-- Parameters: snapshot_id, a snapshot not after it, 0 for none; through, the ordinal of the event; one beyond every
--             ordinal for what is believed now
-- Order:      the state with the newest sight counts; of two with the same, the one committed last
-- Freshness:  what ingest has committed
-- Cost:       one snapshot and the item states from it to the event
SELECT
    epc,
    newest.1 AS gtin,
    newest.2 AS location_id,
    newest.3 AS zone_id,
    newest.4 AS status,
    newest.5 AS state,
    toUnixTimestamp64Milli(newest.6) AS first_seen_at_ms,
    toUnixTimestamp64Milli(newest.7) AS last_seen_at_ms
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
        WHERE snapshot_id = {snapshot_id:UInt64}
        UNION ALL
        SELECT epc, gtin, location_id, zone_id, status, state, first_seen_at, last_seen_at, ordinal
        FROM item_history
        WHERE ordinal > {snapshot_id:UInt64} AND ordinal <= {through:UInt64}
    )
    GROUP BY epc
)
