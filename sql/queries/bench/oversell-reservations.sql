-- Question:   Which reservations were granted at a location, and which of them were ever confirmed?
-- Grain:      one row a reservation
-- Parameters: location_id
-- Freshness:  what is committed
-- Cost:       all rows of reservation_events
SELECT
    reservation_id,
    any(gtins[1]) AS gtin,
    countIf(kind = 'granted') AS grants,
    countIf(kind = 'confirmed') > 0 AS is_confirmed
FROM (SELECT reservation_id, kind, `lines.gtin` AS gtins, `lines.location_id` AS places FROM reservation_events)
WHERE reservation_id != '' AND has(places, {location_id:String})
GROUP BY reservation_id
HAVING grants > 0
