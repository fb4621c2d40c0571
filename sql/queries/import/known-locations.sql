-- Question:   Which locations are there?
-- Grain:      one row a location
-- Parameters: none
-- Freshness:  the instant of the query
-- Cost:       one column of the locations
SELECT location_id FROM locations FINAL WHERE is_deleted = 0
