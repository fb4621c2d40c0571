-- Report:     I12
-- Question:   How much of the book is probably not there: nobody has seen it, while its neighbours were seen?
-- Grain:      one row, or one a location or category; none where nothing with tags is on the book
-- Parameters: currency, location, category
--             unseenDays: number 0.001..3650 = 7 — D: nothing of the product was seen there for so long
--             by: all|location|category = all — a row for each of these
-- Freshness:  now: what ingest has committed
-- Cost:       one pass over movements, the newest snapshot of items, the last sights of products
-- Columns:    group text — the location or category; all
--             sku_locations count — n: products with tags at locations whose book is above 0
--             watched_sku_locations count — of them, whose neighbours were seen within D days: of others nobody can say
--             ghost_sku_locations count — of those, without evidence for D days or longer (I12)
--             ghost_share share — ghost_sku_locations ÷ watched_sku_locations
--             ghost_units units — on the book of ghosts
--             cost_at_stake money — ghost_units at cost of today; null where no ghost has one
--             price_at_stake money — ghost_units at list price: what would be promised and not found; null where no ghost has one
--             costless_ghosts count — ghosts without a cost: not in cost_at_stake
--             unseen_days days — D
WITH
    {as_of:DateTime64(3, 'UTC')} - toIntervalSecond(toUInt64({unseen_days:Float64} * 86400)) AS limit_at,
    stock AS
    (
        SELECT location_id, gtin, sum(quantity) AS units, min(occurred_at) AS first_at
        FROM movements
        WHERE (empty({location:Array(String)}) OR has({location:Array(String)}, location_id))
        GROUP BY location_id, gtin
        HAVING units > 0
    ),
    -- Reads, receipts, sales, returns and counts.
    evidence AS
    (
        SELECT location_id, gtin, max(at) AS seen_at
        FROM
        (
            SELECT toString(location_id) AS location_id, gtin, toDateTime64(max(last_seen_at), 3, 'UTC') AS at FROM sightings GROUP BY location_id, gtin
            UNION ALL
            SELECT location_id, gtin, max(counted_at) FROM all_count_lines WHERE origin = 'live' GROUP BY location_id, gtin
        )
        GROUP BY location_id, gtin
    ),
    -- Where most of a product's items are: its neighbours are the products there; without items, all of the location.
    places AS
    (
        SELECT location_id, gtin, argMax(zone_id, (items, zone_id)) AS zone_id
        FROM
        (
            SELECT toString(location_id) AS location_id, gtin, toString(zone_id) AS zone_id, count() AS items
            FROM current_items
            WHERE status IN ('present', 'exiting')
            GROUP BY location_id, gtin, zone_id
        )
        GROUP BY location_id, gtin
    ),
    judged AS
    (
        SELECT
            stock.location_id AS location_id, stock.gtin AS gtin, product.name AS name, product.category AS category,
            places.zone_id AS zone_id, units, nullIf(evidence.seen_at, toDateTime64(0, 3, 'UTC')) AS seen_at,
            ifNull(seen_at, first_at) AS unseen_since,
            -- The latest sight of anything else there: where it is of the last days it is not this product's, if that was not seen.
            if(zone_id = '', max(seen_at) OVER (PARTITION BY location_id), max(seen_at) OVER (PARTITION BY location_id, zone_id)) AS neighbours_seen_at,
            ifNull(neighbours_seen_at >= limit_at, 0) AS is_watched,
            unseen_since < limit_at AND is_watched AS is_ghost,
            product.cost AS cost, product.price AS price
        FROM stock
        INNER JOIN
        (
            SELECT
                gtin, name, toString(category) AS category, if({currency:String} IN ('', toString(currency)) OR currency = '', cost, NULL) AS cost,
                if({currency:String} IN ('', toString(currency)) OR currency = '', price, NULL) AS price
            FROM products FINAL
            WHERE is_tagged
        ) AS product ON product.gtin = stock.gtin
        LEFT JOIN evidence ON evidence.location_id = stock.location_id AND evidence.gtin = stock.gtin
        LEFT JOIN places ON places.location_id = stock.location_id AND places.gtin = stock.gtin
    )
SELECT
    multiIf({by:String} = 'location', location_id, {by:String} = 'category', category, 'all') AS group,
    count() AS sku_locations,
    countIf(is_watched) AS watched_sku_locations,
    countIf(is_ghost) AS ghost_sku_locations,
    if(watched_sku_locations = 0, NULL, ghost_sku_locations / watched_sku_locations) AS ghost_share,
    sumIf(units, is_ghost) AS ghost_units,
    if(ghost_sku_locations = 0, 0, sumIf(units * cost, is_ghost)) AS cost_at_stake,
    if(ghost_sku_locations = 0, 0, sumIf(units * price, is_ghost)) AS price_at_stake,
    countIf(is_ghost AND cost IS NULL) AS costless_ghosts,
    {unseen_days:Float64} AS unseen_days
FROM judged
WHERE (empty({category:Array(String)}) OR has({category:Array(String)}, category))
GROUP BY group
ORDER BY group
