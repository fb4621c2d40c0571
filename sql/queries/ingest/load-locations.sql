-- Question:   Which locations are there, and which zones do they have?
-- Grain:      one row per location
-- Parameters: none
-- Freshness:  what the server has committed
-- Cost:       a full read of a small table
SELECT location_id, zones
FROM locations FINAL
WHERE is_deleted = 0
