-- Question:   What did other ingests learn of items since they were last asked?
-- Grain:      one row per item of an event, in the order of commitment
-- Parameters: recorded_since, the oldest time of recording that can still be new; locations and cursors, the last
--             ordinal taken in of each location; own, locations whose events are this ingest's own
-- Freshness:  what the others have committed
-- Cost:       the events of the last minutes of other locations
SELECT
    events.location_id AS at_location_id, events.ordinal AS ordinal,
    toUnixTimestamp64Milli(occurred_at) AS occurred_at_ms,
    item_epc AS epc, item_gtin AS gtin, item_location_id AS location_id, item_zone_id AS zone_id,
    item_status AS status, item_state AS state,
    toUnixTimestamp64Milli(item_first_seen_at) AS first_seen_at_ms,
    toUnixTimestamp64Milli(item_last_seen_at) AS last_seen_at_ms
FROM events
ARRAY JOIN
    items.epc AS item_epc, items.gtin AS item_gtin, items.location_id AS item_location_id,
    items.zone_id AS item_zone_id, items.status AS item_status, items.state AS item_state,
    items.first_seen_at AS item_first_seen_at, items.last_seen_at AS item_last_seen_at
WHERE recorded_at >= {recorded_since:DateTime64(3)}
    AND events.location_id NOT IN {own:Array(String)}
    AND ordinal > transform(toString(events.location_id), {locations:Array(String)}, {cursors:Array(UInt64)}, toUInt64(0))
ORDER BY ordinal
