-- Question:   What is stored of these locations, deleted ones too?
-- Grain:      one row a location that is stored
-- Parameters: location_ids
-- Freshness:  the instant of the query
-- Cost:       one key each of the primary index
SELECT
    location_id, name, kind, latitude, longitude, address, opening_hours, time_zone, currency, gln, zones,
    public_holidays, pickup, is_deleted
FROM locations FINAL
WHERE location_id IN {location_ids:Array(String)}
