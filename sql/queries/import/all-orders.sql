-- Question:   How many orders and what revenue were there with guests too, by source and currency?
--             An order counts when at least one of its lines is no cancellation and has units and a price.
-- Grain:      one row a source and currency
-- Parameters: none
-- Freshness:  what has been imported
-- Cost:       five columns of order_lines
SELECT
    source, currency,
    uniqExact(order_id) AS orders,
    sum(quantity) AS units,
    sum(quantity * unit_price) AS revenue
FROM order_lines FINAL
WHERE line_type = 'sale' AND quantity > 0 AND unit_price > 0
GROUP BY source, currency
ORDER BY source, currency
