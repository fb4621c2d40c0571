-- Question:   Which imported order lines are these records' own?
-- Grain:      one row an order line
-- Parameters: customer_ids
-- Freshness:  the instant of the query
-- Cost:       a scan of two columns of the imported orders
SELECT
    source, order_id, line_no, line_type, channel, method, location_id, country, code, gtin, description, quantity,
    toString(unit_price) AS price, currency, ordered_at
FROM order_lines FINAL
WHERE customer_id IN {customer_ids:Array(String)}
    OR (source, customer_id) IN
        (SELECT identifier_source, identifier FROM customer_events
         WHERE customer_id IN {customer_ids:Array(String)} AND identifier_kind = 'external')
ORDER BY ordered_at, source, order_id, line_no
