-- Question:   Which tables are there, in which folder does each lie, and has it rows?
-- Grain:      one row a table, by name; views hold nothing
-- Parameters: none
-- Freshness:  the instant of the query
-- Cost:       nothing of the data is read
SELECT name AS `table`, toString(uuid) AS uuid, toUInt32(ifNull(parts, 0)) AS parts
FROM system.tables
WHERE database = currentDatabase() AND engine LIKE '%MergeTree'
ORDER BY name
