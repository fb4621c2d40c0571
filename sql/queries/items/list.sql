-- Question:   Which items are of this product, at this place, of this status?
-- Grain:      one row an item, by EPC
-- Parameters: gtin (0 = all); location_id, zone_id, status ('' = all); after_epc, the last row of the page before; page_rows
-- Freshness:  what ingest has committed
-- Cost:       the newest snapshot of items (one row an item) and the item states of the day after it
SELECT
    epc, gtin, items.location_id AS location_id, items.zone_id AS zone_id, zones.zone_kind AS zone_kind,
    status, state, first_seen_at, last_seen_at
FROM
(
    SELECT epc, gtin, location_id, zone_id, status, state, first_seen_at, last_seen_at
    FROM current_items
    WHERE ({gtin:UInt64} = 0 OR gtin = {gtin:UInt64})
      AND ({location_id:String} = '' OR location_id = {location_id:String})
      AND ({zone_id:String} = '' OR zone_id = {zone_id:String})
      AND ({status:String} = '' OR status = {status:String})
      AND epc > {after_epc:String}
    ORDER BY epc
    LIMIT {page_rows:UInt32}
) AS items
LEFT JOIN location_zones AS zones ON zones.location_id = items.location_id AND zones.zone_id = items.zone_id
ORDER BY epc
