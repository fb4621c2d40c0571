-- Report:     I12
-- Question:   Which products are on a book though nobody has seen them, while their neighbours were seen?
-- Grain:      one row a product and location, the most money first
-- Parameters: currency, location, category
--             unseenDays: number 0.001..3650 = 7 — D: nothing of the product was seen there for so long
-- Freshness:  now: what ingest has committed
-- Cost:       one pass over movements, the newest snapshot of items, the last sights of products
-- Columns:    location_id text — where
--             gtin text — the product, 14 digits
--             name text — of the product
--             category text — of the product
--             zone_id text — where most of its items were last; empty where none was ever seen
--             book_units units — on the book
--             last_seen_at instant — the last evidence: a read, a receipt, a sale, a return or a count; null for none ever
--             unseen_days days — since then, or since it first came on the book
--             neighbours_seen_at instant — the last evidence of other products there
--             cost_at_stake money — book_units at cost of today; null without one
--             price_at_stake money — book_units at list price; null without one
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
    location_id,
    leftPad(toString(gtin), 14, '0') AS gtin,
    name, category, zone_id,
    units AS book_units,
    seen_at AS last_seen_at,
    dateDiff('second', unseen_since, {as_of:DateTime64(3, 'UTC')}) / 86400 AS unseen_days,
    judged.neighbours_seen_at AS neighbours_seen_at,
    units * cost AS cost_at_stake,
    units * price AS price_at_stake
FROM judged
WHERE is_ghost
    AND (empty({category:Array(String)}) OR has({category:Array(String)}, category))
ORDER BY ifNull(price_at_stake, 0) DESC, location_id, judged.gtin
