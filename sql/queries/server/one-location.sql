-- Question:   What is known of one location?
-- Grain:      one row, or none
-- Parameters: location_id
-- Freshness:  the instant of the query
-- Cost:       one key of a small table
SELECT location_id, name, kind, latitude, longitude, address, opening_hours, time_zone, currency, gln, zones,
    public_holidays, pickup
FROM locations FINAL
WHERE is_deleted = 0 AND location_id = {location_id:String}
