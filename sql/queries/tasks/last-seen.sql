-- Question:   Where in a location were units of these products seen last?
-- Grain:      one row a product and zone in which items are believed to be
-- Parameters: location_id; gtins, at most 100
-- Freshness:  what ingest has committed
-- Cost:       the newest snapshot of items (one row an item) and the item states of the day after it
SELECT
    items.gtin AS gtin, items.zone_id AS zone_id, any(zones.zone_name) AS zone_name, any(zones.zone_kind) AS zone_kind,
    count() AS units, max(items.last_seen_at) AS newest_seen_at
FROM
(
    SELECT gtin, zone_id, last_seen_at
    FROM current_items
    WHERE location_id = {location_id:String} AND gtin IN {gtins:Array(UInt64)} AND status = 'present' AND state = 'sellable'
) AS items
LEFT JOIN
(
    SELECT zone_id, zone_name, zone_kind FROM location_zones WHERE location_id = {location_id:String}
) AS zones ON zones.zone_id = items.zone_id
GROUP BY gtin, zone_id
ORDER BY gtin, newest_seen_at DESC, zone_id
