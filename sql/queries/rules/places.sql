-- Question:   Where is each location, and by which clock does it live?
-- Grain:      one row a location
-- Parameters: none
-- Freshness:  the instant of the query
-- Cost:       four columns of a small table
SELECT location_id, time_zone, latitude, longitude
FROM locations FINAL
WHERE is_deleted = 0
