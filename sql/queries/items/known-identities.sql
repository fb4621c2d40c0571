-- Question:   Which of these identities are items of the ledger?
-- Grain:      one row an identity that is, the one with the newest event first
-- Parameters: epcs, at most a few
-- Freshness:  what ingest has committed
-- Cost:       the granules that a bloom filter on items.epc leaves
SELECT arrayJoin(arrayIntersect(items.epc, {epcs:Array(String)})) AS epc, max(ordinal) AS newest
FROM events
WHERE hasAny(items.epc, {epcs:Array(String)})
GROUP BY epc
ORDER BY newest DESC
