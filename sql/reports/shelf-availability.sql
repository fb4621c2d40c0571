-- Report:     I9
-- Question:   Of what a store has, how much can shoppers see?
-- Grain:      one row, or one a location or category; none without items in stores with a sales floor
-- Parameters: location, category
--             by: all|location|category = all — a row for each of these
-- Freshness:  now: what ingest has committed
-- Cost:       the newest snapshot of items, and the events after it
-- Columns:    group text — the location or category; all
--             skus_in_store count — n: products of which a store has at least one unit that can be sold, store by store; with tags alone, for nobody knows in which zone others are
--             skus_on_floor count — of them, with at least one unit on a sales floor
--             shelf_availability share — skus_on_floor ÷ skus_in_store
--             backroom_only_skus count — skus_in_store − skus_on_floor: bring some out
--             units_in_store units — of them
--             units_on_floor units — of those, on a sales floor
WITH stocked AS
(
    SELECT
        item.location_id AS location_id, item.gtin AS gtin, any(product.category) AS category,
        count() AS units, countIf(zone.zone_kind = 'sales_floor') AS floor_units
    FROM current_items AS item
    LEFT ANY JOIN location_zones AS zone ON zone.location_id = item.location_id AND zone.zone_id = item.zone_id
    LEFT ANY JOIN (SELECT gtin, toString(category) AS category FROM products FINAL) AS product ON product.gtin = item.gtin
    WHERE item.status IN ('present', 'exiting') AND item.state = 'sellable'
        AND item.location_id IN (SELECT location_id FROM location_zones WHERE location_kind = 'store' AND zone_kind = 'sales_floor')
        AND (empty({location:Array(String)}) OR has({location:Array(String)}, item.location_id))
        AND (empty({category:Array(String)}) OR has({category:Array(String)}, product.category))
    GROUP BY location_id, gtin
)
SELECT
    multiIf({by:String} = 'location', location_id, {by:String} = 'category', category, 'all') AS group,
    count() AS skus_in_store,
    countIf(floor_units > 0) AS skus_on_floor,
    skus_on_floor / skus_in_store AS shelf_availability,
    skus_in_store - skus_on_floor AS backroom_only_skus,
    sum(units) AS units_in_store,
    sum(floor_units) AS units_on_floor
FROM stocked
GROUP BY group
ORDER BY group
