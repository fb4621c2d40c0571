-- Question:   Which parts of tables did the engine load, with how many rows?
-- Grain:      one row a part, those that were merged into others meanwhile too
-- Parameters: none
-- Freshness:  the instant of the query
-- Cost:       nothing of the data is read
SELECT table, name, rows
FROM system.parts
WHERE database = currentDatabase()
