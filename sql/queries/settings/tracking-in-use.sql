-- Question:   Which settings of item tracking does ingest use, and since when?
-- Grain:      one row, or none before ingest ran for the first time
-- Parameters: through, the highest ordinal to look at
-- Freshness:  what ingest has committed
-- Cost:       a small table
SELECT ordinal, detail, recorded_at
FROM tracker_changes
WHERE kind = 'configured' AND ordinal <= {through:UInt64}
ORDER BY ordinal DESC
LIMIT 1
