-- Question:   Which items have been for long where they should not stay?
-- Grain:      one row an item; those at an exit, a till, in a fitting room first, then the one that stayed longest
-- Parameters: since: nothing happened to the item after it; since_ordinal, the same as Unix microseconds;
--             location_id ('' = all); page_rows, page_offset
-- Rule:       zone_kind: on hand at a dock, in a fitting room, at a till or at an exit, where goods do not stay.
--             other_zone: on a sales floor with several zones, in one where less than a fifth of the product's units
--             stand while two thirds or more (at least 3 units) stand together in another.
-- Freshness:  what ingest has committed
-- Cost:       the newest snapshot of items, sorted by product, and the events since `since`
WITH
    placed AS
    (
        SELECT
            epc, gtin AS item_gtin, items.location_id AS at_location, items.zone_id AS at_zone, zones.zone_kind AS kind,
            last_seen_at, changed_at,
            if(kind = 'sales_floor', count() OVER (PARTITION BY at_location, item_gtin, at_zone), 0) AS zone_units
        FROM current_items AS items
        INNER JOIN location_zones AS zones
            ON zones.location_id = items.location_id AND zones.zone_id = items.zone_id
        WHERE items.status IN ('present', 'exiting')
          AND kind != 'backroom'
          AND (kind != 'sales_floor' OR items.location_id IN
              (SELECT location_id FROM location_zones WHERE zone_kind = 'sales_floor' GROUP BY location_id HAVING count() > 1))
          AND ({location_id:String} = '' OR items.location_id = {location_id:String})
    ),
    judged AS
    (
        SELECT
            *,
            max(zone_units) OVER (PARTITION BY at_location, item_gtin) AS home_units,
            argMax(at_zone, zone_units) OVER (PARTITION BY at_location, item_gtin) AS home_zone,
            countIf(kind = 'sales_floor') OVER (PARTITION BY at_location, item_gtin) AS floor_units
        FROM placed
    ),
    misplaced AS
    (
        SELECT *, kind != 'sales_floor' AS is_wrong_kind
        FROM judged
        WHERE kind != 'sales_floor'
           OR (at_zone != home_zone
               AND home_units >= 3 AND home_units * 3 >= floor_units * 2 AND zone_units * 5 < floor_units)
    )
SELECT
    epc, item_gtin AS gtin, at_location AS location_id, at_zone AS zone_id, kind AS zone_kind,
    if(is_wrong_kind, 'zone_kind', 'other_zone') AS why,
    if(is_wrong_kind, '', home_zone) AS expected_zone,
    changed_at, last_seen_at,
    product.name AS name, product.sku AS sku, product.category AS category, toString(product.price) AS price,
    product.currency AS currency, product.gtin > 0 AS is_known,
    count() OVER () AS total_lines,
    count() OVER () AS total_units,
    sumMap(map(product.currency, ifNull(product.price, 0))) OVER () AS total_value
FROM misplaced
LEFT JOIN (SELECT * FROM products FINAL WHERE is_deleted = 0) AS product ON product.gtin = item_gtin
WHERE epc NOT IN
(
    SELECT epc
    FROM item_history
    WHERE ordinal > {since_ordinal:UInt64} AND occurred_at > {since:DateTime64(3)}
)
ORDER BY transform(kind, ['exit', 'pos', 'fitting_room', 'dock'], [1, 2, 3, 4], 5), changed_at, epc
LIMIT {page_rows:UInt32} OFFSET {page_offset:UInt32}
