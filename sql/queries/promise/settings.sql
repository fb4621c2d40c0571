-- Question:   How are ways to fulfil a basket weighed now?
-- Grain:      one row, or none where nothing was ever set
-- Parameters: none
-- Freshness:  what is committed
-- Cost:       a tiny table
SELECT settings, changed_at, changed_by
FROM promise_settings
ORDER BY version DESC
LIMIT 1
