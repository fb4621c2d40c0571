-- Question:   Which tables and views are there, with which columns, and what is each?
-- Grain:      one row a table or view; columns in their order, none of a view with parameters
-- Parameters: none
-- Freshness:  now
-- Cost:       ClickHouse's own memory
SELECT
    tables.name AS name,
    tables.engine = 'View' AS is_view,
    tables.comment AS about,
    tables.sorting_key AS sorting_key,
    columns.list AS columns
FROM system.tables AS tables
LEFT JOIN
(
    SELECT table, arrayMap(one -> (one.2, one.3, one.4), arraySort(groupArray((position, name, type, comment)))) AS list
    FROM system.columns
    WHERE database = currentDatabase()
    GROUP BY table
) AS columns ON columns.table = tables.name
WHERE tables.database = currentDatabase() AND tables.engine != 'MaterializedView' AND NOT startsWith(tables.name, '.')
ORDER BY name
