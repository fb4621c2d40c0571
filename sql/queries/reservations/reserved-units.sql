-- Question:   How many units of each product are held where, at an instant?
-- Grain:      one row per location and product with held units
-- Parameters: at, the instant: what was decided later counts as little as what had ended by then
-- Freshness:  what is committed
-- Cost:       the newest row of each reservation, and the movements that name those which are live
SELECT location_id, gtin, reserved, reservations
FROM reserved_units_at(at = {at:DateTime64(3, 'UTC')})
ORDER BY location_id, gtin
