-- Question:   How right was the book of each location when it was counted last?
-- Grain:      one row a location and currency of its products
-- Parameters: since: counts before it say nothing of today
-- Freshness:  counts of the past that were told (history_count_lines)
-- Cost:       one pass over lines of counts since then
SELECT
    line.location_id AS location_id,
    product.currency AS currency,
    max(line.last_at) AS counted_at,
    count() AS products,
    countIf(line.book != line.counted) AS wrong_products,
    sum(line.counted) AS counted_units,
    sum(abs(line.counted - line.book)) AS gross_units,
    toString(sum(toInt64(abs(line.counted - line.book)) * line.unit_cost)) AS gross_cost
FROM
(
    SELECT *
    FROM
    (
        SELECT
            location_id, gtin, counted_at AS at, book, counted, unit_cost,
            max(counted_at) OVER (PARTITION BY location_id) AS last_at
        FROM history_count_lines
        WHERE counted_at >= {since:DateTime64(3, 'UTC')}
    )
    -- One count has its lines within a day.
    WHERE at > last_at - INTERVAL 1 DAY
) AS line
LEFT JOIN (SELECT * FROM products FINAL WHERE is_deleted = 0) AS product ON product.gtin = line.gtin
GROUP BY location_id, currency
ORDER BY location_id, currency
