-- Question:   What is the ordinal of the last event of each location?
-- Grain:      one row per location with an event in the last two months of the ledger
-- Parameters: none
-- Freshness:  what ingest has committed
-- Cost:       two columns of the newest partitions
SELECT location_id, max(ordinal) AS ordinal
FROM events
WHERE toYYYYMM(recorded_at) >= (SELECT toYYYYMM(max(recorded_at) - INTERVAL 1 MONTH) FROM events)
GROUP BY location_id
