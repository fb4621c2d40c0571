-- Report:     I13
-- Question:   How long ago was the book last proved by something physical?
-- Grain:      one row, or one a location or category; none where nothing is on the book
-- Parameters: location, category
--             by: all|location|category = all — a row for each of these
-- Freshness:  now: what ingest has committed
-- Cost:       one pass over movements, the last sights of products
-- Columns:    group text — the location or category; all
--             sku_locations count — n: products at locations whose book is above 0
--             proved_sku_locations count — of them, with evidence ever: a read, a receipt, a sale, a return or a count
--             age_p50 hours — since the last evidence, median of those that have one
--             age_p90 hours — nine in ten were proved since then
--             age_p99 hours — 99 of 100 were
--             within_hour count — proved within the last hour
--             within_day count — longer ago, within 24 hours
--             within_week count — longer ago, within 7 days
--             within_month count — longer ago, within 30 days
--             older count — longer ago
--             never count — never: sku_locations are the sum of these six
WITH
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
    aged AS
    (
        SELECT
            stock.location_id AS location_id, product.category AS category, evidence.seen_at AS seen_at,
            if(seen_at = toDateTime64(0, 3, 'UTC'), NULL, greatest(0, dateDiff('millisecond', seen_at, {as_of:DateTime64(3, 'UTC')})) / 3600000) AS hours
        FROM stock
        LEFT JOIN evidence ON evidence.location_id = stock.location_id AND evidence.gtin = stock.gtin
        LEFT ANY JOIN (SELECT gtin, toString(category) AS category FROM products FINAL) AS product ON product.gtin = stock.gtin
        WHERE (empty({category:Array(String)}) OR has({category:Array(String)}, category))
    )
SELECT
    multiIf({by:String} = 'location', location_id, {by:String} = 'category', category, 'all') AS group,
    count() AS sku_locations,
    count(hours) AS proved_sku_locations,
    quantileExactInclusiveOrNull(0.5)(hours) AS age_p50,
    quantileExactInclusiveOrNull(0.9)(hours) AS age_p90,
    quantileExactInclusiveOrNull(0.99)(hours) AS age_p99,
    countIf(hours <= 1) AS within_hour,
    countIf(hours > 1 AND hours <= 24) AS within_day,
    countIf(hours > 24 AND hours <= 168) AS within_week,
    countIf(hours > 168 AND hours <= 720) AS within_month,
    countIf(hours > 720) AS older,
    countIf(hours IS NULL) AS never
FROM aged
GROUP BY group
ORDER BY group
