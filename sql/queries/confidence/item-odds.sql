-- Question:   How sure is it that the items of each position are there, as far as that was written since?
-- Grain:      one row per position, and one of GTIN 0 per location
-- Parameters: since (Unix microseconds; 0 = everything)
-- Freshness:  what ingest has written, every few seconds
-- Cost:       the rows since then: an index of versions skips the others
SELECT
    location_id, gtin,
    argMax(levels, item_odds.version) AS levels,
    argMax(counts, item_odds.version) AS counts,
    argMax(unidentified, item_odds.version) AS unidentified,
    max(item_odds.version) AS version
FROM item_odds
WHERE item_odds.version > {since:UInt64}
GROUP BY location_id, gtin
