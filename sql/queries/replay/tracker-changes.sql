-- Question:   What changed for the item tracker beside reads and events?
-- Grain:      one row per change, in the order in which they happened
-- Parameters: first and last, ordinals
-- Freshness:  what ingest has committed
-- Cost:       a small table
SELECT ordinal, kind, detail
FROM tracker_changes
WHERE ordinal BETWEEN {first:UInt64} AND {last:UInt64}
ORDER BY ordinal
