-- Question:   Which snapshots have rows in a table?
-- Grain:      one row per snapshot
-- Parameters: table
-- Freshness:  now
-- Cost:       metadata only
SELECT DISTINCT partition
FROM system.parts
WHERE database = currentDatabase() AND table = {table:String} AND active
