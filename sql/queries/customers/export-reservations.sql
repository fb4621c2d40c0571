-- Question:   Which reservations were made for these records, as they are now?
-- Grain:      one row a reservation
-- Parameters: customer_ids
-- Freshness:  the instant of the query
-- Cost:       a scan of the reservations' JSON
SELECT reservation_id, argMax(reservation, ordinal) AS newest
FROM reservation_log
WHERE reservation_id != '' AND JSONExtractString(reservation, 'customerId') IN {customer_ids:Array(String)}
GROUP BY reservation_id
ORDER BY max(ordinal)
