-- Question:   What did tills, other systems, reads and silence do to the ledger?
-- Grain:      one row per event, in the order in which they were committed
-- Parameters: first and last, ordinals; locations, empty for all
-- Freshness:  what ingest has committed
-- Cost:       the events of that time
SELECT
    ordinal, location_id, event_id, event_type, source, body,
    toUnixTimestamp64Milli(occurred_at) AS occurred_at_ms,
    movements.location_id AS location_ids, movements.sequence AS sequences, movements.gtin AS gtins,
    movements.state AS states, movements.quantity AS quantities, movements.reason AS reasons, movements.epc AS epcs,
    movements.reservation_id AS reservation_ids, movements.order_id AS order_ids,
    items.epc AS item_epcs, items.gtin AS item_gtins, items.location_id AS item_location_ids,
    items.zone_id AS item_zone_ids, items.status AS item_statuses, items.state AS item_states,
    arrayMap(at -> toUnixTimestamp64Milli(at), items.first_seen_at) AS item_first_seen_at_ms,
    arrayMap(at -> toUnixTimestamp64Milli(at), items.last_seen_at) AS item_last_seen_at_ms
FROM events
WHERE ordinal BETWEEN {first:UInt64} AND {last:UInt64}
    AND (empty({locations:Array(String)}) OR has({locations:Array(String)}, location_id))
ORDER BY ordinal
