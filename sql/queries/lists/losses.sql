-- Question:   Which items left through an exit without a sale?
-- Grain:      one row an event item_left and its item; the newest first
-- Parameters: since, and since_ordinal, the same as Unix microseconds; location_id ('' = all); page_rows, page_offset
-- Rule:       units and value count those that are still believed to have left: who came back, or was sold after all, is no loss
-- Freshness:  what ingest has committed
-- Cost:       the events since `since`, and the newest snapshot of items
WITH gone AS
(
    SELECT epc, gtin AS gone_gtin, location_id AS gone_location, zone_id AS gone_zone, occurred_at AS gone_at, event_id
    FROM item_history
    WHERE ordinal > {since_ordinal:UInt64} AND occurred_at >= {since:DateTime64(3)}
      AND event_type = 'item_left' AND status = 'left'
      AND ({location_id:String} = '' OR location_id = {location_id:String})
)
SELECT
    gone.epc AS epc, gone_gtin AS gtin, gone_location AS location_id, gone_zone AS zone_id, zones.zone_kind AS zone_kind,
    gone_at, event_id, items.status AS status,
    product.name AS name, product.sku AS sku, product.category AS category, toString(product.price) AS price,
    product.currency AS currency, product.gtin > 0 AS is_known,
    count() OVER () AS total_lines,
    countIf(items.status = 'left') OVER () AS total_units,
    sumMap(map(product.currency, if(items.status = 'left', ifNull(product.price, 0), 0))) OVER () AS total_value
FROM gone
LEFT JOIN (SELECT epc, status FROM current_items WHERE epc IN (SELECT epc FROM gone)) AS items ON items.epc = gone.epc
LEFT JOIN (SELECT * FROM products FINAL WHERE is_deleted = 0) AS product ON product.gtin = gone_gtin
LEFT JOIN location_zones AS zones ON zones.location_id = gone_location AND zones.zone_id = gone_zone
ORDER BY gone_at DESC, epc
LIMIT {page_rows:UInt32} OFFSET {page_offset:UInt32}
