-- Question:   What does one of several ingests believe of each tagged item?
-- Grain:      one row per item
-- Parameters: snapshot_id, a finished snapshot from before recorded_before, 0 for none; own, the locations whose events
--             are its own; recorded_before, until when it has taken in what the others recorded
-- Freshness:  its own events all, those of others up to recorded_before: it follows what came later
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
    SELECT
        item_epc, item_gtin, item_location_id, item_zone_id, item_status, item_state, item_first_seen_at,
        item_last_seen_at, ordinal
    FROM events
    ARRAY JOIN
        items.epc AS item_epc, items.gtin AS item_gtin, items.location_id AS item_location_id,
        items.zone_id AS item_zone_id, items.status AS item_status, items.state AS item_state,
        items.first_seen_at AS item_first_seen_at, items.last_seen_at AS item_last_seen_at
    WHERE ordinal > {snapshot_id:UInt64}
        AND (events.location_id IN {own:Array(String)} OR recorded_at < {recorded_before:DateTime64(3)})
    UNION ALL
    -- Items that it wrote out of its locations because another ingest has them: that one tells what they are now.
    SELECT
        line_epc, line_gtin, events.location_id, '', 'in_transit', line_state, occurred_at, occurred_at, ordinal
    FROM events
    ARRAY JOIN movements.epc AS line_epc, movements.gtin AS line_gtin, movements.state AS line_state
    WHERE ordinal > {snapshot_id:UInt64}
        AND event_type = 'transfer_seen' AND events.location_id IN {own:Array(String)} AND line_epc != ''
)
GROUP BY epc
