-- Question:   Of which positions do the odds say that there are items?
-- Grain:      one row per position
-- Parameters: none
-- Freshness:  what ingest has written
-- Cost:       one row per position with items; asked once, at the start of ingest
SELECT location_id, gtin
FROM item_odds
GROUP BY location_id, gtin
HAVING gtin != 0 AND notEmpty(argMax(levels, version))
