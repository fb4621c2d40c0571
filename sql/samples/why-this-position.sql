-- Question: Why is this number what it is: what happened to one product?
-- Area:     stock
-- Note:     Put another GTIN in; the sum of the column is the stock.
SELECT occurred_at, location_id, reason, state, quantity, sum(quantity) OVER (PARTITION BY location_id ORDER BY sequence) AS on_hand, order_id, source
FROM movements
WHERE gtin = (SELECT gtin FROM movements GROUP BY gtin ORDER BY count() DESC, gtin LIMIT 1)
ORDER BY location_id, sequence
LIMIT 500
