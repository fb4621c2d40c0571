-- Question:   How far has each ingest followed the others?
-- Grain:      one row per ingest that shares the locations with others
-- Parameters: none
-- Freshness:  written once a minute
-- Cost:       a tiny table
SELECT shard, toUnixTimestamp64Milli(max(recorded_before)) AS recorded_before_ms
FROM follow_cursors
GROUP BY shard
