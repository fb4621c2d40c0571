-- Question:   Which products of a store does a seed draw from what was told of it last?
-- Grain:      one row a product
-- Parameters: feed; through, the last run that counts; location_id; seed; page_rows
-- Rule:       the products whose hash with the seed is smallest: the same seed and runs draw the same products
-- Freshness:  what is committed
-- Cost:       the rows of the last full run and the deltas after it
WITH
    (
        SELECT max(run) FROM feed_runs
        WHERE feed = {feed:String} AND state = 'sent' AND kind = 'full' AND run <= {through:UInt64}
    ) AS base
SELECT told.gtin AS gtin, told.text AS text, p.name AS name
FROM
(
    SELECT gtin, argMax(text, run) AS text
    FROM feed_rows
    WHERE feed = {feed:String}
      AND run >= base AND run <= {through:UInt64}
      AND run IN (SELECT run FROM feed_runs WHERE feed = {feed:String} AND state = 'sent' AND run >= base)
      AND location_id = {location_id:String}
    GROUP BY gtin
    ORDER BY sipHash64({seed:UInt64}, gtin)
    LIMIT {page_rows:UInt32}
) AS told
LEFT JOIN (SELECT gtin, name FROM products FINAL WHERE is_deleted = 0) AS p ON p.gtin = told.gtin
ORDER BY gtin
