-- Question:   Which products could be sold in a store if somebody brought them out?
-- Grain:      one row a product and store with items in the back room or at the dock and none anywhere else in the store;
--             the most units first
-- Parameters: location_id ('' = all); page_rows, page_offset
-- Rule:       only sellable items count, and only stores that have a sales floor among their zones
-- Freshness:  what ingest has committed
-- Cost:       the newest snapshot of items
WITH by_product AS
(
    SELECT
        items.location_id AS store, items.gtin AS store_gtin,
        countIf(zones.zone_kind = 'backroom') AS backroom_units,
        countIf(zones.zone_kind = 'dock') AS dock_units,
        countIf(zones.zone_kind NOT IN ('backroom', 'dock')) AS other_units,
        max(items.last_seen_at) AS last_at
    FROM current_items AS items
    INNER JOIN location_zones AS zones ON zones.location_id = items.location_id AND zones.zone_id = items.zone_id
    WHERE items.status IN ('present', 'exiting')
      AND items.state = 'sellable'
      AND zones.location_kind = 'store'
      AND ({location_id:String} = '' OR items.location_id = {location_id:String})
      AND items.location_id IN (SELECT location_id FROM location_zones WHERE zone_kind = 'sales_floor')
    GROUP BY store, store_gtin
    HAVING other_units = 0
)
SELECT
    store_gtin AS gtin, store AS location_id, backroom_units, dock_units, last_at,
    product.name AS name, product.sku AS sku, product.category AS category, toString(product.price) AS price,
    product.currency AS currency, product.gtin > 0 AS is_known,
    count() OVER () AS total_lines,
    sum(backroom_units + dock_units) OVER () AS total_units,
    sumMap(map(product.currency, ifNull(product.price, 0) * (backroom_units + dock_units))) OVER () AS total_value
FROM by_product
LEFT JOIN (SELECT * FROM products FINAL WHERE is_deleted = 0) AS product ON product.gtin = store_gtin
ORDER BY backroom_units + dock_units DESC, store, store_gtin
LIMIT {page_rows:UInt32} OFFSET {page_offset:UInt32}
