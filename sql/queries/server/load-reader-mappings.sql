-- Question:   How are reads found in messages of a form of their own?
-- Grain:      one row per mapping
-- Parameters: none
-- Freshness:  what the server has committed
-- Cost:       a full read of a small table
SELECT name, location_id, reader_id, mapping
FROM reader_mappings FINAL
WHERE is_deleted = 0
ORDER BY name
LIMIT 1000
