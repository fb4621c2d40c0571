-- Question:   What was sent in a run?
-- Grain:      one row of the text, in its order
-- Parameters: feed, run; after_gtin and after_location, the last row of the page before; page_rows
-- Freshness:  what is committed
-- Cost:       the rows of the run
SELECT gtin, location_id, text
FROM feed_rows
WHERE feed = {feed:String} AND run = {run:UInt64}
  AND (gtin > {after_gtin:UInt64} OR (gtin = {after_gtin:UInt64} AND location_id > {after_location:String}))
ORDER BY gtin, location_id
LIMIT {page_rows:UInt32}
