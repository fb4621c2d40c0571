-- Question:   Which readers are assigned, and what do their antennas look at?
-- Grain:      one row a reader
-- Parameters: none
-- Freshness:  the instant of the query
-- Cost:       a small table
SELECT location_id, reader_id, name, default_zone_id, antennas, is_gateway
FROM readers FINAL
WHERE is_deleted = 0
ORDER BY location_id, reader_id
