-- Question:   How many units came in, and how many left in the name of a reservation?
-- Grain:      one row a product at the location
-- Parameters: location_id
-- Freshness:  what ingest has committed
-- Cost:       the location's movements
SELECT
    gtin,
    sumIf(toInt64(quantity), reason = 'received') AS put_in,
    -sumIf(toInt64(quantity), reservation_id != '') AS handed_over,
    sum(toInt64(quantity)) AS on_hand
FROM movements
WHERE location_id = {location_id:String}
GROUP BY gtin
ORDER BY gtin
