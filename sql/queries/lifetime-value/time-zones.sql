-- Question:   In which time zones are the locations?
-- Grain:      one row
-- Parameters: none
-- Freshness:  what is committed
-- Cost:       the locations
SELECT groupUniqArray(2)(toString(time_zone)) AS time_zones
FROM locations FINAL
WHERE NOT is_deleted AND time_zone != ''
