-- Question:   How long are raw reads kept?
-- Grain:      one row
-- Parameters: none
-- Freshness:  now
-- Cost:       metadata only
SELECT extract(engine_full, 'toIntervalDay\\((\\d+)\\)') AS days
FROM system.tables
WHERE database = currentDatabase() AND name = 'read_batches'
