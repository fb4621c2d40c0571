-- Question:   What was last told of a range of products?
-- Grain:      one row a product and location
-- Parameters: feed; through, the last run that counts; after and up_to, GTINs (after is not part of it)
-- Rule:       the last full run that was sent and the deltas after it; a full run takes the place of all before
-- Freshness:  what is committed
-- Cost:       the range in each of these runs
WITH
    (
        SELECT max(run) FROM feed_runs
        WHERE feed = {feed:String} AND state = 'sent' AND kind = 'full' AND run <= {through:UInt64}
    ) AS base
SELECT gtin, location_id, argMax(text, run) AS text
FROM feed_rows
WHERE feed = {feed:String}
  AND run >= base AND run <= {through:UInt64}
  AND run IN (SELECT run FROM feed_runs WHERE feed = {feed:String} AND state = 'sent' AND run >= base)
  AND gtin > {after:UInt64} AND gtin <= {up_to:UInt64}
GROUP BY gtin, location_id
