-- Question:   What does one of several ingests believe of each tagged item?
-- Grain:      one row per item
-- Parameters: snapshot_id, a finished snapshot from before recorded_before, 0 for none; own, the locations whose events
--             are its own; recorded_before, until when it has taken in what the others recorded
-- Order:      what is on hand by its own word is; what it wrote out because another ingest has it is where that one says;
--             else the newer of its own last state and the newest sight of others
-- Freshness:  its own events all, those of others up to recorded_before: it follows what came later
-- Cost:       one snapshot and the item states after it
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
        argMaxIf(
            (gtin, location_id, zone_id, status, state, first_seen_at, last_seen_at, ordinal, is_gone_there),
            ordinal, location_id IN {own:Array(String)}) AS own_newest,
        argMaxIf(
            (gtin, location_id, zone_id, status, state, first_seen_at, last_seen_at, ordinal, is_gone_there),
            (last_seen_at, ordinal), location_id NOT IN {own:Array(String)}) AS their_newest,
        own_newest.2 != '' AND (
            own_newest.4 IN ('present', 'exiting')
            OR their_newest.2 = ''
            OR (NOT own_newest.9 AND (own_newest.7, own_newest.8) >= (their_newest.7, their_newest.8))) AS is_own,
        if(is_own, own_newest, their_newest) AS newest
    FROM
    (
        SELECT epc, gtin, location_id, zone_id, status, state, first_seen_at, last_seen_at, 0 AS ordinal, false AS is_gone_there
        FROM item_snapshots
        WHERE snapshot_id = {snapshot_id:UInt64}
        UNION ALL
        SELECT
            item_epc, item_gtin, item_location_id, item_zone_id, item_status, item_state, item_first_seen_at,
            item_last_seen_at, ordinal, false
        FROM events
        ARRAY JOIN
            items.epc AS item_epc, items.gtin AS item_gtin, items.location_id AS item_location_id,
            items.zone_id AS item_zone_id, items.status AS item_status, items.state AS item_state,
            items.first_seen_at AS item_first_seen_at, items.last_seen_at AS item_last_seen_at
        WHERE ordinal > {snapshot_id:UInt64}
            AND (events.location_id IN {own:Array(String)} OR recorded_at < {recorded_before:DateTime64(3)})
        UNION ALL
        SELECT
            line_epc, line_gtin, events.location_id, '', 'in_transit', line_state, occurred_at, occurred_at, ordinal, true
        FROM events
        ARRAY JOIN movements.epc AS line_epc, movements.gtin AS line_gtin, movements.state AS line_state
        WHERE ordinal > {snapshot_id:UInt64}
            AND event_type = 'transfer_seen' AND events.location_id IN {own:Array(String)} AND line_epc != ''
    )
    GROUP BY epc
)
