-- Question:   When was each product last physically seen at each location?
-- Grain:      one row per location and GTIN
-- Parameters: none
-- Freshness:  some seconds; what is newer comes over MQTT
-- Cost:       one row per position
SELECT location_id, gtin, max(last_seen_at) AS last_seen_at
FROM sightings
GROUP BY location_id, gtin
