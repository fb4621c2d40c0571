-- Question:   By which clock does each location live?
-- Grain:      one row a location
-- Parameters: none
-- Freshness:  the instant of the query
-- Cost:       two columns of a small table
SELECT location_id, time_zone
FROM locations FINAL
WHERE is_deleted = 0
