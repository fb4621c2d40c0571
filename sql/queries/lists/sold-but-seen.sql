-- Question:   Which sold items are still read on the floor or in the back room, long after their sale?
-- Grain:      one row an item that still counts as sold; the newest sight first
-- Parameters: since, and since_ordinal, the same as Unix microseconds; location_id ('' = all); page_rows, page_offset
-- Rule:       the item tracker tells it once for each spell of reads that lasts longer than `soldSeenMs`, or that begins
--             later than `soldQuietMs` after the sale: an event item_seen whose item stays sold
-- Freshness:  what ingest has committed
-- Cost:       the events since `since`, and the newest snapshot of items
WITH seen AS
(
    SELECT
        epc,
        any(gtin) AS seen_gtin,
        argMax(location_id, ordinal) AS seen_location,
        argMax(zone_id, ordinal) AS seen_zone,
        min(occurred_at) AS first_at,
        max(occurred_at) AS last_at,
        count() AS times
    FROM item_history
    WHERE ordinal > {since_ordinal:UInt64} AND occurred_at >= {since:DateTime64(3)}
      AND event_type = 'item_seen' AND status = 'sold'
    GROUP BY epc
)
SELECT
    seen.epc AS epc, seen_gtin AS gtin, seen_location AS location_id, seen_zone AS zone_id, zones.zone_kind AS zone_kind,
    first_at, last_at, times,
    product.name AS name, product.sku AS sku, product.category AS category, toString(product.price) AS price,
    product.currency AS currency, product.gtin > 0 AS is_known,
    count() OVER () AS total_lines,
    count() OVER () AS total_units,
    sumMap(map(product.currency, ifNull(product.price, 0))) OVER () AS total_value
FROM seen
LEFT JOIN (SELECT * FROM products FINAL WHERE is_deleted = 0) AS product ON product.gtin = seen_gtin
LEFT JOIN location_zones AS zones ON zones.location_id = seen_location AND zones.zone_id = seen_zone
WHERE ({location_id:String} = '' OR seen_location = {location_id:String})
  -- A read at the till may tell which item a sale meant: no sight of one that should be gone.
  AND zones.zone_kind NOT IN ('pos', 'exit')
  AND seen.epc IN (SELECT epc FROM current_items WHERE status = 'sold')
ORDER BY last_at DESC, epc
LIMIT {page_rows:UInt32} OFFSET {page_offset:UInt32}
