-- Question:   What are the views made of?
-- Grain:      one row a table or view of this database
-- Parameters: none
-- Freshness:  now
-- Cost:       a few hundred rows of metadata
SELECT name, as_select AS definition
FROM system.tables
WHERE database = currentDatabase()
