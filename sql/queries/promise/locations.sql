-- Question:   Which stores and warehouses are there, with place, opening hours and pickup?
-- Grain:      one row per location
-- Parameters: none
-- Freshness:  what is committed
-- Cost:       the table of locations
SELECT location_id, name, kind, latitude, longitude, opening_hours, time_zone, public_holidays, pickup
FROM locations FINAL
WHERE is_deleted = 0
ORDER BY location_id
