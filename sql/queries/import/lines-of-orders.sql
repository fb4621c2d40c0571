-- Question:   Which lines of these orders are stored, and how? (To tell what an import would change.)
-- Grain:      one row an order line
-- Parameters: source, order_ids
-- Freshness:  the instant of the query
-- Cost:       the orders' ranges of the primary index
SELECT
    source, order_id, line_no, line_type, channel, method, location_id, customer_id, country, code, gtin, description,
    quantity, unit_price, currency, ordered_at
FROM order_lines FINAL
WHERE source = {source:String} AND order_id IN {order_ids:Array(String)}
