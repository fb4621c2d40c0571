-- Question:   Which movements took units in the name of reservations?
-- Grain:      one row a movement
-- Parameters: since, the instant at which the oldest of the reservations began
-- Freshness:  what is committed
-- Cost:       the events recorded since then
SELECT reservation_id, location_id, sequence, gtin, quantity
FROM movements
WHERE recorded_at >= {since:DateTime64(3, 'UTC')} AND reservation_id != '' AND quantity < 0
