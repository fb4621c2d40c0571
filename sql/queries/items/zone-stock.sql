-- Question:   How many tagged units are in which zone, of this product or at this place?
-- Grain:      one row a location and zone with units on hand, by location, the fullest zone first
-- Parameters: gtin (0 = all); location_id ('' = all)
-- Rule:       on hand are items that are present, and those seen at an exit that are not known to have left
-- Freshness:  what ingest has committed
-- Cost:       the newest snapshot of items (one row an item) and the item states of the day after it
SELECT
    on_hand.location_id AS location_id, on_hand.zone_id AS zone_id, zones.zone_name AS zone_name, zones.zone_kind AS zone_kind,
    units, sellable_units, products, last_at
FROM
(
    SELECT
        location_id, zone_id,
        count() AS units, countIf(state = 'sellable') AS sellable_units, uniqExact(gtin) AS products, max(last_seen_at) AS last_at
    FROM current_items
    WHERE status IN ('present', 'exiting')
      AND ({gtin:UInt64} = 0 OR gtin = {gtin:UInt64})
      AND ({location_id:String} = '' OR location_id = {location_id:String})
    GROUP BY location_id, zone_id
) AS on_hand
LEFT JOIN location_zones AS zones ON zones.location_id = on_hand.location_id AND zones.zone_id = on_hand.zone_id
ORDER BY location_id, units DESC, zone_id
