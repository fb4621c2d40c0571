-- Question:   Which readers have been assigned, and what do their antennas look at?
-- Grain:      one row per reader
-- Parameters: none
-- Freshness:  what the server has committed
-- Cost:       a full read of a small table
SELECT location_id, reader_id, default_zone_id, antennas, is_gateway
FROM readers FINAL
WHERE is_deleted = 0
