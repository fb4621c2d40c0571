-- Question:   How many orders, customers and what revenue did identified customers bring, by source and currency?
--             An order counts when at least one of its lines has a customer, is no cancellation, and has units and a price.
-- Grain:      one row a source and currency
-- Parameters: none
-- Freshness:  what has been imported
-- Cost:       six columns of order_lines
SELECT
    source, currency,
    uniqExact(order_id) AS orders,
    uniqExact(customer_id) AS customers,
    sum(quantity) AS units,
    sum(quantity * unit_price) AS revenue
FROM order_lines FINAL
WHERE line_type = 'sale' AND customer_id != '' AND quantity > 0 AND unit_price > 0
GROUP BY source, currency
ORDER BY source, currency
