-- Question:   What are the settings of the local inventory feed now?
-- Grain:      one row, or none where nothing was ever set
-- Parameters: none
-- Freshness:  what is committed
-- Cost:       a tiny table
SELECT settings, changed_at, changed_by
FROM feed_settings
ORDER BY version DESC
LIMIT 1
