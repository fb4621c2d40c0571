-- Question:   How do locations work on tasks?
-- Grain:      one row a location with settings of its own, and one for all others
-- Parameters: none
-- Freshness:  what is committed
-- Cost:       the table, which holds a row a change of settings
SELECT location_id, argMax(task_settings.settings, version) AS settings
FROM task_settings
GROUP BY location_id
HAVING settings != ''
