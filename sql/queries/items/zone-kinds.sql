-- Question:   Of which kind are the zones of these locations?
-- Grain:      one row a zone
-- Parameters: location_ids
-- Freshness:  the instant of the query
-- Cost:       the table of locations
SELECT location_id, zone_id, zone_kind
FROM location_zones
WHERE has({location_ids:Array(String)}, location_id)
